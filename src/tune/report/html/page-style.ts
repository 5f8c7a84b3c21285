/** Of the page of a sweep, beside what all pages and its pictures have. */
export const TUNE_STYLE = `
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
.numbers .large{font-size:30px;line-height:1.25;font-weight:700;white-space:nowrap}
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
.trials th[aria-sort=ascending]::after{content:" ▲"}
.trials th[aria-sort=descending]::after{content:" ▼"}
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
`;
