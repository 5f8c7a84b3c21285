import { type Pages, pages } from '../kernel/units.ts';
import type { KernelVersion, Knob } from '../machine/kernels.ts';

/** All that was found out about one script: what every report and the recommendation are made from. Plain data. */

/** Marks, and who reclaims by them. */
export interface Marks {
  /** Who reclaims in the background: a name that `machine policy=` takes. */
  readonly policy: string;
  readonly limit: Pages;
  /** Background reclaim starts above this many pages; each policy has its own knobs for it. */
  readonly high: Pages;
  /** It stops at or below this many pages. */
  readonly low: Pages;
}

/** One run of a sweep: what is set for it. Plain data: it goes to workers and into files. */
export interface Point extends Marks {
  /** Of the machine's random numbers. */
  readonly seed: number;
  /** Which perturbation of the workload it is run with, from 1; left out: the workload as it is. */
  readonly variant?: number;
  /** What is written, where that is not what the policy itself makes of the marks: the units of whoever has them. */
  readonly knobs?: readonly Knob[];
  /** It is stopped when more was waited than this, ns: then it can't be the best any more. Left out: it runs to its end. */
  readonly mostWaited?: number;
}

/** What one run of a sweep came to, of the group that is tuned. Plain data; times in ns. */
export interface Measurement {
  /** Charges that had to wait: direct reclaim, or the throttling of memory.high. */
  readonly stalls: number;
  readonly stallTotal: number;
  readonly stallP50: number;
  readonly stallP99: number;
  readonly stallMax: number;
  /** Charges that met the limit (failcnt). */
  readonly limitFailures: number;
  /** CPU time of the background reclaimer. */
  readonly cpu: number;
  readonly wakeups: number;
  readonly passes: number;
  /** Passes that freed nothing. */
  readonly zeroPasses: number;
  readonly scanned: number;
  readonly reclaimed: number;
  /** null: unknown. */
  readonly refaults: number | null;
  readonly swapIn: number;
  readonly swapOut: number;
  readonly oomKills: number;
  /** Highest usage of the group. */
  readonly peak: Pages;
  /** The low mark that could not be reached, if the reclaimer was seen to spin: the least that could; else null. */
  readonly floor: Pages | null;
  /** Virtual time from boot to the script's end. */
  readonly elapsed: number;
  /** null: the script ran to its end, or was stopped; else why not, in one sentence. */
  readonly error: string | null;
  /** It was stopped when more was waited than this, ns: the other figures are those up to there. Left out: it was not. */
  readonly stopped?: number;
}

/** One run that is asked for. */
export interface Task {
  /** Which of the job's scripts, from 0. */
  readonly script: number;
  readonly point: Point;
}

/** Tells one run of a job from every other; a line of text without blanks. When it is stopped goes by the sweep. */
export const taskKey = ({ script, point }: Task): string =>
  [
    `${script}:${marksKey(point)}:${point.seed}`,
    ...(point.variant === undefined ? [] : [`~${point.variant}`]),
    ...(point.knobs ?? []).map(({ file, value }) => `!${file}=${value}`),
  ].join('');

/** A limit and marks so many times as high stand for a workload that is so many times smaller. */
export const scaled = ({ policy, limit, high, low }: Marks, by: number): Marks => ({
  policy,
  limit: pages(Math.round(limit * by)),
  high: pages(Math.round(high * by)),
  low: pages(Math.round(low * by)),
});

/** Of a point or a trial, its marks alone. */
export const marksOf = ({ policy, limit, high, low }: Marks): Marks => ({ policy, limit, high, low });

export const marksKey = ({ policy, limit, high, low }: Marks): string => `${policy}:${limit}:${high}:${low}`;

/** A run with its measurement, as workers answer and folders keep them. */
export interface Finished extends Task {
  readonly measurement: Measurement;
}

/** Marks under a limit, and what each seed came to there. */
export interface Trial extends Marks {
  /** In the order of the sweep's seeds; of several scripts, script by script. */
  readonly measurements: readonly Measurement[];
  /** Beside what was asked for, to learn what being wrong costs: it is not to be recommended. */
  readonly outside?: true;
}

/** Whether all seeds came to the same with each script: of measurements as a Trial has them. */
export function seedsAgree(measurements: readonly Measurement[], seeds: number): boolean {
  const texts = measurements.map((measurement) => JSON.stringify(measurement));
  return texts.every((text, i) => text === texts[i - (i % seeds)]);
}

/** Marks that were tried for whether they hold when the workload, or they, are a little different. */
export interface Held extends Marks {
  /** With the workload as it is, and marks a step higher and a step lower. */
  readonly beside: readonly Measurement[];
  /** With these marks, one for each variant that was run, from the first. */
  readonly perturbed: readonly Measurement[];
  /** The same runs without marks, where what is wanted is out of reach: then marks are measured by these. */
  readonly without?: Pick<Held, 'beside' | 'perturbed'>;
}

/** A way of writing the recommended marks down, as it was run: its name, and what came of it. */
export interface Written {
  readonly name: string;
  /** In the order of the sweep's seeds. */
  readonly measurements: readonly Measurement[];
  /** One for each variant of the workload that was run, from the first. */
  readonly perturbed: readonly Measurement[];
}

export interface Sweep {
  /** The script as it was named; of several recordings of one program all of them, with commas between. */
  readonly script: string;
  readonly scripts: readonly string[];
  /** That it ran on. */
  readonly kernel: KernelVersion;
  /** The group that is tuned: `/default`. */
  readonly group: string;
  /** Of the machine that the script asks for. */
  readonly policy: string;
  /** What `memcg replay` has to be told of booting, as the sweep was: `--boot FILE`, `--bare` or nothing. */
  readonly booting: readonly string[];
  /** Of its text and of all that it includes and reads. */
  readonly sha256: string;
  /** Highest usage of a run without a limit. */
  readonly peak: Pages;
  /** What the trials were run under; `auto`: 80 % of the peak, or more where that is not enough to live in. */
  readonly limit: Pages;
  readonly autoLimit: boolean;
  /** Without background reclaim under each of several limits that were asked for; empty: one was. */
  readonly limits: readonly Trial[];
  readonly seeds: readonly number[];
  /** So many seeds were asked for; the first two came to the same wherever both were run: one will do. */
  readonly agreeingSeeds?: number;
  /** Time at the beginning that does not count, ns. */
  readonly warmup: number;
  /** With no background reclaim at all, under the same limit. */
  readonly without: Trial;
  /** By policy, limit, high, low: ascending. */
  readonly trials: readonly Trial[];
  /** By policy and by the room that they leave below the limit: ascending. */
  readonly held: readonly Held[];
  /** The ways of writing the recommended marks down. */
  readonly written: readonly Written[];
  /** Why trials are missing (interrupted, a share only); null: complete. */
  readonly partial: string | null;
}
