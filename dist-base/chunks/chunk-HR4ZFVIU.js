import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a as n}from"./chunk-SGANEAMP.js";function i(t){try{return t()}catch(r){if(r instanceof n)return r;throw r}}function u(t,r,e){if(r===void 0)return null;let o=i(()=>e({text:r,column:0}));if(o instanceof n)throw new n(`${t}: ${o.message}`,0);return o}export{i as a,u as b};
