import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a,b,c,d,e,f}from"./chunk-DJXINGUY.js";import"./chunk-2IB5YMFE.js";export{a as JOURNAL,e as damageIn,c as decodeRecord,b as encodeRecord,f as journalId,d as recordsIn};
