import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a as F}from"./chunks/chunk-63BYVH4G.js";import{a as $}from"./chunks/chunk-BMDZWSZE.js";import{c as w}from"./chunks/chunk-ZM5534EF.js";import{a as T,d as N,e as G,f as D,g as U}from"./chunks/chunk-UE4Y3NQ4.js";import{c as E}from"./chunks/chunk-2FMRTUSU.js";import"./chunks/chunk-LXCEW7QY.js";import{a as p,c as A}from"./chunks/chunk-ABJEWI3O.js";import{a as P,b as C,c as _,g as M,j as f,m as z,v as O,w as R,y as j,z as L}from"./chunks/chunk-E5EZABIF.js";import"./chunks/chunk-SYHE7ZHV.js";import"./chunks/chunk-KB2XR4GU.js";import"./chunks/chunk-C2GGKZ2A.js";import"./chunks/chunk-NGC3KKE7.js";import"./chunks/chunk-F7J5ZEFH.js";import{b as k,c as v,d as S}from"./chunks/chunk-Z6ZMHZFN.js";import"./chunks/chunk-R6JJINE5.js";import"./chunks/chunk-BFF73EN6.js";import"./chunks/chunk-QS5X5OFR.js";import{a as u,i as x,j as g}from"./chunks/chunk-YTI7DB5C.js";import"./chunks/chunk-Z6OY4FOW.js";import"./chunks/chunk-VEZST6GJ.js";import"./chunks/chunk-YWTOCCPP.js";import"./chunks/chunk-5IFDP7PL.js";import{d as y}from"./chunks/chunk-VX2EZPTK.js";import"./chunks/chunk-6KR26L2F.js";import"./chunks/chunk-2IB5YMFE.js";import{readFile as rt}from"node:fs/promises";var Z=4e4,tt=24e3;function I(e,t){let a=Math.max(100,Math.floor(tt/t/2)),o=0;return{...e,samples:et(e.samples,Math.max(200,Math.floor(Z/t))).map(n=>{let r=n.time-o;return o=n.time,[r,n.min,n.max,n.last]}),awake:H(e.awake,a),failures:H(e.failures,a),kills:e.kills.map(({time:n,task:r,machine:s})=>({time:n,task:y(r),machine:s}))}}function et(e,t){let a=Math.ceil(e.length/t);return Array.from({length:Math.ceil(e.length/a)},(o,n)=>e.slice(n*a,(n+1)*a).reduce((s,i)=>({time:i.time,min:s.min<i.min?s.min:i.min,max:s.max>i.max?s.max:i.max,last:i.last})))}function H(e,t){let a=new $(t),o=a.track();for(let r of e)a.add(o,r);let n=0;return o.map(({from:r,until:s,busy:i,times:d})=>{let l=r-n;return n=s,[l,s-r,Math.round(i),d]})}var q=`
main{max-width:1600px}
h2{font-size:23px;margin:34px 0 6px}
.verdict{font-size:21px;margin:0 0 12px;max-width:75em}
.warning{border-left:4px solid var(--bad);padding-left:12px;max-width:75em}
.toolbar{position:sticky;top:0;z-index:200;display:flex;flex-wrap:wrap;gap:8px 24px;justify-content:space-between;align-items:center;padding:8px 28px;background:var(--paper);border-bottom:1px solid var(--grid)}
.switches,.zoom{display:flex;flex-wrap:wrap;gap:6px 18px;align-items:center}
.zoom{gap:8px}
.switch{cursor:pointer}
.switch input{vertical-align:-3px}
.hint{color:var(--quiet);font-size:15px;margin-right:8px}
/* Many cgroups: the charts stay within sight. */
.table{overflow:auto;max-height:45vh}
thead th{position:sticky;top:0}
.row{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:10px 36px}
/* What stands above the charts takes the same room in all of a row. */
figure{display:grid;grid-template-rows:subgrid;grid-template-columns:minmax(0,1fr);grid-row:span 4;align-content:start;gap:0}
figcaption{display:flex;flex-wrap:wrap;gap:0 16px}
.fact-bad{color:var(--bad)}
.fact-awake{color:var(--awake)}
.fact-plain{color:var(--quiet)}
/* Two lines: what it says gets longer and shorter, and the chart stays where it is. */
.readout{margin:2px 0;min-height:2.9em;font-size:16px}
.chart{position:relative;min-height:270px}
.chart svg{display:block;overflow:visible}
.over{position:absolute;overflow:hidden;touch-action:pan-y;cursor:crosshair}
.cursor,.chosen{position:absolute;top:0;bottom:0;pointer-events:none}
.cursor{border-left:1px dashed var(--ink)}
.chosen{background:var(--usage);opacity:.18}
.key{width:900px;max-width:100%;margin-top:14px}
.stalls{display:block;width:100%;max-width:620px;height:auto;margin-top:6px}
@media print{.toolbar{display:none}}
`;var K=e=>e===null?"unset":x(e),at=e=>e>0?g(e):"none",nt=e=>[...P.map(t=>({title:_(t,e),text:({cgroup:a})=>K(C(a.usage,t))})),{title:`${e.peak.title} usage`,text:({cgroup:t})=>K(t.usage.max)},...e.counts.map(t=>({title:`${t.noun}s`,text:({cgroup:a})=>u(f(a,t)),bad:({cgroup:a})=>f(a,t)})),{title:"stalls",text:({cgroup:t})=>u(t.stat.stall_count),bad:({cgroup:t})=>t.stat.stall_count},{title:"stall p99",text:({cgroup:t})=>at(t.stat.stall_p99_ns),bad:({cgroup:t})=>t.stat.stall_p99_ns},{title:"OOM kills",text:({cgroup:t})=>u(t.stat.oom_kills),bad:({cgroup:t})=>t.stat.oom_kills,when:({cgroup:t})=>t.stat.oom_kills},{title:"CPU",text:({cgroup:t,shown:{run:a}})=>t.stat.bg_cpu_ns>0?`${g(t.stat.bg_cpu_ns)} (${z(t.stat,a)})`:"none"},{title:"refaults",text:({cgroup:t})=>k(t.stat.refaults),when:({cgroup:t})=>t.stat.refaults??1}];function W(e,t,a){let o=t.flatMap(l=>l.cells.filter(m=>m!==null)),n=nt(M(e.runs[0].run)).filter(({when:l})=>l===void 0||o.some(m=>l(m)>0)),r=e.runs.length>1,i=[...["cgroup",...r?["run"]:[]].map(l=>`<th scope="col" class="name">${l}</th>`),...n.map(({title:l})=>`<th scope="col">${l==="CPU"?`${O(e)} CPU`:l}</th>`)],d=t.flatMap(({path:l,cells:m})=>m.flatMap((c,J)=>{if(c===null)return[];let Q=n.map(({text:X,bad:b})=>`<td${b!==void 0&&b(c)>0?' class="fact-bad"':""}>${X(c)}</td>`),V=r?`<th scope="row">${p(c.shown.name)}</th>`:"";return[`<tr data-run="${a(J)}"><th scope="row">${p(l)}</th>${V}${Q.join("")}</tr>`]}));return`<div class="table"><table>
<thead><tr>${i.join("")}</tr></thead>
<tbody>
${d.join(`
`)}
</tbody></table></div>`}var B=620;async function Dt(e){let t=await rt(w("page.js"),"utf8"),a=e.map((r,s)=>({shown:r,index:s,rows:R(r)})),o=a.reduce((r,{rows:s,shown:i})=>r+s.length*i.runs.length,0),n={groups:a.map(r=>({until:Math.max(1,r.rows[0]?.scale.until??1),charts:ot(r,Math.max(1,o))}))};return F({title:`${e.map(r=>r.script).join(", ")} \xB7 memcg`,styles:q,body:`${st(a)}
<main>
${a.map(it).join(`
`)}
</main>
<script type="application/json" id="data">${JSON.stringify(n).replaceAll("<","\\u003c")}</script>`,script:t})}var Y=(e,t,a)=>`chart-${e}-${t}-${a}`,h=(e,t)=>`${e}-${t}`;function ot({index:e,rows:t},a){return t.flatMap((o,n)=>o.cells.flatMap((r,s)=>r===null?[]:[{id:Y(e,n,s),top:o.scale.top,lanes:L(o.cells),packed:I(j(r),a)}]))}function st(e){let t=e.flatMap(({shown:o,index:n})=>o.runs.map(({name:r},s)=>({id:h(n,s),name:[e.length>1?o.script:"",r].filter(i=>i!=="").join(": ")}))),a=t.map(({id:o,name:n})=>`<label class="switch"><input type="checkbox" checked data-run="${o}"> ${p(n)}</label>`);return`<header class="toolbar">
<div class="switches">${t.length>1?a.join(`
`):""}</div>
<div class="zoom" role="group" aria-label="zoom"><span class="hint">drag to zoom, double-click for the whole run</span>
<button type="button" data-zoom="0.5">zoom in</button><button type="button" data-zoom="2">zoom out</button><button type="button" data-zoom="0">whole run</button></div>
</header>`}function it({shown:e,index:t,rows:a}){let o=e.runs.flatMap(({run:n})=>n.warnings);return`<section>
<h1>${p(e.script)}</h1>
<p class="verdict">${p(A(e.sentence))}</p>
${o.length>0?`<p class="warning">${p(`${o[0].cgroup}: ${o[0].text}`)}${o.length>1?` (and ${o.length-1} more)`:""}</p>`:""}
${e.runs.some(({run:n})=>S(n.cgroups))?`<p class="warning">${p(v)}</p>
`:""}${a.length===0?"<p>No cgroup held memory.</p>":W(e,a,n=>h(t,n))}
${a.length===0?"":`<svg class="key" viewBox="0 0 900 26" role="img"><title>what colours mean</title>${E(0,20,U(e))}</svg>`}
${a.map((n,r)=>lt(n,s=>({chart:Y(t,r,s),run:h(t,s)}))).join(`
`)}
</section>`}function lt(e,t){let a=e.cells.map((o,n)=>{let{chart:r,run:s}=t(n);return`<figure data-run="${s}">${o===null?'<p class="quiet-text">not there at the end of this run</p>':pt(e,o,r)}</figure>`});return`<h2>${p(e.path)}</h2>
<div class="row">${a.join(`
`)}</div>`}function pt(e,t,a){let o=T(t).map(({text:s,meaning:i})=>`<span class="fact-${i}">${p(s)}</span>`).join(" "),n=t.shown.name===""?"":`<strong>${p(t.shown.name)}</strong> `,r=`usage of ${e.path} over virtual time${t.shown.name===""?"":`, ${t.shown.name}`}`;return`<figcaption>${n}${o}</figcaption>
<p class="readout" id="${a}-readout"></p>
<div class="chart" id="${a}" role="img" aria-label="${p(r)}"></div>
${mt(e,t)}`}function mt(e,t){let a=G(e);return a===null?"":`<svg class="stalls" ${`viewBox="0 0 ${B} ${N}"`} role="img"><title>how long stalls took</title>${D(t,a,B)}</svg>`}export{Dt as renderHtml};
