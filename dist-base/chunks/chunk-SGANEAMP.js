import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{c as i}from"./chunk-VX2EZPTK.js";var s=class extends Error{column;constructor(n,t){super(n),this.name="Mistake",this.column=t}},l=class extends s{},e=100;function p(r,n){if(r===""||n<1)return"";let t=n>e?n-e/2:0,u=c(r.slice(t,t+e)),o=t>0?"...":"",g=r.length>t+e?"...":"";return`  ${o}${u}${g}
  ${" ".repeat(o.length+n-1-t)}^`}function c(r){return Array.from(r,n=>i(n)?n:" ".repeat(n.length)).join("")}export{s as a,l as b,p as c};
