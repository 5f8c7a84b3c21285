import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a,b}from"./chunk-GNF2VEOS.js";import"./chunk-2IB5YMFE.js";export{b as openScriptStage,a as openSessionStage};
