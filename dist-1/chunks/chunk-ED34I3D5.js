import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{writeSync as i}from"node:fs";var c=1,p=3;async function u(o){let r=0;try{for(;r<o.length;)r+=i(c,o,r)}catch(t){t.code!=="EAGAIN"&&e(t),process.stdout.on("error",e);let n=o.subarray(r);await new Promise(s=>process.stdout.write(n,()=>s()))}}function e({code:o,message:r}){o==="EPIPE"&&process.exit(),process.stderr.write(`memcg: standard output: ${r}
`),process.exit(p)}export{u as a,e as b};
