import {
  count,
  decimal,
  duration,
  durations,
  finePercent,
  pageSize,
  percent,
  plural,
  times,
} from '../../kernel/numbers.ts';
import type { Pages } from '../../kernel/units.ts';
import { findPolicy, type MarkName } from '../../machine/kernels.ts';
import { DEFAULT_OPTIONS } from '../../machine/machine.ts';
import { known, REREADS_UNKNOWN, UNKNOWN } from '../../report/rereads.ts';
import type { Certainty, Spread } from '../analysis/certainty.ts';
import type { Figures } from '../analysis/figures.ts';
import type { Findings } from '../analysis/findings.ts';
import type { Objective } from '../analysis/objective.ts';
import type { Rated } from '../analysis/rated.ts';
import { isRecommended } from '../analysis/recommendation.ts';
import { type Region, reclaimsInTasks, regionText } from '../analysis/regions.ts';
import type { Robustness } from '../analysis/robust.ts';
import type { Slip } from '../analysis/sensitivity.ts';
import type { Marks, Sweep } from '../sweep.ts';

/** The sentences of a report on a sweep, for a terminal and for a page alike. */

export const mark = (value: Pages): string => pageSize(value);
/** Of the limit. */
export const share = (value: number, limit: number): string => percent(limit > 0 ? value / limit : 0);
/** A mean of counts: `3`, `<1` for what happened in one run of several. */
export const mean = (n: number): string => decimal(n, 0);
/** A figure of a run that was stopped would have grown. */
export const atLeast = ({ stopped }: Figures, text: string): string =>
  stopped === null || text === 'none' || text === UNKNOWN ? text : `≥ ${text}`;
export const waited = (figures: Figures): string =>
  figures.stalls > 0 ? atLeast(figures, duration(figures.stallTotal)) : 'none';
export const longest = (figures: Figures): string =>
  figures.stalls > 0 ? atLeast(figures, duration(figures.stallMax)) : 'none';
export const p99 = ({ stalls, stallP99, stopped }: Figures): string =>
  stopped !== null ? known(null) : stalls > 0 ? duration(stallP99) : 'none';
/**
 * Reclaimer CPU to be read against each other; a reclaimer that never ran (its thread's start is not work) took
 * none. The unit is that of the least, for among them is one that burns a thousand times as much.
 */
export function cpuTimes(all: readonly Figures[]): string[] {
  const texts = durations(
    all.map(({ cpu, passes }) => (passes === 0 ? 0 : cpu)),
    'shortest',
  );
  return all.map(({ passes }, i) => (passes === 0 ? 'none' : texts[i]));
}
/** Of one CPU. */
export const cpuShare = ({ cpuShare: part, passes }: Figures): string =>
  passes === 0 ? '' : finePercent(part);

export const policyName = (policy: string): string => findPolicy(policy)?.called ?? policy;

/** The one mark of a policy that has no other; null: it has two. */
export function oneMark(policy: string): MarkName | null {
  const card = findPolicy(policy);
  return card?.stop === null ? card.start : null;
}

/** Nothing where there is none. */
export const stopText = ({ policy, low }: Marks): string => (oneMark(policy) === null ? mark(low) : '');

/** `start at 625M, stop at 624M`; `memory.high at 625M`. */
export function marksText(marks: Marks): string {
  const { policy, high, low } = marks;
  const only = oneMark(policy);
  return only === null ? `start at ${mark(high)}, stop at ${mark(low)}` : `${only.name} at ${mark(high)}`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is under test: `limit 631M (80 % of its peak of 789M)`. */
export function setting(sweep: Sweep): string {
  const auto = sweep.autoLimit
    ? `${Math.round((100 * sweep.limit) / sweep.peak)} % of its peak of ${mark(sweep.peak)}${raised(sweep)}`
    : `its peak is ${mark(sweep.peak)}`;
  const recordings = sweep.scripts.length === 1 ? [] : [`${sweep.scripts.length} recordings of one program`];
  const kernel = sweep.kernel === DEFAULT_OPTIONS.kernel ? [] : [`on Linux ${sweep.kernel}`];
  const warmup = sweep.warmup > 0 ? [`the first ${duration(sweep.warmup)} not counted`] : [];
  return [
    `limit ${mark(sweep.limit)} (${auto})`,
    ...kernel,
    ...recordings,
    plural(sweep.trials.length, 'trial'),
    seeds(sweep),
    ...warmup,
  ].join(', ');
}

/** `auto` goes up when a script does not outlive 80 %, or not on other days. */
const raised = ({ limit, peak }: Sweep): string =>
  limit > 0.82 * peak ? ': less is not enough for it to live in' : '';

const seeds = (sweep: Sweep): string => plural(sweep.seeds.length, 'seed');

/** Stands beside every figure that depends on re-reads which nobody knows. */
export const unsure = ({ without }: Pick<Findings, 'without'>): string =>
  without.figures.refaults === null ? '*' : '';

/** Above the figures of marks in a table. */
export const figureHeads = (findings: Pick<Findings, 'without'>): string[] => {
  const star = unsure(findings);
  return [`waited${star}`, `longest${star}`, 'refaults', `CPU${star}`, `stalls${star}`];
};

/** What such figures are without. */
export const rereadsText = ({ without }: Findings): string | null =>
  without.figures.refaults === null ? `* ${capital(`${REREADS_UNKNOWN}.`)}` : null;

/** The answer in one sentence. */
export function answer(sweep: Sweep, findings: Findings, arrow = '→'): string {
  const { best, without, met, objective, robustness } = findings;
  if (best === null)
    return `No marks can be recommended: ${whyNothing(sweep)}.${sweep.trials.length === 0 ? '' : ` ${larger(sweep)}`}`;
  if (!findings.helps)
    return `No marks are of use under ${mark(sweep.limit)}: with the best that were tried, ${ruledText(best.marks)}, ${waits(best.figures)}; without, ${waits(without.figures)}. ${larger(sweep)}${otherPolicy(sweep)}`;
  if (!isRecommended(findings))
    return `No marks can be recommended under ${mark(sweep.limit)}: what holds best, ${ruledText(best.marks)}, ${heldText(robustness)}. ${larger(sweep)}`;
  const { figures, marks } = best;
  const before = waits(without.figures);
  const after = waits(figures);
  const change = before === after ? `${after} either way` : `${before} ${arrow} ${after}`;
  const again = refaultChange(figures, without.figures, arrow)
    .map((words) => `, ${words}`)
    .join('');
  const price = reclaimsInTasks(marks.policy) ? '' : `, for ${priceText(figures)}`;
  const short = met ? '' : ` Not what was asked for: ${shortfall(objective, figures)}.`;
  return `${capital(ruledText(marks))}: ${change}${unsure(findings)}${again}${price}.${short}${trouble(best)}`;
}

/** What to do where no marks are of use. */
function larger({ limit, peak }: Sweep): string {
  const from = Math.floor((100 * limit) / peak);
  return `A larger limit is what would help: 'memcg tune --limit ${from}%..100%' sets some side by side, in shares of the peak.`;
}

const otherPolicy = ({ trials }: Sweep): string =>
  trials.every(({ policy }) => reclaimsInTasks(policy))
    ? ' Tasks that reclaim themselves wait for it: try --policy reclaim-loop, too.'
    : '';

export const priceText = (figures: Figures): string =>
  figures.passes === 0
    ? 'no reclaimer CPU'
    : `${duration(figures.cpu)} of reclaimer CPU (${cpuShare(figures)} of one)`;

/** What waits there are, where it is not the limit alone that makes them. */
export function waitsText({ best }: Findings): string | null {
  switch (findPolicy(best?.marks.policy ?? '')?.runs) {
    case 'in tasks':
      return `Nobody reclaims in the background: who charges above memory.high reclaims as much on the way back to user mode, and from 10 ms on is held there, for up to 2 s. All of that is waiting; the limit itself was met ${some(best?.figures.limitFailures ?? 0, 'time')}.`;
    case 'by the clock':
      return 'The loop looks by the clock, and no charge wakes it: usage that grows from start to the limit between two looks waits at the limit.';
    default:
      return null;
  }
}

/** What the best marks are called: there is nothing to follow where they don't hold. */
export const bestName = (findings: Findings): string =>
  isRecommended(findings) ? 'recommended' : 'the nearest';

/** With who reclaims by them, where that is not the patch's memcontd, nor said by the mark. */
const ruledText = (marks: Marks): string =>
  marks.policy === DEFAULT_OPTIONS.policy || oneMark(marks.policy)?.name === marks.policy
    ? marksText(marks)
    : `${marksText(marks)} (${policyName(marks.policy)})`;

/** What the tasks waited: `61 ms waited in 2,763 stalls, 2 ms the longest`. */
export function waits({ stalls, stallTotal, stallMax, stopped }: Figures): string {
  if (stalls === 0) return 'nobody waits';
  const [more, then] = stopped === null ? ['', ''] : ['more than ', ' when it was stopped,'];
  return `${more}${duration(stallTotal)} waited${then} in ${some(stalls, 'stall')}, ${duration(stallMax)} the longest`;
}

/** How marks held on other days; null: that was not tried. */
export function heldText(robustness: Robustness | null): string {
  if (robustness === null) return 'was not tried on another day';
  const { held, of, failed, beside, isRelative } = robustness;
  const ends = failed === 0 ? '' : ` (in ${failed} the script fails or a task is killed)`;
  const edge = beside ? '' : `; marks a step beside do ${isRelative ? 'worse' : 'not hold'}`;
  return `${isRelative ? 'does no worse than no marks' : 'holds'} in ${held} of ${of} runs of a workload that is a little different${ends}${edge}`;
}

const DIFFERENT =
  'Each has up to 10 % more or less work, sizes of each task and file that differ by 3 %, and times by 5 %.';

/** A measured share, not a belief. */
export function robustnessText({ robustness }: Findings): string | null {
  if (robustness === null) return null;
  const { beside: isWide, isRelative } = robustness;
  const too = isRelative ? 'do no worse, either' : 'hold, too';
  const beside = isWide ? ` Marks a step higher and lower ${too}.` : '';
  return `It ${heldText(robustness)}.${beside} ${DIFFERENT}`;
}

/** What would have cost less, and why it is not recommended. */
export function cheapestText({ best, cheapest }: Findings): string | null {
  if (best === null || cheapest === null) return null;
  const { rated, robustness } = cheapest;
  const inTasks = reclaimsInTasks(rated.marks.policy) && reclaimsInTasks(best.marks.policy);
  const cpu = inTasks
    ? `has ${known(rated.figures.refaults, mean)} refaults instead of ${known(best.figures.refaults, mean)}`
    : `takes ${duration(rated.figures.cpu)} of CPU instead of ${duration(best.figures.cpu)}`;
  return `The cheapest, ${ruledText(rated.marks)}, ${cpu}; it ${heldText(robustness)}.`;
}

const some = (n: number, noun: string): string =>
  n === 0 ? `no ${noun}s` : `${mean(n)} ${noun}${Math.round(n) === 1 ? '' : 's'}`;

function trouble({ region, marks }: Rated): string {
  if (region !== 'spins' && region !== 'oscillates') return '';
  const { title, why } = regionText(region, marks.policy);
  return ` Mind that it ${title}: ${why}.`;
}

function shortfall(objective: Objective, figures: Figures): string {
  switch (objective.kind) {
    case 'no-stalls':
      return `at this limit no marks that were tried avoid all stalls`;
    case 'p99':
      return `the 99th percentile of stalls is ${duration(figures.stallP99)}, not ${duration(objective.most)}`;
    case 'cpu':
      return `the reclaimer takes ${cpuShare(figures)} of a CPU, not ${percent(objective.most)}`;
    case 'refaults':
      return `${known(figures.refaults, mean)} pages are still read again`;
    case 'elapsed':
      return 'no run came to its end';
  }
}

function whyNothing(sweep: Sweep): string {
  if (sweep.trials.length === 0) return 'nothing has been tried yet';
  const kills = sweep.trials.some(
    (trial) => trial.limit === sweep.limit && trial.measurements.some(({ oomKills }) => oomKills > 0),
  );
  const limit = mark(sweep.limit);
  return kills
    ? `under ${limit} a task is killed for want of memory, whatever the marks`
    : `under ${limit} no run reaches the end of the script`;
}

export function objectiveText(objective: Objective): string {
  switch (objective.kind) {
    case 'no-stalls':
      return 'no stalls, at the least reclaimer CPU';
    case 'p99':
      return `stalls' p99 at most ${duration(objective.most)}, at the least reclaimer CPU`;
    case 'cpu':
      return `the fewest stalls with the reclaimer on at most ${percent(objective.most)} of a CPU`;
    case 'refaults':
      return 'the fewest refaults';
    case 'elapsed':
      return 'done the soonest';
  }
}

/** Which mistake it is: `start 10 % higher`. A mark goes no further than the next one. */
export function slipTitle({ kind, marks }: Slip, best: Marks): string {
  const only = oneMark(best.policy);
  const start = only?.name ?? 'start';
  switch (kind) {
    case 'high-up':
      return marks.high === marks.limit ? `${start} at the limit` : `${start} 10 % higher`;
    case 'high-down':
      return marks.low === best.low || only !== null ? `${start} 10 % lower` : 'start and stop 10 % lower';
    case 'low-up':
      return marks.low === marks.high ? 'no gap: stop at start' : 'stop 10 % higher';
    case 'low-down':
      return 'stop 10 % lower';
    case 'all-up':
      return 'workload 10 % smaller';
    case 'all-down':
      return 'workload 10 % larger';
  }
}

export const SLIP_NOTE =
  'A larger workload was tried as a limit and marks that are 10 % lower, a smaller one as 10 % higher.';

/** Whether a mistake hurts. */
export const hurts = ({ figures, region }: Slip): boolean =>
  figures.stalls > 0 || region === 'failed' || region === 'spins';

/** What became of it, against the recommendation. */
export function slipText({ figures, region, marks: { policy } }: Slip, best: Figures): string {
  if (region === 'failed') return `${regionText(region, policy).title}: ${failure(figures)}`;
  const trouble = region === 'spins' || region === 'oscillates' ? [regionText(region, policy).title] : [];
  const cpu = reclaimsInTasks(policy) ? [] : [cpuChange(figures, best)];
  return [waits(figures), ...refaultChange(figures, best, '→'), ...cpu, ...trouble].join(', ');
}

export const failure = ({ oomKills, error }: Figures): string =>
  oomKills > 0 ? 'a task is killed for want of memory' : `${error}`;

function cpuChange({ cpu, passes }: Figures, best: Figures): string {
  if (passes === 0) return 'the reclaimer never runs';
  const ratio = best.cpu === 0 ? Infinity : cpu / best.cpu;
  if (ratio === Infinity) return `CPU ${duration(cpu)}`;
  if (Math.abs(ratio - 1) < 0.005) return 'CPU the same';
  return ratio >= 2 ? `CPU ${times(ratio)}` : `CPU ${ratio > 1 ? '+' : ''}${percent(ratio - 1)}`;
}

function refaultChange({ refaults }: Figures, best: Figures, arrow: string): string[] {
  if (refaults === null || best.refaults === null) return [];
  if (Math.round(refaults) === Math.round(best.refaults)) return [];
  return [`refaults ${mean(best.refaults)} ${arrow} ${mean(refaults)}`];
}

/** Whether luck is in it. */
export function certainty({ certainty: found, best }: Findings): string {
  const { seeds: n, identical, oneWillDo } = found;
  if (oneWillDo)
    return 'Two seeds came to the same without marks and under many: nothing in this run is random, and other seeds would tell no more.';
  if (n === 1) return 'One seed was run: whether chance plays a part is not known (--seeds 3 tells).';
  if (identical)
    return `All ${count(n)} seeds came to the same figures everywhere: nothing in this run is random, and more seeds would tell no more.`;
  return best === null ? `${count(n)} seeds were run.` : `${spreadText(found)} ${regretText(found)}`;
}

const range = ({ least, most }: Spread, text: (n: number) => string): string =>
  text(least) === text(most) ? text(most) : `${text(least)} to ${text(most)}`;

function spreadText({ seeds: n, stalls, stallP99, cpu, refaults }: Certainty): string {
  const tail = stalls.most > 0 ? ` (p99 ${range(stallP99, duration)})` : '';
  const again = refaults !== null && refaults.most > 0 ? `, refaults ${range(refaults, count)}` : '';
  return `Over ${count(n)} seeds: stalls ${range(stalls, count)}${tail}, reclaimer CPU ${range(cpu, duration)}${again}.`;
}

function regretText({ regret }: Certainty): string {
  if (regret.stalls > 0)
    return `For one of them alone, other marks would have had ${plural(regret.stalls, 'stall')} fewer.`;
  if (regret.cpu < 0.0005) return 'For none of them alone other marks would have been better.';
  return `For none of them alone other marks would have saved more than ${percent(regret.cpu)} of that CPU.`;
}

/** Where stalls begin. */
export function limitText(sweep: Sweep, { smallestLimit: found }: Findings): string {
  if (found === null) return 'At every limit that was tried something stalls or fails.';
  const { limit } = found.rated.marks;
  if (limit > sweep.peak)
    return `At every limit below the peak of ${mark(sweep.peak)} that was tried something stalls or fails.`;
  const first = `The smallest limit that was tried without stalls is ${mark(limit)} (${share(limit, sweep.peak)} of the peak), with the workload as it is`;
  if (found.below === null) {
    return found.tried === 1 ? `${first}: no other was tried.` : `${first}: none smaller was tried.`;
  }
  const { marks, figures, region } = found.below;
  const worse = region === 'failed' ? 'the script fails' : `${some(figures.stalls, 'stall')} at best`;
  return `${first}; at ${mark(marks.limit)}: ${worse}.`;
}

/** What is not known of trials, and why; null: they all ran to their end. */
export function stoppedText({ rated }: Findings): string | null {
  const all = rated.flatMap(({ figures }) => figures.stopped ?? []);
  if (all.length === 0) return null;
  const were = all.length === 1 ? 'trial was' : 'trials were';
  return `${count(all.length)} ${were} stopped when tasks had waited ${duration(Math.max(...all))}, far more than with no marks: figures are those up to there, and would have grown.`;
}

/** How far a region was seen to reach. */
export function reach({ name, edge, policy }: Region, limit: Pages): string {
  if (edge === null) return '';
  const only = oneMark(policy);
  if (only !== null) return `seen with ${only.name} at ${mark(edge)} and below`;
  switch (name) {
    case 'spins':
      return `seen with stop at ${mark(edge)} and below`;
    case 'passed-by':
      return edge === limit ? 'seen with start at the limit' : `seen with start at ${mark(edge)} and above`;
    default:
      return edge === 0 ? 'seen with no gap at all' : `seen with gaps of ${mark(edge)} and less`;
  }
}

export const partialText = (partial: string): string =>
  `Partial: ${partial}. More trials may change every line.`;
