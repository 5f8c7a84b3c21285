import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
var r={paper:"#ffffff",ink:"#1b1f24",quiet:"#59636e",grid:"#e3e7eb",usage:"#0059b3",awake:"#008060",bad:"#c43302"},o={paper:"#0d1117",ink:"#f0f3f6",quiet:"#a3adb8",grid:"#2a313a",usage:"#5cb0ff",awake:"#36d6b4",bad:"#ff7d4d"},i={least:.05,most:.42};var t={title:30,sentence:21,cgroup:24,label:18,small:16},s="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",a=e=>`
.paper{fill:${e.paper}}
.ink{fill:${e.ink}}
.quiet{fill:${e.quiet}}
.leader{stroke:${e.quiet}}
.grid{stroke:${e.grid}}
.mark{stroke:${e.ink}}
.usage{fill:${e.usage};stroke:${e.usage}}
.awake{fill:${e.awake}}
.bad{fill:${e.bad}}
.kill,.kill-line{stroke:${e.bad}}`,d=()=>`
text{font-family:${s};font-variant-numeric:tabular-nums}
.t{font-size:${t.title}px;font-weight:700}
.s{font-size:${t.sentence}px}
.g{font-size:${t.cgroup}px;font-weight:700}
.l{font-size:${t.label}px}
.n{font-size:${t.small}px}
.b{font-weight:700}
.e{text-anchor:end}
.m{text-anchor:middle}
.mark,.leader{fill:none}
.mark{stroke-width:2.5}
.high{stroke-dasharray:9 5}
.low{stroke-dasharray:2.5 4}
.usage{stroke-width:2.5;stroke-linejoin:round}
.kill{stroke-width:3}
.kill-line{stroke-dasharray:3 4;stroke-width:1.5}${a(r)}
@media (prefers-color-scheme:dark){${a(o)}
}`;export{r as a,o as b,i as c,t as d,s as e,d as f};
