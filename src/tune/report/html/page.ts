import { duration } from '../../../kernel/numbers.ts';
import { htmlPage } from '../../../report/html/frame.ts';
import { known } from '../../../report/rereads.ts';
import { escaped, unbroken } from '../../../report/svg/text.ts';
import type { Tuned } from '../../analysis/findings.ts';
import { symbols, tuneStyles } from '../picture/region-style.ts';
import { shownOf } from '../picture/thinning.ts';
import { cpuShare, mark, mean, setting, stopText, waited } from '../words.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { TUNE_STYLE } from './page-style.ts';
import { section } from './section.ts';

/** All the scripts as one page that needs nothing beside itself. The same sweeps make the same bytes. */
export function renderTuneHtml(all: readonly Tuned[]): string {
  const sections = all.map((tuned, i) => section(tuned, idOf(i), shownOf(tuned.findings, all.length)));
  return htmlPage({
    title: `Watermarks for ${all.map(({ sweep }) => sweep.script).join(', ')} · memcg tune`,
    styles: `${tuneStyles()}${TUNE_STYLE}`,
    body: `<svg width="0" height="0" style="position:absolute" aria-hidden="true">${symbols()}</svg>
<main>
${all.length > 1 ? overview(all) : ''}
${sections.join('\n')}
</main>`,
    script: PAGE_SCRIPT,
  });
}

const idOf = (index: number): string => `script-${index + 1}`;

/** A recommendation for each script, a line each. */
function overview(all: readonly Tuned[]): string {
  const heads = [
    'limit',
    'start at',
    'stop at',
    'time waited',
    'refaults',
    'reclaimer CPU',
    'of one CPU',
    'smallest limit without stalls',
  ];
  const rows = all.map(({ sweep, findings }, i) => {
    const { best, without, smallestLimit } = findings;
    const least = smallestLimit === null ? '-' : mark(smallestLimit.rated.marks.limit);
    const cells =
      best === null
        ? [mark(sweep.limit), '-', '-', '-', '-', '-', '-', least]
        : [
            mark(sweep.limit),
            `<strong>${mark(best.marks.high)}</strong>`,
            `<strong>${stopText(best.marks)}</strong>`,
            `${waited(without.figures)} → ${waited(best.figures)}`,
            known(best.figures.refaults, mean),
            duration(best.figures.cpu),
            cpuShare(best.figures),
            least,
          ];
    const partial = sweep.partial === null ? '' : ' <span class="bad-text">partial</span>';
    return `<tr><th scope="row" class="name"><a href="#${idOf(i)}" title="${escaped(setting(sweep))}">${escaped(sweep.script)}</a>${partial}</th>${cells.map((cell) => `<td>${unbroken(cell)}</td>`).join('')}</tr>`;
  });
  return `<h1>Watermarks for ${all.length} workloads</h1>
<div class="wide"><table>
<thead><tr><th scope="col" class="name">workload</th>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`;
}
