import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{b as n}from"./chunk-6KR26L2F.js";var r=/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,o=new RegExp(r.source,"u"),l=t=>t.replace(/[^\r\n\t]+/g,s),c=t=>t.replace(/[^\n]+/g,s),x=t=>!o.test(t),s=t=>t.replace(r,e=>e===`
`?"\\n":e==="	"?"\\t":[...n(e)].map(i=>`\\x${i.toString(16).padStart(2,"0").toUpperCase()}`).join(""));export{l as a,c as b,x as c,s as d};
