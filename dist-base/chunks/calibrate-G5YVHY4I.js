import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a as m,b as c,c as d,k as p}from"./chunk-YS5MDQTI.js";import{c as a}from"./chunk-FLGMDMUZ.js";import{c as i}from"./chunk-VDRQFNTC.js";import{a as s}from"./chunk-H3YFCHGL.js";import{h as r,i as n}from"./chunk-64TCMUNO.js";import"./chunk-LQXHBPOJ.js";import"./chunk-2GBGL523.js";import"./chunk-SGANEAMP.js";import"./chunk-BFF73EN6.js";import"./chunk-QS5X5OFR.js";import"./chunk-YTI7DB5C.js";import"./chunk-Z6OY4FOW.js";import"./chunk-VEZST6GJ.js";import"./chunk-YWTOCCPP.js";import"./chunk-5IFDP7PL.js";import"./chunk-VX2EZPTK.js";import"./chunk-6KR26L2F.js";import"./chunk-2IB5YMFE.js";var g=`
The line goes into a script, before anything else; \`memcg record --calibrate\` writes it into the recording.

Exit status: 0 done; 2 wrong usage; 3 the folder can't be written.`,j=()=>new i("calibrate").description("Measures what this machine's memory and storage cost, and prints it as a machine line.").argument("[folder]","where a file of 64 MiB is written, read and removed: on the storage that is meant",".").option("--json","print one JSON object and nothing else").addHelpText("after",g).action((e,{json:f})=>{try{let t=p(e),o=m(t),h=d(t).map(l=>`# ${l}
`);process.stdout.write(f?`${JSON.stringify({measured:t,costs:o})}
`:`${h.join("")}machine ${c(o)}
`)}catch(t){if(!r(t))throw t;process.exitCode=a(`calibrate: ${e}: ${n(t)}`,s.world)}});export{j as calibrate};
