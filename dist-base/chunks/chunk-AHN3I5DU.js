import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
async function i(t){let{LiveStage:e}=await import("./live-stage-JWNVCOLE.js");return e.open(t)}async function S(t){let{PlayingStage:e}=await import("./script-stage-JY3GNDB2.js");return e.open(t)}export{i as a,S as b};
