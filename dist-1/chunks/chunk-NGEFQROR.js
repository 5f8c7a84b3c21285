import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{c as $}from"./chunk-SGANEAMP.js";import{d as t}from"./chunk-VX2EZPTK.js";function u(s){let{kind:o,file:f,line:c,column:e,text:n}=s,l=t(s.message),p=t(s.why),r=c===0?"":`${t(f)}:${c}`,i=[];if(o==="mistake"){let m=r===""?"":`${r}${e>0?`:${e}`:""}: `;i.push(`memcg: ${m}${l}`,p,$(n,e))}else i.push(`memcg: ${l}`,p,r===""?"":`  at ${r}${n===""?"":`: ${t(n.trim())}`}`);return`${i.filter(m=>m!=="").join(`
`)}
`}var a={file:"",line:0,column:0,text:""},E=({message:s,why:o})=>u({...a,kind:"world",message:s,why:o});export{u as a,a as b,E as c};
