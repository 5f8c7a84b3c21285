import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{Q as o}from"./chunk-QS5X5OFR.js";import{h as a,j as m}from"./chunk-YTI7DB5C.js";function p(r,n,t){let g=e=>a(BigInt(e));return n===null&&o(r)==="lines"?t.replace(/^(\S+) (\d+)$/gm,(e,i,s)=>o(i)==="bytes"?`${i} ${g(s)}`:e):o(n??r)==="bytes"?t.replace(/^\d+/,g):t}function c(r,n){if(!/^\d{4,20}$/.test(n))return"";let t=o(r);return t==="ns"?m(Number(n)):t==="bytes"&&BigInt(n)>=1024n?a(BigInt(n)):""}function l(r,n){let t=r[0].map((e,i)=>Math.max(...r.map(s=>s[i].length)));return`${r.map(e=>e.map((i,s)=>n.has(s)?i.padStart(t[s]):i.padEnd(t[s])).join("  ").trimEnd()).join(`
`)}
`}export{p as a,c as b,l as c};
