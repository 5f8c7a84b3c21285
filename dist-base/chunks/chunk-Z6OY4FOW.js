import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
var e={time:new Float64Array,file:new Int32Array,page:new Float64Array,count:new Int32Array,op:new Uint8Array};export{e as a};
