import { PAGE_SIZE } from '../../kernel/units.ts';
import { ownApplications } from '../analysis/apply.ts';
import type { Certainty } from '../analysis/certainty.ts';
import type { Figures } from '../analysis/figures.ts';
import type { Tuned } from '../analysis/findings.ts';
import type { Objective } from '../analysis/objective.ts';
import type { Rated } from '../analysis/rated.ts';
import { isRecommended } from '../analysis/recommendation.ts';
import { type RegionName, regionOf } from '../analysis/regions.ts';
import type { Robustness } from '../analysis/robust.ts';
import type { SlipKind } from '../analysis/sensitivity.ts';
import type { RatedForm } from '../analysis/written.ts';
import type { Marks } from '../sweep.ts';

/**
 * What `memcg tune --json` prints. Names are stable; more may be added. Sizes are bytes, times virtual
 * nanoseconds, shares parts of 1. Counts are means over the seeds, percentiles and maxima the worst of them.
 */
export interface TuneJson {
  /** Every script has a recommendation that is what was wanted, from a complete sweep. */
  ok: boolean;
  scripts: ScriptTuneJson[];
}

export interface ScriptTuneJson {
  script: string;
  sha256: string;
  /** That it ran on. */
  kernel: string;
  peak: number;
  limit: number;
  /** The limit is 80 % of the peak, or more where that is not enough to live in. */
  auto_limit: boolean;
  seeds: number[];
  warmup_ns: number;
  objective: Objective;
  /** Why trials are missing; null: complete. */
  partial: string | null;
  /** null: nothing ran to its end, or nothing holds. */
  recommended: TrialJson | null;
  /** The recommendation is what was wanted, not merely the nearest to it. */
  met: boolean;
  /** How the recommendation held in runs of a workload that is a little different; null: that was not tried. */
  robustness: RobustnessJson | null;
  /** What costs less, where that holds less. */
  cheapest: (TrialJson & { robustness: RobustnessJson | null }) | null;
  without: TrialJson;
  policies: TrialJson[];
  /** Those that no other beats in everything, by CPU. */
  trade_off: TrialJson[];
  regions: { region: RegionName; trials: number; edge: number | null }[];
  certainty: CertaintyJson;
  wrong_by_10_percent: ({ slip: SlipKind } & TrialJson)[];
  smallest_limit: { limit: number; tried: number; below: TrialJson | null } | null;
  /** What each of several limits that were asked for buys; null: one was. */
  limits: LimitsJson | null;
  /** Lines to copy, by what they are for; of `forms` those that hold. */
  commands: Record<string, string[]>;
  /** The recommended marks as they are written down elsewhere, each with what came of it under its policy. */
  forms: FormJson[];
  /** All that was tried under the limit, the best first. */
  trials: TrialJson[];
}

export interface MarksJson {
  policy: string;
  limit: number;
  high: number;
  low: number;
}

export interface TrialJson extends MarksJson {
  region: RegionName;
  stalls: number;
  stall_total_ns: number;
  stall_p99_ns: number;
  stall_max_ns: number;
  limit_failures: number;
  cpu_ns: number;
  cpu_share: number;
  wakeups: number;
  passes: number;
  zero_passes: number;
  scanned_pages: number;
  reclaimed_pages: number;
  /** null: unknown. */
  refaults: number | null;
  swap_in: number;
  swap_out: number;
  oom_kills: number;
  peak: number;
  /** The least low mark that could be reached, where the reclaimer was seen to spin. */
  floor: number | null;
  elapsed_ns: number;
  error: string | null;
  /**
   * Its tasks had waited longer than this, so that it could not be the best any more, and it was stopped: all figures are
   * those up to there, and would have grown. null: it was not.
   */
  stopped_ns: number | null;
}

interface LimitsJson {
  limits: { limit: number; without: TrialJson; best: TrialJson | null }[];
  /** null: at none of those that were tried. */
  smallest_without_stalls: number | null;
  smallest_without_oom: number | null;
  /** Where less memory begins to cost much more; null: nowhere. */
  knee: number | null;
}

interface FormJson extends TrialJson {
  name: string;
  /** What it comes to in control files. */
  knobs: Record<string, string>;
  lines: string[];
  /** It does what the recommended marks do, in `held` of `of` runs that differ a little; else it is not to be used. */
  holds: boolean;
  held: number;
  of: number;
}

interface RobustnessJson {
  held: number;
  of: number;
  failed: number;
  /** Marks a step higher and a step lower hold, too. */
  neighbours: boolean;
  /** What is wanted is out of reach: to hold is to do no worse than no marks. */
  relative: boolean;
}

interface CertaintyJson {
  seeds: number;
  identical: boolean;
  /** What other marks would have done better under one seed alone, at most. */
  regret: { stalls: number; cpu_share: number };
  stalls: [least: number, most: number];
  stall_p99_ns: [least: number, most: number];
  cpu_ns: [least: number, most: number];
  /** null: unknown. */
  refaults: [least: number, most: number] | null;
}

export function renderTuneJson(all: readonly Tuned[]): string {
  const scripts = all.map(scriptJson);
  const ok = scripts.every(
    ({ recommended, met, partial }) => recommended !== null && met && partial === null,
  );
  const json: TuneJson = { ok, scripts };
  return `${JSON.stringify(json)}\n`;
}

const bytes = (count: number): number => count * PAGE_SIZE;

function scriptJson({ sweep, findings }: Tuned): ScriptTuneJson {
  const { best, smallestLimit } = findings;
  return {
    script: sweep.script,
    sha256: sweep.sha256,
    kernel: sweep.kernel,
    peak: bytes(sweep.peak),
    limit: bytes(sweep.limit),
    auto_limit: sweep.autoLimit,
    seeds: [...sweep.seeds],
    warmup_ns: sweep.warmup,
    objective: findings.objective,
    partial: findings.partial,
    recommended: best && (isRecommended(findings) ? trialJson(best) : null),
    met: findings.met,
    robustness: robustnessJson(findings.robustness),
    cheapest: findings.cheapest && {
      ...trialJson(findings.cheapest.rated),
      robustness: robustnessJson(findings.cheapest.robustness),
    },
    without: trialJson(findings.without),
    policies: findings.policies.map(trialJson),
    trade_off: findings.front.map(trialJson),
    regions: findings.regions.map(({ name, trials, edge }) => ({
      region: name,
      trials,
      edge: edge === null ? null : bytes(edge),
    })),
    certainty: certaintyJson(findings.certainty),
    wrong_by_10_percent: findings.slips.map((slip) => ({ slip: slip.kind, ...trialJson(slip) })),
    smallest_limit: smallestLimit && {
      limit: bytes(smallestLimit.rated.marks.limit),
      tried: smallestLimit.tried,
      below: smallestLimit.below && trialJson(smallestLimit.below),
    },
    limits: limitsJson(findings),
    commands:
      best === null || !isRecommended(findings)
        ? {}
        : Object.fromEntries(
            [
              ...ownApplications(sweep, best.marks),
              ...findings.written.filter(({ holds }) => holds).map(({ form }) => form),
            ].map(({ name, lines }) => [name, [...lines]]),
          ),
    forms: findings.written.map(formJson),
    trials: findings.rated.map(trialJson),
  };
}

function trialJson({ marks, figures, region }: Pick<Rated, 'marks' | 'figures' | 'region'>): TrialJson {
  return { ...marksJson(marks), region, ...figuresJson(figures) };
}

const bytesOrNull = (count: number | null): number | null => count && bytes(count);

const limitsJson = ({ limits }: Tuned['findings']): LimitsJson | null =>
  limits && {
    limits: limits.rows.map(({ limit, without, best }) => ({
      limit: bytes(limit),
      without: trialJson(without),
      best: best && trialJson(best),
    })),
    smallest_without_stalls: bytesOrNull(limits.calm),
    smallest_without_oom: bytesOrNull(limits.alive),
    knee: bytesOrNull(limits.knee),
  };

function formJson({ form, figures, held, of, holds }: RatedForm): FormJson {
  const { name, lines, policy, marks, knobs } = form;
  const each = { marks: { policy, ...marks }, figures, region: regionOf(figures) };
  return {
    name,
    ...trialJson(each),
    knobs: Object.fromEntries(knobs.map(({ file, value }) => [file, value])),
    lines: [...lines],
    holds,
    held,
    of,
  };
}

const marksJson = ({ policy, limit, high, low }: Marks): MarksJson => ({
  policy,
  limit: bytes(limit),
  high: bytes(high),
  low: bytes(low),
});

const figuresJson = (figures: Figures): Omit<TrialJson, keyof MarksJson | 'region'> => ({
  stalls: figures.stalls,
  stall_total_ns: figures.stallTotal,
  stall_p99_ns: figures.stallP99,
  stall_max_ns: figures.stallMax,
  limit_failures: figures.limitFailures,
  cpu_ns: figures.cpu,
  cpu_share: figures.cpuShare,
  wakeups: figures.wakeups,
  passes: figures.passes,
  zero_passes: figures.zeroPasses,
  scanned_pages: figures.scanned,
  reclaimed_pages: figures.reclaimed,
  refaults: figures.refaults,
  swap_in: figures.swapIn,
  swap_out: figures.swapOut,
  oom_kills: figures.oomKills,
  peak: bytes(figures.peak),
  floor: figures.floor === null ? null : bytes(figures.floor),
  elapsed_ns: figures.elapsed,
  error: figures.error,
  stopped_ns: figures.stopped,
});

const robustnessJson = (found: Robustness | null): RobustnessJson | null =>
  found && {
    held: found.held,
    of: found.of,
    failed: found.failed,
    neighbours: found.beside,
    relative: found.isRelative,
  };

const certaintyJson = ({ seeds, identical, regret, ...spreads }: Certainty): CertaintyJson => ({
  seeds,
  identical,
  regret: { stalls: regret.stalls, cpu_share: regret.cpu },
  stalls: [spreads.stalls.least, spreads.stalls.most],
  stall_p99_ns: [spreads.stallP99.least, spreads.stallP99.most],
  cpu_ns: [spreads.cpu.least, spreads.cpu.most],
  refaults: spreads.refaults && [spreads.refaults.least, spreads.refaults.most],
});
