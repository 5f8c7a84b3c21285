import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
var e=class extends Error{name="SessionError";kind;exit;why;constructor(r,s,n=""){super(s),this.kind=r,this.exit=r==="no-server"?1:r==="usage"?2:r==="interrupted"?130:3,this.why=n}};export{e as a};
