import { count, duration, percent, size } from '../../kernel/numbers.ts';
import { bytesOf, isSet, type Nanoseconds, pages, SECOND } from '../../kernel/units.ts';
import { cardOf } from '../../machine/kernels.ts';
import { type CgroupLook, DEFAULT_OPTIONS } from '../../machine/machine.ts';
import type { Rates } from '../../script/history/counts.ts';
import { shortName } from '../../script/paths.ts';
import { quote } from '../../script/words.ts';
import {
  fileOf,
  type Marks,
  marksAbove,
  marksAtTheTop,
  marksBelow,
  roomNeeded,
  roundDown,
  roundUp,
  typed,
} from './advice.ts';
import type { Remembered } from './observed.ts';
import type { Health } from './stage.ts';

/** One word for how a cgroup fares, why, and what to try. */

export interface Patient {
  readonly look: CgroupLook;
  readonly rates: Rates;
  readonly remembered: Remembered;
  readonly now: Nanoseconds;
  /** The machine lets its reclaimer run, if its policy has one. */
  readonly hasReclaimer: boolean;
}

/** An OOM kill is the matter for so long, ns. */
const KILL_RECENT = 10 * SECOND;
/** Of the pages charged, so many came back: the cache is too small for what is used again and again. */
const THRASHING_SHARE = 0.25;
const THRASHING_RATE = 100;
/** Of low, or of the limit: what a group that reclaim takes pages from holds. */
const FULL = 0.9;
/** Marks nearer than this to the limit can hardly be brought nearer. */
const NARROW = 1 / 12;
/** Nothing of the kind for so long: it may be over, ns. */
const QUIET = SECOND / 2;
/** Fewer are counted, not told as a rate. */
const FEW = 10;
/** Of a CPU: a thread that merely looks whether there is work takes less. */
const AT_WORK = 0.001;

export function healthOf(patient: Patient): Health {
  const present = outOfMemory(patient) ?? spinning(patient) ?? thrashing(patient) ?? stalling(patient);
  return present ?? wellBehaved(patient);
}

const sizeOf = (mark: number): string => size(bytesOf(pages(mark)));
const perSecond = (rate: number): string => count(rate < 1 ? Math.ceil(rate) : Math.round(rate));
const plural = (n: number, noun: string): string =>
  `${perSecond(n)} ${noun}${Math.round(n) === 1 ? '' : 's'}`;

/** Without a reclaimer the limit is all that can be written, and what tasks hold themselves to. */
const advised = ({ look, hasReclaimer }: Patient, { limit, ...marks }: Marks): string =>
  typed(look, {
    ...(hasReclaimer && (cardOf(look).runs !== 'never' || isHeld(look)) ? marks : {}),
    ...(limit === undefined ? {} : { limit }),
  });

/** Its tasks are held where reclaim starts, by its policy or by the kernel itself. */
const isHeld = (look: CgroupLook): boolean => {
  const { runs } = cardOf(look);
  const { high, limit } = look.usage;
  return (runs === 'in tasks' || runs === 'never') && isSet(high) && high < limit;
};

const who = (look: CgroupLook): string => cardOf(look).reclaimer;
/** What the patch calls high and low; the names of others differ. */
const markWord = (look: CgroupLook, mark: 'high' | 'low'): string => {
  if (look.policy === DEFAULT_OPTIONS.policy) return mark;
  if (cardOf(look).start === null) return `memory.${mark}`;
  return mark === 'high' ? 'the start' : 'the stop';
};

function outOfMemory(patient: Patient): Health | null {
  const { look, remembered, now } = patient;
  if (remembered.kill < 0 || now - remembered.kill > KILL_RECENT) return null;
  const { usage } = look;
  const since = now - remembered.kill;
  const ago = since < 1e6 ? 'just now' : `${duration(since)} ago`;
  const kills = look.stat.oom_kills;
  const more = kills > 1 ? `, ${count(kills)} kills in all` : '';
  const limit = isSet(usage.limit) ? ` of ${sizeOf(usage.limit)}` : '';
  return {
    word: 'out of memory',
    reason: `${remembered.victim} was killed ${ago}${more}: the limit${limit} was met and nothing could be reclaimed`,
    advice: isSet(usage.limit) ? advised(patient, { limit: roundUp(usage.limit * 1.5) }) : '',
    earlier: earlier(patient, ['stalls', 'warning']),
  };
}

function spinning(patient: Patient): Health | null {
  const { look, rates, remembered } = patient;
  const { stat, usage } = look;
  if (stat.bg_state !== 'spinning') return null;
  const floor = Math.max(remembered.floor, usage.usage);
  const waits = rates.stalls > 0 ? `, while tasks stall ${perSecond(rates.stalls)} times a second` : '';
  return {
    word: 'spinning',
    reason:
      `memcontd takes ${percent(rates.reclaimerCpu)} of a CPU and frees nothing${waits}: ` +
      `it is to reach low, ${sizeOf(usage.low)}, but ${sizeOf(floor)} can't be reclaimed`,
    advice: advised(patient, marksAbove(floor, usage)),
    earlier: earlier(patient, rates.stalls > 0 ? ['kills'] : ['kills', 'stalls']),
  };
}

function thrashing(patient: Patient): Health | null {
  const { look, rates } = patient;
  const { limit, high, low, usage } = look.usage;
  const refaults = rates.refaults ?? 0;
  const share = rates.charged > 0 ? refaults / rates.charged : 0;
  const seen = (refaults * rates.window) / SECOND;
  if (share < THRASHING_SHARE || refaults < THRASHING_RATE || seen < THRASHING_RATE) return null;
  // Else it was not reclaim to make room that took the pages: force_empty, or a group that is gone.
  const bound = isHeld(look) ? high : limit;
  if (!isSet(bound) || usage < FULL * Math.min(low, bound)) return null;
  const waits = rates.stalls > 0 ? ` and ${perSecond(rates.stalls)} stalls/s` : '';
  const narrow = !isSet(high) || limit - high <= limit * NARROW;
  const more = roundUp(limit * 1.5);
  const advice = !isSet(limit)
    ? { high: roundUp(high * 1.125) }
    : narrow
      ? { ...marksAtTheTop(more, rates.charged), limit: more }
      : marksAtTheTop(limit, rates.charged);
  return {
    word: 'thrashing',
    reason:
      `${perSecond(refaults)} refaults/s${waits}: ${percent(Math.min(share, 1))} of the pages it reads had ` +
      `just been reclaimed, what it uses does not fit ${narrow ? `in ${sizeOf(limit)}` : `below ${markWord(look, 'high')}, ${sizeOf(high)}`}`,
    advice: advised(patient, advice),
    earlier: earlier(patient, rates.stalls > 0 ? ['kills', 'warning'] : ['kills', 'stalls', 'warning']),
  };
}

function stalling(patient: Patient): Health | null {
  const { look, rates } = patient;
  const { usage } = look;
  const over = isSet(usage.limit) && usage.usage > usage.limit;
  if (rates.stalls === 0 && rates.failures === 0 && !over) return null;
  const cause = over && rates.failures === 0 ? overLimit(look) : (itIsOver(patient) ?? whyItStalls(patient));
  return {
    word: 'stalling',
    reason: `${stallFigures(patient)}${cause.reason}`,
    advice: typeof cause.advice === 'string' ? cause.advice : advised(patient, cause.advice),
    earlier: earlier(patient, ['kills', 'warning']),
  };
}

function stallFigures({ look, rates }: Patient): string {
  const [rate, noun] = rates.stalls > 0 ? [rates.stalls, 'stall'] : [rates.failures, 'limit failure'];
  if (rate === 0) return '';
  const p99 = rates.stalls > 0 ? `, p99 ${duration(look.stat.stall_p99_ns)}` : '';
  const seen = Math.round((rate * rates.window) / SECOND);
  const often = seen < FEW ? `${plural(seen, noun)} in the last second` : `${perSecond(rate)} ${noun}s/s`;
  return `${often}${p99}: `;
}

interface Cause {
  readonly reason: string;
  readonly advice: Marks | string;
}

const overLimit = ({ usage }: CgroupLook): Cause => ({
  reason: `usage ${sizeOf(usage.usage)} is above the limit ${sizeOf(usage.limit)}: the next page costs a reclaim of the rest`,
  advice: { limit: roundUp(usage.usage * 1.125) },
});

/** Of what was done since, the rates of the last second do not tell yet. */
function itIsOver({ remembered, now }: Patient): Cause | null {
  const since = now - Math.max(remembered.stall, remembered.failure);
  return since < QUIET ? null : { reason: `none for ${duration(since)}`, advice: '' };
}

/** The first of these that holds. */
function whyItStalls({ look, rates, hasReclaimer: runs }: Patient): Cause {
  const { usage, stat, cache, path, policy } = look;
  const card = cardOf(look);
  const hasReclaimer = runs && card.runs !== 'never';
  const { limit, high, low } = usage;
  const fresh = marksBelow(limit, rates.charged);
  if (isSet(limit) && cache + stat.swap_out < limit / 16) {
    const more = roundUp(limit * 1.5);
    return {
      reason: `nearly all of ${sizeOf(limit)} is tasks' own memory, which can't be reclaimed`,
      advice: { ...marksBelow(more, rates.charged), limit: more },
    };
  }
  if (runs && isHeld(look))
    return {
      reason: `who charges above memory.high, ${sizeOf(high)}, frees pages and is held back`,
      advice: { high: isSet(limit) ? roundDown((high + limit) / 2) : roundUp(high * 1.125) },
    };
  if (!isSet(limit)) return { reason: 'the limit of a group above it is met', advice: '' };
  if (!hasReclaimer)
    return {
      reason: 'this machine has no background reclaim, so tasks free pages themselves',
      advice: { limit: roundUp(limit * 1.5) },
    };
  if (stat.bg_state === 'none')
    return {
      reason: 'there is no background reclaim, so tasks free pages themselves',
      advice:
        policy === DEFAULT_OPTIONS.policy && isSet(high) && high < limit
          ? quote(['write', fileOf(path, 'reclaimd'), 'start'])
          : fresh,
    };
  if (!isSet(high) || high >= limit)
    return {
      reason: `${markWord(look, 'high')} is at the limit, so ${who(look)} is not woken before it is met`,
      advice: fresh,
    };
  if (card.sooner !== undefined)
    return {
      reason: `${card.reclaimer} looks too seldom: between two looks the usage rose from ${sizeOf(low)} to the limit`,
      advice: quote(['write', fileOf(path, shortName(card.sooner.file)), card.sooner.value]),
    };
  if (limit - high < roomNeeded(limit, rates.charged))
    return {
      reason: `${markWord(look, 'high')} ${sizeOf(high)} leaves too little room below the limit ${sizeOf(limit)} for a burst`,
      advice: { high: fresh.high, low: Math.min(low, fresh.low) },
    };
  if (limit - high < limit / 4)
    return {
      reason: `${who(look)}, woken at ${sizeOf(high)}, can't keep up: it begins too late, or pages are dirty`,
      advice: { high: roundDown(limit * 0.75), low: Math.min(low, roundDown(limit / 2)) },
    };
  return {
    reason: `${who(look)}, woken at ${sizeOf(high)}, can't keep up`,
    advice: { limit: roundUp(limit * 1.5) },
  };
}

function wellBehaved(patient: Patient): Health {
  const { look, rates } = patient;
  const { stat } = look;
  const works = stat.bg_state === 'reclaiming' && rates.reclaimerCpu >= AT_WORK;
  if (rates.background > 0 || works) {
    const frees = rates.background > 0 ? `frees ${plural(rates.background, 'page')}/s` : 'is at work';
    return {
      word: 'background only',
      reason: `${who(look)} ${frees} with ${percent(rates.reclaimerCpu)} of a CPU, and nobody waits for it`,
      advice: '',
      earlier: earlier(patient, ['kills', 'stalls', 'warning']),
    };
  }
  return {
    word: 'calm',
    reason: calmReason(look),
    advice: '',
    earlier: earlier(patient, ['kills', 'stalls', 'warning']),
  };
}

function calmReason(look: CgroupLook): string {
  const { usage: marks, stat } = look;
  const { usage, low, high, limit } = marks;
  const is = `usage ${sizeOf(usage)}`;
  if (!isSet(limit)) return `${is}, and no limit`;
  if (stat.bg_state === 'none' || !isSet(high) || high >= limit)
    return usage < limit ? `${is} of ${sizeOf(limit)}` : `${is}: at the limit, and nobody asks for more`;
  if (usage <= low) return `${is}, below ${markWord(look, 'low')} ${sizeOf(low)}`;
  const start = `${markWord(look, 'high')} ${sizeOf(high)}`;
  if (usage <= high) return `${is}, below ${start}: ${who(look)} sleeps`;
  if (cardOf(look).runs === 'by the clock') return `${is}, above ${start}: ${who(look)} will see it`;
  return `${is}, above ${start}: the next page wakes ${who(look)}`;
}

type Matter = 'kills' | 'stalls' | 'warning';

/** What was worse and is over. */
function earlier({ look, remembered }: Patient, matters: readonly Matter[]): string {
  const { stat } = look;
  const parts: string[] = [];
  if (matters.includes('kills') && stat.oom_kills > 0) {
    const who = remembered.kill < 0 ? '' : ` (${remembered.victim}) until ${duration(remembered.kill)}`;
    parts.push(`${plural(stat.oom_kills, 'OOM kill')}${who}`);
  }
  if (matters.includes('stalls') && stat.stall_count > 0) {
    const until = remembered.stall < 0 ? '' : ` until ${duration(remembered.stall)}`;
    parts.push(`${plural(stat.stall_count, 'stall')}${until}, p99 ${duration(stat.stall_p99_ns)}`);
  }
  if (matters.includes('warning') && remembered.warning >= 0)
    parts.push(`memcontd spun at ${duration(remembered.warning)}`);
  return parts.join('; ');
}
