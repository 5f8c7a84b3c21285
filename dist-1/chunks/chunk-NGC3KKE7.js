import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a}from"./chunk-F7J5ZEFH.js";var l=20;function r(n){let t=new a({level:n?1:0});return{title:e=>t.bold(e),background:e=>t.green(e),bad:e=>t.red(e),mark:e=>t.yellow(e),label:e=>t.dim(e)}}export{l as a,r as b};
