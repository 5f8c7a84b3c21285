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
`;
