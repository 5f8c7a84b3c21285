import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a,b}from"./chunk-PWWHVHZT.js";import"./chunk-2IB5YMFE.js";export{a as ExecutorFailure,b as LenientExecutor};
