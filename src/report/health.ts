import { count, duration, percent, size } from '../kernel/numbers.ts';
import { bytesOf, isSet, type Nanoseconds, pages, SECOND } from '../kernel/units.ts';
import { cardOf } from '../machine/kernels.ts';
import { type CgroupLook, DEFAULT_OPTIONS } from '../machine/machine.ts';
import type { Rates } from '../script/history/counts.ts';
import { shortName } from '../script/paths.ts';
import { quote } from '../script/words.ts';
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

/** One word for how a cgroup fares, why, and what to try: now on the dashboard, over a whole run in reports. */

export type HealthWord = 'calm' | 'background only' | 'stalling' | 'thrashing' | 'spinning' | 'out of memory';

export interface Health {
  readonly word: HealthWord;
  /** Why it is called so, with figures: `12 stalls/s, p99 214 us: usage meets the limit`. */
  readonly reason: string;
  /** What to try; empty for the good ones. Commands as they are typed. */
  readonly advice: string;
  /** What was worse before, when it is over: `3,402 stalls until 2.1 s`; empty: nothing. */
  readonly earlier: string;
}

/** Something ought to be changed. */
export const isBad = (word: HealthWord): boolean => word !== 'calm' && word !== 'background only';

/** The word as it is written large, with a sign for those who see no colours. */
export const badgeOf = (word: HealthWord): string => `${isBad(word) ? '! ' : ''}${word.toUpperCase()}`;

/** What is remembered of a cgroup that the machine itself forgets. */
export interface Remembered {
  /** When it last happened, ns; -1: never. */
  readonly failure: number;
  readonly stall: number;
  readonly kill: number;
  /** Whom the OOM killer took last. */
  readonly victim: string;
  /** The last warning that low can't be reached, and the usage that it named; -1: none. */
  readonly warning: number;
  readonly floor: number;
}

export interface Patient {
  readonly look: Pick<CgroupLook, 'path' | 'usage' | 'stat' | 'cache' | 'policy' | 'kernel'>;
  readonly rates: Rates;
  readonly remembered: Remembered;
  readonly now: Nanoseconds;
  /** The machine lets its reclaimer run, if its policy has one. */
  readonly hasReclaimer: boolean;
  /** The rates are those of a run that is over: what happened in it is told by number, however long ago. */
  readonly isOver?: boolean;
}
type Look = Patient['look'];

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
/** How many there were in the time that the rates are of. */
const seen = ({ rates: { window } }: Patient, rate: number): number => Math.round((rate * window) / SECOND);
/** `12 stalls/s`; of a run that is over, `3,584 stalls`. */
const often = (patient: Patient, rate: number, noun: string): string =>
  patient.isOver ? plural(seen(patient, rate), noun) : `${perSecond(rate)} ${noun}s/s`;
/** `12M/s`; of a run that is over, `448M`. */
const freed = (patient: Patient): string => {
  const { background } = patient.rates;
  return patient.isOver ? sizeOf(seen(patient, background)) : `${sizeOf(Math.round(background))}/s`;
};
/** What counts of a run that is over is how much it used at most. */
const usageOf = ({ look: { usage }, isOver }: Patient): number => (isOver ? usage.max : usage.usage);

/** Without a reclaimer the limit is all that can be written, and what tasks hold themselves to. */
const advised = ({ look, hasReclaimer }: Patient, { limit, ...marks }: Marks): string =>
  typed(look, {
    ...(hasReclaimer && (cardOf(look).runs !== 'never' || isHeld(look)) ? marks : {}),
    ...(limit === undefined ? {} : { limit }),
  });

/** Its tasks are held where reclaim starts, by its policy or by the kernel itself. */
const isHeld = (look: Look): boolean => {
  const { runs } = cardOf(look);
  const { high, limit } = look.usage;
  return (runs === 'in tasks' || runs === 'never') && isSet(high) && high < limit;
};

const who = (look: Look): string => cardOf(look).reclaimer;
/** What happens at a mark; where nobody starts there, its file. */
const markWord = (look: Look, mark: 'high' | 'low'): string =>
  cardOf(look).start === null ? `memory.${mark}` : mark === 'high' ? 'start' : 'stop';

function outOfMemory(patient: Patient): Health | null {
  const { look, remembered, now } = patient;
  if (remembered.kill < 0 || now - remembered.kill > KILL_RECENT) return null;
  const { usage } = look;
  const since = now - remembered.kill;
  const ago = patient.isOver ? '' : since < 1e6 ? ' just now' : ` ${duration(since)} ago`;
  const kills = look.stat.oom_kills;
  const more = kills > 1 ? `, ${count(kills)} kills in all` : '';
  const limit = isSet(usage.limit) ? ` of ${sizeOf(usage.limit)}` : '';
  return {
    word: 'out of memory',
    reason: `${remembered.victim} was killed${ago}${more}: the limit${limit} was met and nothing could be reclaimed`,
    advice: isSet(usage.limit) ? advised(patient, { limit: roundUp(usage.limit * 1.5) }) : '',
    earlier: earlier(patient, ['stalls', 'warning']),
  };
}

function spinning(patient: Patient): Health | null {
  const { look, rates, remembered } = patient;
  const { stat, usage } = look;
  if (stat.bg_state !== 'spinning') return null;
  const floor = Math.max(remembered.floor, usage.usage);
  const times = patient.isOver
    ? `${count(seen(patient, rates.stalls))} times`
    : `${perSecond(rates.stalls)} times a second`;
  const waits = rates.stalls > 0 ? `, while tasks stall ${times}` : '';
  return {
    word: 'spinning',
    reason:
      `memcontd takes ${percent(rates.reclaimerCpu)} of a CPU and frees nothing${waits}: ` +
      `it is to reach stop, ${sizeOf(usage.low)}, but ${sizeOf(floor)} can't be reclaimed`,
    advice: advised(patient, marksAbove(floor, usage)),
    earlier: earlier(patient, rates.stalls > 0 ? ['kills'] : ['kills', 'stalls']),
  };
}

function thrashing(patient: Patient): Health | null {
  const { look, rates } = patient;
  const { limit, high, low } = look.usage;
  const refaults = rates.refaults ?? 0;
  const share = rates.charged > 0 ? refaults / rates.charged : 0;
  if (share < THRASHING_SHARE || refaults < THRASHING_RATE || seen(patient, refaults) < THRASHING_RATE)
    return null;
  // Else it was not reclaim to make room that took the pages: force_empty, or a group that is gone.
  const bound = isHeld(look) ? high : limit;
  if (!isSet(bound) || usageOf(patient) < FULL * Math.min(low, bound)) return null;
  const waits = rates.stalls > 0 ? ` and ${often(patient, rates.stalls, 'stall')}` : '';
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
      `${often(patient, refaults, 'refault')}${waits}: ${percent(Math.min(share, 1))} of the pages it reads had ` +
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

function stallFigures(patient: Patient): string {
  const { look, rates, isOver } = patient;
  const [rate, noun] = rates.stalls > 0 ? [rates.stalls, 'stall'] : [rates.failures, 'limit failure'];
  if (rate === 0) return '';
  const p99 = rates.stalls > 0 ? `, p99 ${duration(look.stat.stall_p99_ns)}` : '';
  const few = seen(patient, rate);
  const told = few < FEW && !isOver ? `${plural(few, noun)} in the last second` : often(patient, rate, noun);
  return `${told}${p99}: `;
}

interface Cause {
  readonly reason: string;
  readonly advice: Marks | string;
}

const overLimit = ({ usage }: Look): Cause => ({
  reason: `usage ${sizeOf(usage.usage)} is above the limit ${sizeOf(usage.limit)}: the next page costs a reclaim of the rest`,
  advice: { limit: roundUp(usage.usage * 1.125) },
});

/** Of what was done since, the rates of the last second do not tell yet. */
function itIsOver({ remembered, now, isOver }: Patient): Cause | null {
  if (isOver) return null;
  const since = now - Math.max(remembered.stall, remembered.failure);
  return since < QUIET ? null : { reason: `none for ${duration(since)}`, advice: '' };
}

/** The first of these that holds. */
function whyItStalls({ look, rates, hasReclaimer: runs, isOver }: Patient): Cause {
  const { usage, stat, cache, path, policy } = look;
  const card = cardOf(look);
  const hasReclaimer = runs && card.runs !== 'never';
  const { limit, high, low } = usage;
  const fresh = marksBelow(limit, rates.charged);
  // Of a run that is over all may have been given back at its end.
  const isFull = !isOver || usage.usage >= FULL * limit;
  if (isSet(limit) && isFull && cache + stat.swap_out < limit / 16) {
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
    const frees = rates.background > 0 ? `frees ${freed(patient)}` : 'is at work';
    return {
      word: 'background only',
      // What CPU it takes stands beside it, in whatever picture.
      reason: `${who(look)} ${frees}, and nobody waits for it`,
      advice: '',
      earlier: earlier(patient, ['kills', 'stalls', 'warning']),
    };
  }
  return {
    word: 'calm',
    reason: calmReason(patient),
    advice: '',
    earlier: earlier(patient, ['kills', 'stalls', 'warning']),
  };
}

function calmReason(patient: Patient): string {
  const { look, isOver } = patient;
  const { usage: marks, stat } = look;
  const { low, high, limit } = marks;
  const usage = usageOf(patient);
  const is = `usage ${isOver ? 'at most ' : ''}${sizeOf(usage)}`;
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
