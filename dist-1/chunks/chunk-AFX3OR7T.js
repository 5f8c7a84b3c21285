import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{e as i}from"./chunk-VDRQFNTC.js";function r(o,p){for(let{flags:a,about:f,usual:n,env:e}of Object.values(p)){let t=new i(a,f);n!==void 0&&t.default(n),e!==void 0&&t.env(e),o.addOption(t)}return o}export{r as a};
