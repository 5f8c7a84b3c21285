import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a,b}from"./chunk-BEY4ZBDB.js";import"./chunk-5GMZHSYG.js";import"./chunk-PWWHVHZT.js";import"./chunk-QL6U7ZK5.js";import"./chunk-2IB5YMFE.js";export{b as Batches,a as ThreadExecutor};
