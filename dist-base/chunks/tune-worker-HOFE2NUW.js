import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a as f}from"./chunk-RQQ64VXB.js";import{d as l}from"./chunk-FLGMDMUZ.js";import{c as u,e as p}from"./chunk-VDRQFNTC.js";import{a as d}from"./chunk-H3YFCHGL.js";import{a as i}from"./chunk-SGANEAMP.js";import{b as m}from"./chunk-VX2EZPTK.js";import"./chunk-6KR26L2F.js";import"./chunk-2IB5YMFE.js";import{mkdtempSync as h,rmSync as k}from"node:fs";import{availableParallelism as v,tmpdir as b}from"node:os";import{join as y}from"node:path";var S=`
Scripts and traces come through Redis: a worker needs no file of the sweep's, only the same memcg. It serves
every sweep on the server, beginning before or after it, until SIGTERM or ^C; then it finishes the points that
it is at. A worker that is lost (kill -9, power) loses nothing: its points are run again elsewhere.

Example, on each machine
  memcg tune-worker --queue redis://queue.example:6379
and on one
  memcg tune build.memcg --limit auto --queue redis://queue.example:6379

Exit status: 0 ended by SIGTERM or ^C; 2 wrong usage; 3 no Redis server, or gone for a minute; 130 a second ^C.`,w=1024,$=()=>new u("tune-worker").description("Runs points of sweeps that `memcg tune --queue` spreads over machines.").addOption(new p("--queue <url>","the Redis server: redis://HOST[:PORT][/DB]").env("MEMCG_QUEUE").makeOptionMandatory()).option("--jobs <n>","points at once, each in a thread",String(v())).addHelpText("after",S).action(async t=>{let e=T(t);if(e instanceof i)return l(`tune-worker: ${e.message}`);process.exitCode=await x(e)});function T({queue:t,jobs:e}){let o=f(t);if(o instanceof i)return o;let n=/^\d{1,4}$/.test(e)?Number(e):0;return n<1||n>w?new i(`--jobs ${e}: a number from 1 to ${w} is wanted`,0):{address:o,jobs:n}}async function x({address:t,jobs:e}){let[{ExecutorFailure:o},{serveQueue:n},{ThreadExecutor:g}]=await Promise.all([import("./executor-5YTAN5ML.js"),import("./worker-QDKHZ4D4.js"),import("./thread-executor-LCLWRMGI.js")]),a=new AbortController,s=()=>{a.signal.aborted&&process.exit(d.interrupted),a.abort()};process.on("SIGINT",s).on("SIGTERM",s);let c=h(y(b(),"memcg-tune-worker-"));process.once("exit",()=>k(c,{recursive:!0,force:!0}));try{return await n({address:t,jobs:e,executorFor:r=>new g(r,e),folder:c,notice:r=>process.stderr.write(m(`memcg tune-worker: ${r}
`)),signal:a.signal}),0}catch(r){if(!(r instanceof o))throw r;return process.stderr.write(m(`memcg tune-worker: ${r.message}
`)),d.world}finally{process.off("SIGINT",s).off("SIGTERM",s)}}export{$ as tuneWorker};
