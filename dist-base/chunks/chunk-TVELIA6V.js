import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a as o}from"./chunk-TSMAVIWA.js";import{a as i,b as t}from"./chunk-P57I7GK7.js";function c(s){let n=s??(process.env.MEMCG_SESSION||i),e=t(n);return e===null?{session:n}:{misused:e}}var m=s=>o(s??(process.env.MEMCG_GROUP||"/default"));export{c as a,m as b};
