import { pageSize } from '../../kernel/numbers.ts';
import type { Nanoseconds, Pages } from '../../kernel/units.ts';
import { cardOf } from '../../machine/kernels.ts';
import type { Span } from '../../script/history/spans.ts';
import type { CgroupTimeline } from '../../script/history/timeline.ts';
import type { CgroupResult, RunResult } from '../../script/result.ts';
import { limitFailures, wasUsed } from '../cgroup-table.ts';
import { type Scale, scaleOf } from '../chart.ts';
import { headline } from '../headline.ts';
import type { Health } from '../health.ts';
import type { Carry } from '../html/live/carry.ts';
import { type LimitPoint, limitsSentence, pointsOf } from '../limit-runs.ts';
import { calledMarks } from '../marks.ts';
import { namesOf, policiesSentence, policyOf, reclaimerOf } from '../policy-runs.ts';
import { runHealth } from '../run-health.ts';
import type { Chronicle, Lanes } from '../svg/usage-plot.ts';
import { runSentence } from './sentence.ts';

/**
 * What reports in files are made from: runs of one script, set side by side to the same scales.
 * A picture needs runs with a timeline (`RunSettings.timeline`); without one it shows usage and marks alone.
 */
export interface Shown {
  readonly script: string;
  /** What came out, in words. */
  readonly sentence: string;
  readonly runs: readonly ShownRun[];
  /** Of runs under several limits; left out: something else sets them apart. */
  readonly curve?: readonly LimitPoint[];
  /** What a page needs to make the runs anew; a text: why it can't have that; left out: nobody asked. */
  readonly carry?: Carry | string;
}

export interface ShownRun {
  /** What sets this run apart, `with memcontd`; empty where there is one run. */
  readonly name: string;
  readonly run: RunResult;
}

/** One run by itself. */
export const alone = (run: RunResult): Shown => ({
  script: run.script,
  sentence: runSentence(run),
  runs: [{ name: '', run }],
});

/** A script as it is, and without background reclaim. */
export const compared = (on: RunResult, off: RunResult): Shown => ({
  script: on.script,
  sentence: headline(on, off, true),
  runs: [
    { name: `with ${reclaimerOf(on)}`, run: on },
    { name: 'without', run: off },
  ],
});

/** A script under several policies. */
export const underPolicies = (runs: readonly RunResult[]): Shown => ({
  script: runs[0]?.script ?? '',
  sentence: policiesSentence(runs),
  runs: runs.map((run) => ({ name: policyOf(run), run })),
});

/** A script under several limits, which a picture shows as one curve. */
export function underLimits(runs: readonly RunResult[], limits: readonly Pages[]): Shown {
  const curve = pointsOf(runs, limits);
  return {
    script: runs[0]?.script ?? '',
    sentence: limitsSentence(curve),
    runs: curve.map(({ limit, run }) => ({ name: pageSize(limit), run })),
    curve,
  };
}

/** Runs of one script, whatever sets them apart, each told by itself. */
export const sideBySide = (runs: readonly ShownRun[]): Shown => ({
  script: runs[0]?.run.script ?? '',
  sentence: runs
    .map(({ name, run }) => (runs.length > 1 ? `${name}: ${runSentence(run)}` : runSentence(run)))
    .join('. '),
  runs,
});

/** Who reclaims in the background, in words for all the runs. */
export function reclaimerOfAll({ runs }: Shown): string {
  const names = new Set(
    runs.filter(({ run }) => cardOf(run.options ?? {}).runs !== 'never').map(({ run }) => reclaimerOf(run)),
  );
  const [name = 'memcontd', other] = names;
  return other === undefined ? name : 'reclaimer';
}

/** A cgroup in every run that was shown. */
export interface Row {
  readonly path: string;
  /** As many as there are runs; null where a run ended without it. */
  readonly cells: readonly (Cell | null)[];
  /** Its top is this cgroup's, its end that of the longest run. */
  readonly scale: Scale;
}

export interface Cell {
  readonly shown: ShownRun;
  readonly health: Health;
  readonly cgroup: CgroupResult;
  /** null: none was kept. */
  readonly timeline: CgroupTimeline | null;
  /** What is said above all of them. */
  readonly above: string;
}

/** Every cgroup that held memory in any of the runs, in order of creation. */
export function rowsOf({ runs, sentence }: Shown): Row[] {
  const paths = new Set(runs.flatMap(({ run }) => run.cgroups.filter(wasUsed).map(({ path }) => path)));
  const until = endOf(runs);
  return [...paths].map((path) => {
    const cells = runs.map((shown) => cellOf(shown, path, sentence));
    const histories = cells.flatMap((cell) => (cell === null ? [] : [cell.cgroup.history]));
    return { path, cells, scale: { ...scaleOf(histories), until } };
  });
}

/** When the longest of them ended. */
export const endOf = (runs: readonly ShownRun[]): Nanoseconds =>
  runs.map(({ run }) => run.virtualNs).reduce((most, each) => (each > most ? each : most));

function cellOf(shown: ShownRun, path: string, above: string): Cell | null {
  const cgroup = shown.run.cgroups.find((each) => each.path === path);
  if (cgroup === undefined) return null;
  const timeline = shown.run.timeline?.cgroups.find((each) => each.path === path) ?? null;
  return { shown, health: runHealth(cgroup, shown.run), cgroup, timeline, above };
}

/** All the stalls of tasks in a cgroup, in the order of time. */
export const stallsOf = ({ cgroup, shown: { run } }: Cell): Span[] =>
  (run.timeline?.tasks ?? [])
    .filter((task) => task.cgroup === cgroup.path)
    .flatMap(({ stalls }) => stalls)
    .sort((a, b) => a.from - b.from || a.until - b.until);

/** What is drawn of it. */
export const chronicleOf = ({ cgroup, timeline, shown: { run } }: Cell) =>
  ({
    samples: cgroup.history.samples,
    marks: cgroup.history.marks,
    awake: timeline?.awake ?? [],
    failures: timeline?.failures ?? [],
    kills: timeline?.kills ?? [],
    failcnt: limitFailures(cgroup, run),
    names: namesOf(run),
  }) satisfies Chronicle;

/** What plots beside each other need room for. */
export function lanesOf(cells: readonly (Cell | null)[]): Lanes {
  const some = (what: 'failures' | 'kills'): boolean =>
    cells.some((cell) => (cell?.timeline?.[what].length ?? 0) > 0);
  return {
    failures: some('failures'),
    kills: some('kills'),
    marks: cells.map((cell) =>
      cell === null ? [] : calledMarks(cell.cgroup.history.marks.at(-1), namesOf(cell.shown.run)),
    ),
  };
}
