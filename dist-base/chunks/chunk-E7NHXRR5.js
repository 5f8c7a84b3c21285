import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{g as s}from"./chunk-6NSWCA4D.js";import{a as o}from"./chunk-64TCMUNO.js";import{b as r}from"./chunk-6KR26L2F.js";var m=i=>Array.from(o(r(i)),e=>({...e,parsed:e.lines.map(s)}));export{m as a};
