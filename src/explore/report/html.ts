import { htmlPage } from '../../report/html/frame.ts';
import { escaped } from '../../report/svg/text.ts';
import type { Finding } from '../findings.ts';

const STYLE = `
main{max-width:1200px}
h2{font-size:21px;margin:34px 0 6px}
td,th{text-align:left;white-space:normal;padding:4px 14px 4px 0}
td.number{color:var(--quiet);text-align:right;width:2em}
.source,.change{display:block;font-size:14px}
.source{color:var(--quiet)}
.change{color:var(--awake)}
tr.later>td{visibility:hidden}
tr.now{background:var(--grid)}
.bar{display:flex;gap:12px;align-items:center;margin:8px 0}
`;

/** Plain script for browsers: a run is stepped through with its buttons, or with the arrow keys. */
const SCRIPT = `
for (const run of document.querySelectorAll('.run')) {
  const rows = [...run.querySelectorAll('tbody tr')];
  let shown = rows.length;
  const show = (to) => {
    shown = Math.max(0, Math.min(rows.length, to));
    rows.forEach((row, at) => {
      row.classList.toggle('later', at >= shown);
      row.classList.toggle('now', at === shown - 1 && shown < rows.length);
    });
    run.querySelector('output').textContent = shown + ' of ' + rows.length;
  };
  run.querySelector('.first').onclick = () => show(0);
  run.querySelector('.back').onclick = () => show(shown - 1);
  run.querySelector('.on').onclick = () => show(shown + 1);
  run.querySelector('.all').onclick = () => show(rows.length);
  run.onkeydown = (event) => {
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      show(shown + (event.key === 'ArrowRight' ? 1 : -1));
      event.preventDefault();
    }
  };
  show(rows.length);
}
`;

/** A page with the shortest runs, a column for each thread. */
export function pageOf(finding: Finding): string {
  const runs = finding.violations.map(({ property, says, run }) => {
    const steps = [...run.steps, ...run.forEver];
    const taking = finding.threads.flatMap((name, thread) =>
      steps.some((step) => step.thread === thread) ? [{ name, thread }] : [],
    );
    const rows = steps.map(({ thread, text, source, changes }, at) => {
      const cell = [
        escaped(text),
        `<span class="source">${escaped(source)}</span>`,
        ...changes.map((change) => `<span class="change">${escaped(change)}</span>`),
      ].join('');
      const cells = taking.map((each) => `<td>${each.thread === thread ? cell : ''}</td>`).join('');
      return `<tr><td class="number">${at + 1}</td>${cells}</tr>`;
    });
    const forEver =
      run.forEver.length === 0 ? '' : `<p>The last ${run.forEver.length} steps go round for ever.</p>`;
    return `<section class="run" tabindex="0"><h2>${escaped(property)}</h2>
<p class="bad-text">${escaped(says)}, after ${run.steps.length} steps</p>
<div class="bar"><button class="first">from the start</button><button class="back">back</button><button class="on">on</button><button class="all">all</button><output></output></div>
<table><thead><tr><th></th>${taking.map(({ name }) => `<th>${escaped(name)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table>${forEver}</section>`;
  });
  const holds = finding.complete
    ? 'No property is broken.'
    : 'A bound was met: what lies beyond it is not known.';
  return htmlPage({
    title: `memcg explore ${finding.scenario}`,
    styles: STYLE,
    body: `<main><h1>${escaped(finding.about)}</h1>
<p class="quiet-text">${finding.states.toLocaleString('en-US')} states, ${finding.transitions.toLocaleString('en-US')} steps, ${finding.depth} deep</p>
${runs.length === 0 ? `<p>${holds}</p>` : runs.join('\n')}</main>`,
    script: SCRIPT,
  });
}
