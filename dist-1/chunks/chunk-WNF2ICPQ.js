import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
var E="development",t="0.1.0";export{E as a,t as b};
