import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
var r={refused:1,mistake:2,world:3,interrupted:130},o=1e4,t=2048,a=({error:e,expectations:n})=>e===null?Math.min(1,n.failed.length):r[e.kind];export{r as a,o as b,t as c,a as d};
