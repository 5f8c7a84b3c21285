/** Of the page of a report, beside what all pages have. */
export const REPORT_STYLE = `
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
figcaption p{margin:0 0 4px}
.run-name{font-weight:700}
.health{max-width:60em}
.badge{letter-spacing:.03em;margin-right:.3em}
.try code{font-size:.95em;font-weight:600;overflow-wrap:anywhere}
.try{color:var(--quiet)}
.try code{color:var(--ink)}
.fact-bad{color:var(--bad)}
.fact-awake{color:var(--awake)}
.chart{position:relative;min-height:270px}
.chart svg{display:block;overflow:visible}
/* Below the chart, which stays where it is while this gets longer and shorter. */
.readout{margin:2px 0;min-height:1.5em;font-size:16px}
.over{position:absolute;overflow:hidden;touch-action:pan-y;cursor:crosshair}
.cursor,.chosen{position:absolute;top:0;bottom:0;pointer-events:none}
.cursor{border-left:1px dashed var(--ink)}
.chosen{background:var(--usage);opacity:.18}
.key{display:flex;flex-wrap:wrap;gap:4px 22px;margin:14px 0 0;padding:0;list-style:none;color:var(--quiet);font-size:16px}
.key li{display:flex;align-items:center}
[data-part$=stalls]{container-type:inline-size}
.stalls{display:block;width:100%;height:auto;margin-top:6px}
.stalls.wide{max-width:620px}
.stalls.narrow{display:none;max-width:340px}
@container (max-width:520px){.stalls.wide{display:none}.stalls.narrow{display:block}}
@media (max-width:640px){
main{padding:8px 14px 60px}
h1{font-size:24px}
.verdict{font-size:18px}
.toolbar{position:static;padding:6px 14px}
.hint{display:none}
}
.picture{display:block}
.grip{position:absolute;height:20px;margin-top:-10px;touch-action:none;cursor:ns-resize}
@media (pointer:coarse){.grip{height:36px;margin-top:-18px}}
.grip::after{content:'';position:absolute;right:calc(var(--aside,0px) - 8px);top:calc(50% - 8px);width:11px;height:11px;border:2.5px solid var(--ink);border-radius:50%;background:var(--paper)}
.grip:focus-visible{outline:none}
.grip:focus-visible::after,.held .grip:focus::after{background:var(--usage);outline:3px solid var(--usage);outline-offset:2px}
.grip:focus::before{content:attr(data-size);position:absolute;right:calc(var(--aside,0px) + 16px);bottom:calc(50% + 4px);padding:0 6px;background:var(--paper);color:var(--ink);border:1px solid var(--quiet);border-radius:4px;font-size:15px;white-space:nowrap}
.held .grip:focus{background:linear-gradient(var(--usage),var(--usage)) center/100% 2px no-repeat}
.settings:empty{display:none}
.hint-live{color:var(--quiet);margin:14px 0 6px}
.setting-row{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:10px 36px}
.settings summary{cursor:pointer;margin:6px 0}
.settings summary:focus-visible{outline:3px solid var(--usage);outline-offset:2px}
.setting{min-width:0;align-content:start;border:1px solid var(--grid);border-radius:8px;padding:4px 14px 10px;display:flex;flex-wrap:wrap;gap:6px 16px;align-items:center}
.setting legend{font-weight:600;padding:0 6px;overflow-wrap:anywhere}
.setting label{color:var(--quiet);font-size:15px}
.setting select,.setting input{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--quiet);border-radius:6px;padding:2px 6px;max-width:13em}
.setting input{width:7.5em}
.buttons{display:flex;flex-wrap:wrap;gap:8px}
.words{margin:4px 0;font-size:14px;white-space:pre-wrap;overflow-wrap:anywhere;color:var(--quiet)}
.state{min-height:1.5em;margin:6px 0 0;color:var(--quiet);font-size:15px}
progress{width:100%;max-width:30em;accent-color:var(--usage)}
@media print{.toolbar{display:none}}
`;
