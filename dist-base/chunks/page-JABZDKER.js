import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a as A}from"./chunk-M4J5H3Q6.js";import{a as j}from"./chunk-JL6KLSTR.js";import{a as G,b as H,c as B,f as Y,g as D}from"./chunk-DGMBYT2V.js";import{a as h,b as p,c as k,d as M,e as T,f as S,g as q,h as C,i as L,j as N,k as P,l as R,m as z,n as W,o as F,p as O,q as I,r as _,s as U,t as X}from"./chunk-6EHRQ6MS.js";import{f as y}from"./chunk-5ENUZBMW.js";import"./chunk-TSMAVIWA.js";import"./chunk-SGANEAMP.js";import{a as E}from"./chunk-63BYVH4G.js";import"./chunk-2FMRTUSU.js";import"./chunk-LXCEW7QY.js";import{a as u,c as v}from"./chunk-ABJEWI3O.js";import{b as $}from"./chunk-Z6ZMHZFN.js";import"./chunk-R6JJINE5.js";import"./chunk-BFF73EN6.js";import"./chunk-QS5X5OFR.js";import{a as b,c as x,j as w}from"./chunk-YTI7DB5C.js";import"./chunk-Z6OY4FOW.js";import"./chunk-VEZST6GJ.js";import"./chunk-YWTOCCPP.js";import"./chunk-5IFDP7PL.js";import"./chunk-VX2EZPTK.js";import"./chunk-6KR26L2F.js";import"./chunk-2IB5YMFE.js";var K=`
(() => {
  'use strict';
  const number = (text) => {
    const value = Number.parseFloat(text.replaceAll(',', '').replace('<', ''));
    return Number.isNaN(value) ? (text === 'none' ? 0 : null) : value;
  };
  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    if (x !== null && y !== null) return x - y;
    return x === null && y === null ? a.localeCompare(b, 'en') : x === null ? 1 : -1;
  };

  for (const button of document.querySelectorAll('button.sort')) {
    button.addEventListener('click', () => {
      const head = button.closest('th');
      const body = head.closest('table').tBodies[0];
      const up = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const text = (row) => row.cells[head.cellIndex].textContent;
      const rows = [...body.rows].sort(
        (a, b) => (up ? 1 : -1) * compare(text(a), text(b)) || Number(a.dataset.t) - Number(b.dataset.t),
      );
      body.append(...rows);
    });
  }

  for (const input of document.querySelectorAll('.filter input')) {
    input.addEventListener('change', () => {
      for (const row of input.closest('section').querySelectorAll('.trials tbody tr'))
        row.hidden = input.checked && !row.hasAttribute('data-front');
    });
  }

  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  document.body.append(tip);

  const light = (section, index) => {
    for (const lit of document.querySelectorAll('.lit')) lit.classList.remove('lit');
    if (index === undefined) return;
    for (const part of section.querySelectorAll('[data-t="' + index + '"]')) part.classList.add('lit');
  };
  const describe = (row) => {
    const heads = row.closest('table').tHead.rows[0].cells;
    const title = document.createElement('strong');
    const said = new Map([...row.cells].map((cell, i) => [heads[i].textContent.trim(), cell.textContent.trim()]));
    const best = row.classList.contains('best') ? ' (recommended)' : '';
    title.textContent = 'start at ' + said.get('start at, M') + 'M, stop at ' + said.get('stop at, M') + 'M' + best;
    const lines = [...said].filter(([name]) => !/^(rank|start|stop)/.test(name));
    tip.replaceChildren(title, lines.map(([name, text]) => name + ': ' + text).join('\\n'));
  };
  const show = (event, row) => {
    describe(row);
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    const left = event.clientX + 18 + width > innerWidth ? event.clientX - 18 - width : event.clientX + 18;
    tip.style.left = Math.max(4, left) + scrollX + 'px';
    tip.style.top = Math.min(event.clientY + 12, innerHeight - height - 8) + scrollY + 'px';
  };

  for (const section of document.querySelectorAll('section')) {
    const rows = new Map([...section.querySelectorAll('.trials tbody tr')].map((row) => [row.dataset.t, row]));
    for (const plot of section.querySelectorAll('.plots')) {
      plot.addEventListener('pointermove', (event) => {
        const index = event.target.closest('[data-t]')?.dataset.t;
        light(section, index);
        const row = rows.get(index);
        if (row === undefined) tip.hidden = true;
        else show(event, row);
      });
      plot.addEventListener('pointerleave', () => {
        light(section);
        tip.hidden = true;
      });
      plot.addEventListener('click', (event) => {
        const row = rows.get(event.target.closest('[data-t]')?.dataset.t);
        if (row === undefined) return;
        row.hidden = false;
        row.scrollIntoView({ block: 'center' });
        light(section, row.dataset.t);
      });
    }
    const table = section.querySelector('.trials tbody');
    table?.addEventListener('pointerover', (event) => light(section, event.target.closest('tr')?.dataset.t));
    table?.addEventListener('pointerleave', () => light(section));
  }

  for (const button of document.querySelectorAll('button.copy')) {
    button.addEventListener('click', async () => {
      const text = button.closest('.command').querySelector('pre');
      const said = button.textContent;
      try {
        await navigator.clipboard.writeText(text.textContent);
      } catch {
        getSelection().selectAllChildren(text);
        document.execCommand('copy');
      }
      button.textContent = 'copied';
      setTimeout(() => { button.textContent = said; }, 1500);
    });
  }
})();
`;var V=`
main{max-width:1240px}
h2{font-size:26px;line-height:1.3;margin:0 0 4px}
h3{font-size:20px;margin:34px 0 6px}
p{margin:0 0 10px;max-width:75em}
a{color:var(--usage)}
section{border-top:1px solid var(--grid);margin-top:36px;padding-top:28px}
h1+section,h1+p+section{margin-top:20px}
.answer{font-size:22px;line-height:1.4;margin:0 0 4px}
.partial{border-left:4px solid var(--bad);padding:4px 0 4px 12px;color:var(--bad);font-weight:600}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(260px,1fr));gap:16px;margin:20px 0 26px;padding:0}
.numbers div{border:1px solid var(--grid);border-radius:10px;padding:14px 20px 12px}
.numbers dt{color:var(--quiet);font-size:16px}
.numbers dd{margin:0}
.numbers .large{font-size:34px;line-height:1.25;font-weight:700;white-space:nowrap}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,500px),1fr));gap:8px 36px}
figcaption{font-weight:700;font-size:18px}
figure svg,.key{display:block;width:100%;height:auto;overflow:visible}
.key{max-width:1208px;margin-top:4px}
.dot[data-t]{cursor:pointer}
.dot.lit{stroke:var(--ink);stroke-width:3}
.words th,.words td{text-align:left}
.words+p{margin-top:8px}
.words td:last-child{white-space:normal}
td.words-cell{white-space:normal;text-align:left;min-width:18em}
.wide{overflow-x:auto}
.trials{overflow:auto;max-height:60vh;border:1px solid var(--grid);border-radius:8px;padding-left:12px}
.trials thead th{position:sticky;top:0;z-index:1}
.trials button.sort{all:unset;cursor:pointer;white-space:nowrap}
.trials button.sort:hover{color:var(--ink)}
.trials th[aria-sort=ascending]::after{content:" \u25B2"}
.trials th[aria-sort=descending]::after{content:" \u25BC"}
.trials tr.best{font-weight:700}
.trials tr.lit td,.trials tr:hover td{background:var(--grid)}
details{max-width:860px;margin-top:18px}
summary{cursor:pointer;font-weight:600}
details .commands{margin-top:14px}
.region{display:inline-block;width:16px;height:16px;vertical-align:-2px;margin-right:6px;overflow:visible}
.region use{transform:translate(8px,8px)}
.filter{display:inline-flex;gap:8px;align-items:center;margin:0 0 8px;cursor:pointer}
.commands{display:grid;grid-template-columns:minmax(0,1fr);gap:20px;max-width:860px}
.command h4{font-size:17px;margin:0 0 4px;display:flex;justify-content:space-between;align-items:end;gap:12px}
.command h4 span::first-letter{text-transform:uppercase}
.command h4 span{display:inline-block}
pre{margin:0 0 6px;padding:12px 14px;background:color-mix(in srgb,var(--grid) 45%,var(--paper));border-radius:8px;overflow-x:auto;font:15px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
.command p{font-size:15px;color:var(--quiet)}
.tip{position:absolute;z-index:10;pointer-events:none;background:var(--paper);color:var(--ink);border:1px solid var(--quiet);border-radius:8px;padding:8px 12px;font-size:16px;line-height:1.4;white-space:pre;box-shadow:0 4px 18px rgb(0 0 0/.25)}
.tip strong{display:block}
@media print{.trials{max-height:none;overflow:visible}.copy,.filter{display:none!important}}
`;var Z=4096/2**20;function lt(e){let s=Math.max(...e.map(({figures:t})=>t.stallP99))>=1e8?{name:"ms",ns:1e6}:{name:"us",ns:1e3},o=new Set(e.map(({marks:t})=>t.policy)).size>1,n=t=>e.some(({figures:l})=>t(l)>0);return[{title:"rank",hint:"by what was wanted",text:t=>`${e.indexOf(t)+1}`},o?{title:"policy",hint:"who reclaims",text:({marks:t})=>S(t.policy),name:!0}:null,{title:"start at, M",hint:"high: the reclaimer starts above it",text:({marks:t})=>x(t.high*Z,1)},{title:"of limit, %",hint:"the same as a share of the limit",text:({marks:t})=>x(t.limit>0?100*t.high/t.limit:0,2)},{title:"stop at, M",hint:"low: the reclaimer stops at it",text:({marks:t})=>x(t.low*Z,1)},{title:"stalls",hint:"charges that had to wait, in one run",text:({figures:t})=>p(t.stalls),bad:({stalls:t})=>t>0},{title:`p99, ${s.name}`,hint:"99 of 100 stalls were no longer",text:({figures:t})=>t.stalls>0?x(t.stallP99/s.ns,1):"none",bad:({stalls:t})=>t>0},{title:"waited, ms",hint:"all stalls of one run together",text:({figures:t})=>x(t.stallTotal/1e6,1),bad:({stalls:t})=>t>0},{title:"CPU, ms",hint:"what the reclaimer took in one run",text:({figures:t})=>t.passes===0?"none":x(t.cpu/1e6,1)},{title:"wake-ups",hint:"how often the reclaimer was woken",text:({figures:t})=>p(t.wakeups)},{title:"pages each",hint:"what a wake-up brought",text:({figures:{wakeups:t,reclaimed:l}})=>t>0?b(Math.round(l/t)):"0"},{title:"refaults",hint:"pages that were read again after they had been reclaimed",text:({figures:t})=>$(t.refaults,p)},n(({swapOut:t})=>t)?{title:"swapped out",hint:"pages written to swap",text:({figures:t})=>p(t.swapOut)}:null,n(({oomKills:t})=>t)?{title:"OOM kills",hint:"tasks killed for want of memory",text:({figures:t})=>p(t.oomKills),bad:({oomKills:t})=>t>0}:null,{title:"done in, s",hint:"virtual time from boot to the end",text:({figures:t})=>x(t.elapsed/1e9,2)}].filter(t=>t!==null)}function Q({best:e,rated:i,front:s},o){let n=lt(i),r=d=>a=>`<td${a.bad?.(d.figures)?' class="bad-text"':a.name?' class="name"':""}>${u(a.text(d))}</td>`,t=o.map(d=>{let a=i[d],f=a===e?' class="best"':"",ot=s.includes(a)?" data-front":"",st=`<td class="name"><svg class="region"><use href="#f-${a.region}" class="r-${a.region}"/></svg>${y[a.region].title}</td>`,[it,...rt]=n.map(r(a));return`<tr${f} data-t="${d}"${ot}>${it}${st}${rt.join("")}</tr>`}),[l,...m]=n.map(({title:d,hint:a,name:f})=>J(d,a,f===!0));return`<table><thead><tr>${[l,J("what it does","the region of the map",!0),...m].join("")}</tr></thead>
<tbody>
${t.join(`
`)}
</tbody></table>`}var J=(e,i,s)=>`<th scope="col"${s?' class="name"':""} title="${i}"><button type="button" class="sort">${e}</button></th>`;function et(e,i,s){let{sweep:o,findings:n}=e,{best:r,partial:t}=n,l=L(n);return`<section id="${i}">
<h2>${u(o.script)}</h2>
<p class="answer">${c(N(o,n))}</p>
<p class="quiet-text">${c(`${C(o)}. Wanted: ${P(n.objective)}.`)}</p>
${t===null?"":`<p class="partial">${c(X(t))}</p>`}
${l===null?"":`<p class="quiet-text">${c(l)}</p>
`}${r===null?"":ct(e,r)}
${r!==null&&n.roomier!==null?`<p class="room">${c(_(r,n.roomier))}</p>`:""}
${n.rated.length===0?"":dt(e,s)}
${pt(e)}
${r===null?"":mt(n,r)}
<h3>How sure is that</h3>
<p>${c(O(n))}</p>
<p>${c(I(o,n))}</p>
${n.policies.length>1?ht(n):""}
${r===null?"":gt(e,r)}
${n.rated.length===0?"":ft(n,s)}
</section>`}var c=e=>u(v(e));function ct({sweep:e,findings:{without:i}},{marks:s,figures:o}){let n=(g,d,a)=>`<div><dt>${g}</dt><dd class="large">${c(d)}</dd><dd class="quiet-text">${c(a)}</dd></div>`,r=i.figures,t=[r.stalls>0?`p99 was ${k(r)}`:"none without it either",...o.stalls>0?[`is ${k(o)}`]:[]].join(", "),l=o.passes===0?"none":w(o.cpu),m=o.passes===0?"the reclaimer never runs":`${T(o)} of one CPU over the run`;return`<dl class="numbers">
${n("waits for memory (stalls)",`${p(r.stalls)} \u2192 ${p(o.stalls)}`,t)}
${n("what that costs",l,m)}
${n("start / stop",`${h(s.high)} / ${h(s.low)}`,`under a limit of ${h(e.limit)}`)}
</dl>`}function dt(e,i){let{scatter:s,plane:o}=Y(e,i);return`<div class="plots">
<figure><figcaption>What marks cost, and what they save</figcaption>${s}</figure>
<figure><figcaption>Where marks work</figcaption>${o}</figure>
</div>
<svg class="key" viewBox="-10 -19 1218 30" role="img"><title>what forms and colours mean</title>${D(e.findings)}</svg>`}function pt({sweep:e,findings:{regions:i}}){let s=i.filter(({name:n})=>n!=="fine"&&n!=="idle");return s.length===0?"":`<h3>Where marks go wrong</h3>
<table class="words"><tbody>${s.map(n=>{let{title:r,why:t}=y[n.name],l=[U(n,e.limit),t].filter(m=>m!=="").join(": ");return`<tr><th scope="row"><svg class="region" aria-hidden="true"><use href="#f-${n.name}" class="r-${n.name}"/></svg>${r}</th><td>${c(l)}</td></tr>`}).join(`
`)}</tbody></table>`}function mt({slips:e},i){if(e.length===0)return"";let s=e.map(n=>`<tr><th scope="row">${c(R(n,i.marks))}</th><td${W(n)?' class="bad-text"':""}>${c(F(n,i.figures))}</td></tr>`),o=e.some(({kind:n})=>n.startsWith("all"));return`<h3>What being wrong by 10 % costs</h3>
<table class="words"><tbody>
${s.join(`
`)}
</tbody></table>
${o?`<p class="quiet-text">${z}</p>`:""}`}function ht({policies:e,without:i}){let s=[...e,i],o=M(s.map(({figures:t})=>t)),n=s.map((t,l)=>{let{marks:m,figures:g}=t,d=t===i,a=[d?"":h(m.high),d?"":h(m.low),p(g.stalls),k(g),o[l],$(g.refaults,p),w(g.elapsed),y[t.region].title];return`<tr><th scope="row" class="name">${d?"no background reclaim":u(S(m.policy))}</th>${a.map(f=>`<td>${c(f)}</td>`).join("")}</tr>`});return`<h3>The best of each policy</h3>
<div class="wide"><table><thead><tr><th class="name" scope="col">who reclaims</th>${["start at","stop at","stalls","p99","CPU","refaults","done in",""].map(t=>`<th scope="col">${t}</th>`).join("")}</tr></thead>
<tbody>${n.join(`
`)}</tbody></table></div>`}var ut=88;function gt({sweep:e,findings:{roomier:i}},s){let o=i===null?"":`<details><summary>${c(`The same with more room: ${q(i.marks)}`)}</summary>${tt(e,i)}</details>`;return`<h3>What to type</h3>
${tt(e,s)}
${o}`}function tt(e,i){return`<div class="commands">
${j(e,i.marks).map(({title:o,lines:n,note:r})=>`<div class="command">
<h4><span>${u(o)}</span> <button type="button" class="copy">copy</button></h4>
<pre>${n.flatMap(t=>A(t,ut)).map(u).join(`
`)}</pre>
${r===""?"":`<p>${c(r)}</p>`}
</div>`).join(`
`)}
</div>`}function ft(e,i){let{rated:s,front:o}=e,n=s.length>i.length?`${b(i.length)} of ${b(s.length)} trials, evenly from the best to the worst; --json has all`:`all ${b(s.length)} trials, the best first`;return`<h3>All that was tried</h3>
<p class="quiet-text">${c(n)}. Point at a row to see it in the pictures; columns sort.</p>
<label class="filter"><input type="checkbox"> only the trade-off: the ${o.length} that no other beats in everything</label>
<div class="trials">
${Q(e,i)}
</div>`}function Bt(e){let i=e.map((s,o)=>et(s,nt(o),B(s.findings,e.length)));return E({title:`Watermarks for ${e.map(({sweep:s})=>s.script).join(", ")} \xB7 memcg tune`,styles:`${G()}${V}`,body:`<svg width="0" height="0" style="position:absolute" aria-hidden="true">${H()}</svg>
<main>
${e.length>1?xt(e):""}
${i.join(`
`)}
</main>`,script:K})}var nt=e=>`script-${e+1}`;function xt(e){let i=["limit","start at","stop at","stalls","reclaimer CPU","of one CPU","smallest limit without stalls"],s=e.map(({sweep:o,findings:n},r)=>{let{best:t,without:l,smallestLimit:m}=n,g=m===null?"-":h(m.rated.marks.limit),d=t===null?[h(o.limit),"-","-","-","-","-",g]:[h(o.limit),`<strong>${h(t.marks.high)}</strong>`,`<strong>${h(t.marks.low)}</strong>`,`${p(l.figures.stalls)} \u2192 ${p(t.figures.stalls)}`,w(t.figures.cpu),T(t.figures),g],a=o.partial===null?"":' <span class="bad-text">partial</span>';return`<tr><th scope="row" class="name"><a href="#${nt(r)}" title="${u(C(o))}">${u(o.script)}</a>${a}</th>${d.map(f=>`<td>${v(f)}</td>`).join("")}</tr>`});return`<h1>Watermarks for ${e.length} workloads</h1>
<div class="wide"><table>
<thead><tr><th scope="col" class="name">workload</th>${i.map(o=>`<th scope="col">${o}</th>`).join("")}</tr></thead>
<tbody>
${s.join(`
`)}
</tbody></table></div>`}export{Bt as renderTuneHtml};
