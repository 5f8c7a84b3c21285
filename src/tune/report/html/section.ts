import { count, duration } from '../../../kernel/numbers.ts';
import type { Application } from '../../../machine/kernels.ts';
import { known } from '../../../report/rereads.ts';
import { escaped, unbroken } from '../../../report/svg/text.ts';
import type { Findings, Tuned } from '../../analysis/findings.ts';
import type { Rated } from '../../analysis/rated.ts';
import { isRecommended } from '../../analysis/recommendation.ts';
import { reclaimsInTasks, regionText } from '../../analysis/regions.ts';
import { continued } from '../continued.ts';
import { NOT_TO_BE_HAD, noFormTexts, toType } from '../forms-words.ts';
import { LIMIT_HEADS, LIMITS_TITLE, limitCells, limitsText } from '../limits-words.ts';
import { plotsOf, regionKey } from '../picture/svg.ts';
import {
  answer,
  capital,
  certainty,
  cheapestText,
  cpuShare,
  cpuTimes,
  figureHeads,
  hurts,
  limitText,
  longest,
  mark,
  mean,
  objectiveText,
  oneMark,
  partialText,
  policyName,
  reach,
  rereadsText,
  robustnessText,
  SLIP_NOTE,
  setting,
  slipText,
  slipTitle,
  stoppedText,
  stopText,
  unsure,
  waited,
  waitsText,
} from '../words.ts';
import { trialTable } from './trial-table.ts';

/** One script: the answer, the picture, what being wrong costs, what to type, and all that was tried. */
export function section(tuned: Tuned, id: string, shown: readonly number[]): string {
  const { sweep, findings } = tuned;
  const { best, partial } = findings;
  const unknown = rereadsText(findings);
  const waits = waitsText(findings);
  const cheapest = cheapestText(findings);
  const robust = robustnessText(findings);
  return `<section id="${id}">
<h2>${escaped(sweep.script)}</h2>
<p class="answer">${text(answer(sweep, findings))}</p>
<p class="quiet-text">${text(`${setting(sweep)}. Wanted: ${objectiveText(findings.objective)}.`)}</p>
${partial === null ? '' : `<p class="partial">${text(partialText(partial))}</p>`}
${waits === null ? '' : `<p class="quiet-text">${text(waits)}</p>\n`}${unknown === null ? '' : `<p class="quiet-text">${text(unknown)}</p>\n`}${best === null ? '' : numbers(tuned, best)}
${cheapest === null ? '' : `<p class="cheapest">${text(cheapest)}</p>`}
${limits(tuned)}
${findings.rated.length === 0 ? '' : pictures(tuned, shown)}
${badRegions(tuned)}
${best === null ? '' : beingWrong(findings, best)}
<h3>How sure is that</h3>
${robust === null ? '' : `<p>${text(robust)}</p>\n`}<p>${text(certainty(findings))}</p>
<p>${text(limitText(sweep, findings))}</p>
${findings.policies.length > 1 ? policies(findings) : ''}
${best !== null && isRecommended(findings) ? commands(tuned, best) : ''}
${findings.rated.length === 0 ? '' : trials(findings, shown)}
</section>`;
}

const text = (words: string): string => escaped(unbroken(words));

function numbers({ sweep, findings: { without } }: Tuned, { marks, figures }: Rated): string {
  const star = unsure({ without });
  const tile = (title: string, large: string, small: string): string =>
    `<div><dt>${title}</dt><dd class="large">${text(large)}</dd><dd class="quiet-text">${text(small)}</dd></div>`;
  const before = without.figures;
  const stalls = `in ${mean(before.stalls)} → ${mean(figures.stalls)} stalls`;
  const waits =
    before.stalls + figures.stalls > 0
      ? `${stalls}; the longest ${longest(before)} → ${longest(figures)}`
      : 'nor without';
  const again = `${known(before.refaults, mean)} → ${known(figures.refaults, mean)}`;
  const only = oneMark(marks.policy);
  const cpu = figures.passes === 0 ? 'none' : duration(figures.cpu);
  const part =
    figures.passes === 0 ? 'the reclaimer never runs' : `${cpuShare(figures)} of one CPU over the run`;
  return `<dl class="numbers">
${tile(`time waited for memory${star}`, `${waited(before)} → ${waited(figures)}`, waits)}
${tile('refaults', before.refaults === null ? known(null) : again, 'pages read again that had been reclaimed')}
${reclaimsInTasks(marks.policy) ? '' : tile(`reclaimer CPU${star}`, cpu, part)}
${tile(only?.name ?? 'start / stop', only === null ? `${mark(marks.high)} / ${mark(marks.low)}` : mark(marks.high), `under a limit of ${mark(sweep.limit)}`)}
</dl>`;
}

/** What smaller and larger limits buy. */
function limits({ sweep, findings }: Tuned): string {
  const said = limitsText(findings);
  if (findings.limits === null || said === null) return '';
  const rows = findings.limits.rows.map((row) => {
    const [limit, ...cells] = limitCells(row, sweep.peak);
    return `<tr><th scope="row" class="name">${limit}</th>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`;
  });
  const heads = LIMIT_HEADS.map((head) => `<th scope="col">${head}</th>`);
  return `<h3>${capital(LIMITS_TITLE)}</h3>
<div class="wide"><table class="limits"><thead><tr>${heads.join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
<p>${text(said)}</p>`;
}

function pictures(tuned: Tuned, shown: readonly number[]): string {
  const { scatter, plane } = plotsOf(tuned, shown);
  return `<div class="plots">
<figure><figcaption>What marks cost, and what they save</figcaption>${scatter}</figure>
<figure><figcaption>Where marks work</figcaption>${plane}</figure>
</div>
<svg class="key" viewBox="-10 -19 1218 30" role="img"><title>what forms and colours mean</title>${regionKey(tuned.findings)}</svg>`;
}

function badRegions({ sweep, findings: { regions } }: Tuned): string {
  const bad = regions.filter(({ name }) => name !== 'fine' && name !== 'idle');
  if (bad.length === 0) return '';
  const rows = bad.map((region) => {
    const { title, why } = regionText(region.name, region.policy);
    const words = [reach(region, sweep.limit), why].filter((part) => part !== '').join(': ');
    return `<tr><th scope="row"><svg class="region" aria-hidden="true"><use href="#f-${region.name}" class="r-${region.name}"/></svg>${title}</th><td>${text(words)}</td></tr>`;
  });
  return `<h3>Where marks go wrong</h3>
<table class="words"><tbody>${rows.join('\n')}</tbody></table>`;
}

function beingWrong({ slips }: Findings, best: Rated): string {
  if (slips.length === 0) return '';
  const rows = slips.map((slip) => {
    return `<tr><th scope="row">${text(slipTitle(slip, best.marks))}</th><td${hurts(slip) ? ' class="bad-text"' : ''}>${text(slipText(slip, best.figures))}</td></tr>`;
  });
  const moved = slips.some(({ kind }) => kind.startsWith('all'));
  return `<h3>What being wrong by 10 % costs</h3>
<table class="words"><tbody>
${rows.join('\n')}
</tbody></table>
${moved ? `<p class="quiet-text">${SLIP_NOTE}</p>` : ''}`;
}

/** The best of each policy side by side. */
function policies({ policies: all, without }: Findings): string {
  const rows = [...all, without];
  const cpu = cpuTimes(rows.map(({ figures }) => figures));
  const lines = rows.map((rated, i) => {
    const { marks, figures } = rated;
    const none = rated === without;
    const cells = [
      none ? '' : mark(marks.high),
      none ? '' : stopText(marks),
      waited(figures),
      longest(figures),
      known(figures.refaults, mean),
      cpu[i],
      mean(figures.stalls),
      duration(figures.elapsed),
      regionText(rated.region, marks.policy).title,
    ];
    return `<tr><th scope="row" class="name">${none ? 'no background reclaim' : escaped(policyName(marks.policy))}</th>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`;
  });
  const heads = ['start at', 'stop at', ...figureHeads({ without }), `done in${unsure({ without })}`, ''];
  return `<h3>The best of each policy</h3>
<div class="wide"><table><thead><tr><th class="name" scope="col">who reclaims</th>${heads.map((title) => `<th scope="col">${title}</th>`).join('')}</tr></thead>
<tbody>${lines.join('\n')}</tbody></table></div>`;
}

/** A command line that is longer goes on in the next. */
const COMMAND_WIDTH = 88;

function commands({ sweep, findings: { written } }: Tuned, best: Rated): string {
  const bad = noFormTexts(written);
  const none =
    bad.length === 0
      ? ''
      : `<h3>${capital(NOT_TO_BE_HAD)}</h3>
<ul>${bad.map((each) => `<li>${text(each)}</li>`).join('\n')}</ul>`;
  return `<h3>What to type</h3>
${commandList(toType(sweep, best, written))}
${none}`;
}

function commandList(applications: readonly Application[]): string {
  const all = applications.map(
    ({ title, lines, note }) => `<div class="command">
<h4><span>${escaped(title)}</span> <button type="button" class="copy">copy</button></h4>
<pre>${lines
      .flatMap((line) => continued(line, COMMAND_WIDTH))
      .map(escaped)
      .join('\n')}</pre>
${note === '' ? '' : `<p>${text(note)}</p>`}
</div>`,
  );
  return `<div class="commands">
${all.join('\n')}
</div>`;
}

function trials(findings: Findings, shown: readonly number[]): string {
  const { rated, front } = findings;
  const number =
    rated.length > shown.length
      ? `${count(shown.length)} of ${count(rated.length)} trials, evenly from the best to the worst; --json has all`
      : `all ${count(rated.length)} trials, the best first`;
  const stopped = stoppedText(findings);
  return `<h3>All that was tried</h3>
<p class="quiet-text">${text(number)}. Point at a row to see it in the pictures; columns sort.</p>
${stopped === null ? '' : `<p class="quiet-text">${text(stopped)}</p>\n`}<label class="filter"><input type="checkbox"> only the trade-off: the ${front.length} that no other beats in everything</label>
<div class="trials">
${trialTable(findings, shown)}
</div>`;
}
