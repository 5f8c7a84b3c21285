import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a as e}from"./chunk-H3YFCHGL.js";import{b as i}from"./chunk-VX2EZPTK.js";var s=r=>{process.stderr.write(`memcg: ${i(r)}
`)};function p(r){process.stderr.isTTY&&process.stderr.write("\r\x1B[K"),s(r)}function o(r,t){return s(r),t}function c(r){process.exitCode=o(r,e.mistake)}export{s as a,p as b,o as c,c as d};
