import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a as s,p as a}from"./chunk-H4ANALOR.js";import"./chunk-RQQ64VXB.js";import"./chunk-3K3F3JK3.js";import"./chunk-5ENUZBMW.js";import{a as i}from"./chunk-AFX3OR7T.js";import"./chunk-FJEGSGAF.js";import"./chunk-HR4ZFVIU.js";import"./chunk-OSYYZHRK.js";import{c as r}from"./chunk-VDRQFNTC.js";import"./chunk-MNHP4ZQX.js";import"./chunk-PFWIEKXW.js";import"./chunk-BYEBAYNU.js";import"./chunk-TSMAVIWA.js";import"./chunk-64TCMUNO.js";import"./chunk-LQXHBPOJ.js";import"./chunk-2GBGL523.js";import"./chunk-SGANEAMP.js";import"./chunk-YXE6AA3M.js";import"./chunk-KW6NGY74.js";import"./chunk-XICON3VQ.js";import"./chunk-YTI7DB5C.js";import"./chunk-Z6OY4FOW.js";import"./chunk-SKAK2Y3G.js";import"./chunk-YWTOCCPP.js";import"./chunk-5IFDP7PL.js";import"./chunk-VX2EZPTK.js";import"./chunk-6KR26L2F.js";import"./chunk-2IB5YMFE.js";var o=`
A script is run without a limit, to learn its peak; then under the limit with many pairs of marks, the more of
them the nearer they are to the best; then under smaller limits. Marks are sizes or shares of the limit. What the
script says of marks with \`set --weak\` is left out; marks that it sets otherwise are a mistake.

Objectives
${s.map(([t,e])=>`  ${t.padEnd(12)} ${e}`).join(`
`)}

Examples
  memcg tune fixtures/recorded/*.memcg --limit auto
  memcg tune web.memcg --limit 512M --objective 'p99<=5ms' --html report.html
  memcg tune web.memcg --limit 512M --high 0.8..0.98 --low 0.7,0.75,0.8 --out web.sweep
  memcg tune web.memcg --limit 512M --shard 3/8 --out share3    # then: memcg tune --merge share*

Exit status: 0 done; 1 a script fails without any limit; 2 wrong usage, a script that sets its own marks, or
a workload that never reaches the limit; 3 a file, a worker or a server failed; 130 interrupted.`,l=()=>i(new r("tune"),a).description("Finds the watermarks that suit a workload, and says what being wrong costs.").argument("[scripts...]","the workloads, - for standard input; with --merge, the folders of the shares").addHelpText("after",o).action(async(t,e)=>{let{tuneScripts:m}=await import("./tune-run-JN4OVCWC.js");process.exitCode=await m(t,e)});export{l as tune};
