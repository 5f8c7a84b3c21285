import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a,b,c}from"./chunk-UNVNX7QP.js";import"./chunk-2IB5YMFE.js";export{a as OUR_TYPE,b as mountedAt,c as parseMounts};
