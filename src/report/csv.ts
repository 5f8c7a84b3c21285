import { PAGE_SIZE, type Pages } from '../kernel/units.ts';
import { visibleLines } from '../kernel/visible.ts';
import type { Marks } from '../script/result.ts';
import { tallies } from './picture/intervals.ts';
import { type Cell, rowsOf, type Shown, stallsOf } from './picture/shown.ts';
import { areNewer } from './policy-runs.ts';

const COLUMNS = [
  'script',
  'run',
  'cgroup',
  'time_ns',
  'usage_bytes',
  'usage_min_bytes',
  'usage_max_bytes',
  'low_bytes',
  'high_bytes',
  'limit_bytes',
  'memcontd_awake_ns',
  'limit_failures',
  'stall_ns',
  'oom_kills',
] as const;

/** As 6.1 calls them, where all runs are of it. */
const NEWER: Readonly<Record<string, string>> = {
  memcontd_awake_ns: 'reclaimer_awake_ns',
  limit_failures: 'max_events',
};

/**
 * Every sample of every cgroup as a line of comma-separated values (RFC 4180, but for the newlines), below a line
 * of names. Times are virtual; minima, maxima, sums and counts are those of the interval that ends at `time_ns`;
 * a mark that is not set is empty.
 */
export function renderCsv(all: readonly Shown[]): string {
  const newer = areNewer(all);
  const lines = [COLUMNS.map((column) => (newer && NEWER[column]) || column).join(',')];
  for (const shown of all) {
    for (const { cells } of rowsOf(shown)) {
      for (const cell of cells) if (cell !== null) lines.push(...linesOf(shown.script, cell));
    }
  }
  return `${lines.join('\n')}\n`;
}

function linesOf(script: string, cell: Cell): string[] {
  const { cgroup, shown, timeline } = cell;
  const { samples, marks } = cgroup.history;
  const subject = [script, shown.name, cgroup.path].map(field);
  const awake = tallies(samples, timeline?.awake ?? []);
  const failures = tallies(samples, timeline?.failures ?? []);
  const stalls = tallies(samples, stallsOf(cell));
  const kills = timeline?.kills ?? [];
  let current = -1;
  let killed = 0;
  return samples.map(({ time, min, max, last }, i) => {
    while (current + 1 < marks.length && marks[current + 1].time <= time) current++;
    const before = killed;
    while (killed < kills.length && kills[killed].time <= time) killed++;
    const numbers = [
      time,
      ...[last, min, max].map((count) => count * PAGE_SIZE),
      ...markFields(marks[current]),
    ];
    return [...subject, ...numbers, awake[i].busy, failures[i].times, stalls[i].busy, killed - before].join(
      ',',
    );
  });
}

const markFields = (marks: Marks | undefined): (number | '')[] =>
  [marks?.low, marks?.high, marks?.limit].map((mark: Pages | null | undefined) =>
    mark === null || mark === undefined ? '' : mark * PAGE_SIZE,
  );

function field(name: string): string {
  const text = visibleLines(name);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
