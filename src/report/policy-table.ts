import { count, duration, durations, size } from '../kernel/numbers.ts';
import { bytesOf, type Pages } from '../kernel/units.ts';
import type { CgroupResult, RunResult } from '../script/result.ts';
import { commonUnit, cpuShare, limitFailures } from './cgroup-table.ts';
import { type Look, type Palette, palette } from './look.ts';
import { MARKS, markOf } from './marks.ts';
import { policyOf } from './policy-runs.ts';
import { type Row, table } from './table.ts';

/** The runs of one script under several policies, one a column. */

const ABSENT = '-';

/** One cgroup as each of the runs left it; null where a run never had it. */
export function policyTable(
  cells: readonly (CgroupResult | null)[],
  runs: readonly RunResult[],
  look: Look,
): string[] {
  const paint = palette(look.color);
  const rows = [...waits(cells, paint), ...work(cells, runs, paint), ...sizes(cells, paint)];
  return table(header(runs, look), rows, look.width);
}

/** How long the runs took. */
export function policyTimes(runs: readonly RunResult[], look: Look): string[] {
  const { label } = palette(look.color);
  const rows = [
    { label: label('virtual time'), cells: durations(runs.map((run) => run.virtualNs)) },
    { label: label('real time'), cells: runs.map((run) => duration(run.realMs * 1e6)) },
  ];
  return table(header(runs, look), rows, look.width);
}

const header = (runs: readonly RunResult[], look: Look): string[] =>
  runs.map((run) => palette(look.color).background(policyOf(run)));

type Cells = readonly (CgroupResult | null)[];
type Read = (cgroup: CgroupResult) => number;

const texts = (cells: Cells, text: (cgroup: CgroupResult) => string): string[] =>
  cells.map((cgroup) => (cgroup === null ? ABSENT : text(cgroup)));
const any = (cells: Cells, read: Read): boolean =>
  cells.some((cgroup) => cgroup !== null && read(cgroup) > 0);

/** What tasks had to wait for; what nobody had to is left out, but for the first two. */
function waits(cells: Cells, paint: Palette): Row[] {
  const row = (label: string, read: Read): Row => ({
    label: paint.label(label),
    cells: texts(cells, (cgroup) => (read(cgroup) > 0 ? paint.bad(count(read(cgroup))) : '0')),
  });
  const kills: Read = ({ stat }) => stat.oom_kills;
  return [
    row('limit failures', limitFailures),
    row('stalls', ({ stat }) => stat.stall_count),
    ...stallTimes(cells, paint),
    ...(any(cells, kills) ? [row('OOM kills', kills)] : []),
  ];
}

/** One unit for all of them, so that the columns can be read against each other. */
function stallTimes(cells: Cells, paint: Palette): Row[] {
  if (!any(cells, ({ stat }) => stat.stall_count)) return [];
  const reads: readonly (readonly [string, Read])[] = [
    ['  p50', ({ stat }) => stat.stall_p50_ns],
    ['  p99', ({ stat }) => stat.stall_p99_ns],
    ['  max', ({ stat }) => stat.stall_max_ns],
    ['  in all', ({ stat }) => stat.stall_total_ns],
  ];
  return reads.map(([label, read]) => {
    const shown = durations(cells.map((cgroup) => (cgroup === null ? 0 : read(cgroup))));
    const cell = (cgroup: CgroupResult | null, i: number): string => {
      if (cgroup === null) return ABSENT;
      return cgroup.stat.stall_count > 0 ? paint.bad(shown[i]) : 'none';
    };
    return { label: paint.label(label), cells: cells.map(cell) };
  });
}

/** What reclaim did and cost; lines of nothing are left out. */
function work(cells: Cells, runs: readonly RunResult[], paint: Palette): Row[] {
  const row = (label: string, read: Read): Row[] =>
    any(cells, read)
      ? [{ label: paint.label(label), cells: texts(cells, (cgroup) => count(read(cgroup))) }]
      : [];
  const cpu: Read = ({ stat }) => stat.bg_cpu_ns;
  const shares = cells.map((cgroup, i) => (cgroup === null ? ABSENT : cpuShare(cgroup.stat, runs[i])));
  return [
    ...row('direct passes', ({ stat }) => stat.direct_passes),
    ...row('  reclaimed', ({ stat }) => stat.direct_reclaimed),
    ...row('background', ({ stat }) => stat.bg_passes),
    ...row('  reclaimed', ({ stat }) => stat.bg_reclaimed),
    ...(any(cells, cpu)
      ? [
          { label: paint.label('  CPU time'), cells: texts(cells, (cgroup) => duration(cpu(cgroup))) },
          { label: paint.label('  of one CPU'), cells: shares },
        ]
      : []),
    ...row('refaults', ({ stat }) => stat.refaults),
    ...row('written', ({ stat }) => stat.writeback_pages),
    ...row('swap out', ({ stat }) => stat.swap_out),
    ...row('swap in', ({ stat }) => stat.swap_in),
  ];
}

/** Usage at the end and at its highest, and where each policy starts and stops. */
function sizes(cells: Cells, paint: Palette): Row[] {
  type Values = readonly (Pages | null)[];
  const column = (read: (cgroup: CgroupResult) => Pages | null): Values =>
    cells.map((cgroup) => cgroup && read(cgroup));
  const usage = column((cgroup) => cgroup.usage.usage);
  const max = column((cgroup) => cgroup.usage.max);
  const marks = MARKS.map((mark) => ({
    mark,
    values: column((cgroup) => markOf(cgroup.usage, mark)),
  })).filter(({ values }) => values.some((value) => value !== null));
  const shown = [usage, max, ...marks.map(({ values }) => values)].flat().filter((value) => value !== null);
  const unit = commonUnit(shown);
  const cellsOf = (values: Values): string[] =>
    values.map((value) => (value === null ? ABSENT : size(bytesOf(value), unit)));
  return [
    { label: paint.label('usage at end'), cells: cellsOf(usage) },
    { label: paint.label('max'), cells: cellsOf(max) },
    ...marks.map(({ mark, values }) => ({
      label: paint.label(mark.title),
      cells: cellsOf(values).map(paint.mark),
    })),
  ];
}
