import { count, duration } from '../../../kernel/numbers.ts';
import { known } from '../../../report/rereads.ts';
import { escaped, unbroken } from '../../../report/svg/text.ts';
import { applications } from '../../analysis/apply.ts';
import type { Findings, Tuned } from '../../analysis/findings.ts';
import type { Rated } from '../../analysis/rated.ts';
import { isRecommended } from '../../analysis/recommendation.ts';
import { REGION_TEXTS } from '../../analysis/regions.ts';
import type { Sweep } from '../../sweep.ts';
import { continued } from '../continued.ts';
import { plotsOf, regionKey } from '../picture/svg.ts';
import {
  answer,
  certainty,
  cheapestText,
  cpuShare,
  cpuTimes,
  hurts,
  limitText,
  mark,
  mean,
  objectiveText,
  p99,
  partialText,
  policyName,
  reach,
  rereadsText,
  robustnessText,
  SLIP_NOTE,
  setting,
  slipText,
  slipTitle,
} from '../words.ts';
import { trialTable } from './trial-table.ts';

/** One script: the answer, the picture, what being wrong costs, what to type, and all that was tried. */
export function section(tuned: Tuned, id: string, shown: readonly number[]): string {
  const { sweep, findings } = tuned;
  const { best, partial } = findings;
  const unknown = rereadsText(findings);
  const cheapest = cheapestText(findings);
  const robust = robustnessText(findings);
  return `<section id="${id}">
<h2>${escaped(sweep.script)}</h2>
<p class="answer">${text(answer(sweep, findings))}</p>
<p class="quiet-text">${text(`${setting(sweep)}. Wanted: ${objectiveText(findings.objective)}.`)}</p>
${partial === null ? '' : `<p class="partial">${text(partialText(partial))}</p>`}
${unknown === null ? '' : `<p class="quiet-text">${text(unknown)}</p>\n`}${best === null ? '' : numbers(tuned, best)}
${cheapest === null ? '' : `<p class="cheapest">${text(cheapest)}</p>`}
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
  const tile = (title: string, large: string, small: string): string =>
    `<div><dt>${title}</dt><dd class="large">${text(large)}</dd><dd class="quiet-text">${text(small)}</dd></div>`;
  const before = without.figures;
  const waits = [
    before.stalls > 0 ? `p99 was ${p99(before)}` : 'none without it either',
    ...(figures.stalls > 0 ? [`is ${p99(figures)}`] : []),
  ].join(', ');
  const cpu = figures.passes === 0 ? 'none' : duration(figures.cpu);
  const part =
    figures.passes === 0 ? 'the reclaimer never runs' : `${cpuShare(figures)} of one CPU over the run`;
  return `<dl class="numbers">
${tile('waits for memory (stalls)', `${mean(before.stalls)} → ${mean(figures.stalls)}`, waits)}
${tile('what that costs', cpu, part)}
${tile('start / stop', `${mark(marks.high)} / ${mark(marks.low)}`, `under a limit of ${mark(sweep.limit)}`)}
</dl>`;
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
    const { title, why } = REGION_TEXTS[region.name];
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
      none ? '' : mark(marks.low),
      mean(figures.stalls),
      p99(figures),
      cpu[i],
      known(figures.refaults, mean),
      duration(figures.elapsed),
      REGION_TEXTS[rated.region].title,
    ];
    return `<tr><th scope="row" class="name">${none ? 'no background reclaim' : escaped(policyName(marks.policy))}</th>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`;
  });
  const heads = ['start at', 'stop at', 'stalls', 'p99', 'CPU', 'refaults', 'done in', ''];
  return `<h3>The best of each policy</h3>
<div class="wide"><table><thead><tr><th class="name" scope="col">who reclaims</th>${heads.map((title) => `<th scope="col">${title}</th>`).join('')}</tr></thead>
<tbody>${lines.join('\n')}</tbody></table></div>`;
}

/** A command line that is longer goes on in the next. */
const COMMAND_WIDTH = 88;

const commands = ({ sweep }: Tuned, best: Rated): string => `<h3>What to type</h3>
${commandList(sweep, best)}`;

function commandList(sweep: Sweep, rated: Rated): string {
  const all = applications(sweep, rated.marks).map(
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
  return `<h3>All that was tried</h3>
<p class="quiet-text">${text(number)}. Point at a row to see it in the pictures; columns sort.</p>
<label class="filter"><input type="checkbox"> only the trade-off: the ${front.length} that no other beats in everything</label>
<div class="trials">
${trialTable(findings, shown)}
</div>`;
}
