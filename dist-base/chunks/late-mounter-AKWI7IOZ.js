import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a}from"./chunk-E7KHHADM.js";import"./chunk-2IB5YMFE.js";export{a as LateMounter};
