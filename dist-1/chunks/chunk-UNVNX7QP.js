import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{readFileSync as d}from"node:fs";var p="fuse.memcg";function f(t){return c(d("/proc/self/mountinfo","utf8")).findLast(r=>r.directory===t)??null}function c(t){return t.split(`
`).flatMap(r=>{let[e,u]=r.split(" - "),n=e?.split(" ")[4],[o,i]=u?.split(" ")??[];return n===void 0||o===void 0||i===void 0?[]:{directory:s(n),type:o,source:s(i)}})}var s=t=>t.replaceAll(/\\([0-7]{3})/g,(r,e)=>String.fromCharCode(Number.parseInt(e,8)));export{p as a,f as b,c};
