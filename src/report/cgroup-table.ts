import { count, duration, durations, percent, type SizeUnit, size, sizeUnit } from '../kernel/numbers.ts';
import { bytesOf, type Pages, pages } from '../kernel/units.ts';
import { countIn, type FigureNames, type NamedCount } from '../machine/machine.ts';
import type { CgroupResult, RunResult } from '../script/result.ts';
import { type Look, type Palette, palette } from './look.ts';
import { MARKS, markOf } from './marks.ts';
import { namesOf } from './policy-runs.ts';
import { UNKNOWN } from './rereads.ts';
import { beside, type Row, table } from './table.ts';

/** Whether anything was ever charged to this cgroup, or tried to be. */
export const wasUsed = ({ usage, files, stat, history }: CgroupResult): boolean =>
  usage.max > 0 ||
  usage.usage > 0 ||
  history.samples.some((sample) => sample.max > 0) ||
  Number(files['memory.failcnt'] ?? 0) > 0 ||
  stat.bg_passes + stat.direct_passes + stat.stall_count > 0;

/** A count as the cgroup's file has it; 0 where it has none. */
export const countOf = ({ files }: Pick<CgroupResult, 'files'>, { at, key }: NamedCount): number =>
  countIn(files[at] ?? '', key);

/** The number of charges that met the limit. */
export const limitFailures = (cgroup: CgroupResult, run: RunResult): number =>
  countOf(cgroup, namesOf(run).counts[0]);

/** Usage, marks and events of one cgroup, and next to them what reclaim did. */
export function cgroupTable(cgroup: CgroupResult, run: RunResult, look: Look): string[] {
  const paint = palette(look.color);
  const state = table([''], stateRows(cgroup, namesOf(run), paint), look.width);
  const reclaim = reclaimTable(cgroup, run, look, paint);
  return beside(state, reclaim, look.width);
}

/** A size column has one unit: that of its largest size. */
export const commonUnit = (sizes: readonly Pages[]): SizeUnit =>
  sizeUnit(bytesOf(pages(Math.max(0, ...sizes))));

function stateRows(cgroup: CgroupResult, names: FigureNames, paint: Palette): Row[] {
  const { usage, stat } = cgroup;
  const marks = MARKS.flatMap((mark) => {
    const value = markOf(usage, mark);
    const named = names[mark.name];
    return value === null || named === null ? [] : [{ named, value }];
  });
  const unit = commonUnit([usage.usage, usage.max, ...marks.map(({ value }) => value)]);
  const shown = (value: Pages): string => size(bytesOf(value), unit);
  const row = (label: string, cell: string, note = ''): Row => ({
    label: paint.label(label),
    cells: [cell],
    note: paint.label(note),
  });
  const source = 'memory.reclaim_stat' in cgroup.files ? 'reclaim_stat' : '';
  const event = (label: string, value: number, note: string): Row =>
    row(label, value > 0 ? paint.bad(count(value)) : '0', note);
  const number = (label: string, value: number): Row[] =>
    value > 0 ? [row(label, count(value), source)] : [];
  // The root has no such file where a count is one of several lines.
  const counts = names.counts.filter(({ at, key }) => key === null || at in cgroup.files);
  const limits = counts.map((each) => event(each.title, countOf(cgroup, each), each.file));
  const rereads = stat.refaults === null ? [row('re-reads', UNKNOWN)] : number('refaults', stat.refaults);
  return [
    row(names.usage.title, shown(usage.usage), names.usage.file),
    row(names.peak.title, shown(usage.max), names.peak.file),
    ...marks.map(({ named, value }) => row(named.title, paint.mark(shown(value)), named.file)),
    ...(names.first === 'refaults' ? [...rereads, ...limits] : limits),
    event('stalls', stat.stall_count, source),
    ...(stat.oom_kills > 0 ? [event('OOM kills', stat.oom_kills, source)] : []),
    ...(names.first === 'refaults' ? [] : rereads),
    ...number('written', stat.writeback_pages),
    ...number('swap out', stat.swap_out),
    ...number('swap in', stat.swap_in),
  ];
}

/** Background against direct reclaim. A cgroup without reclaimer has no column for it. */
function reclaimTable({ stat }: CgroupResult, run: RunResult, look: Look, paint: Palette): string[] {
  const background = stat.bg_state !== 'none' || stat.bg_passes > 0;
  if (stat.bg_passes + stat.direct_passes + stat.stall_count === 0) return [];
  const [p50, p99, max] = durations([stat.stall_p50_ns, stat.stall_p99_ns, stat.stall_max_ns]);
  const row = (label: string, left: string, right: string): Row => ({
    label: paint.label(label),
    cells: background ? [left === '' ? '' : paint.background(left), right] : [right],
  });
  const rows = [
    ...(stat.bg_state === 'spinning' ? [row('at the end', 'spinning', '')] : []),
    row('passes', count(stat.bg_passes), count(stat.direct_passes)),
    row('pages scanned', count(stat.bg_scanned), count(stat.direct_scanned)),
    row('reclaimed', count(stat.bg_reclaimed), count(stat.direct_reclaimed)),
    ...(background
      ? [row('CPU time', duration(stat.bg_cpu_ns), ''), row('CPU share', cpuShare(stat, run), '')]
      : []),
    ...(stat.stall_count > 0
      ? [
          row('stall p50', '', paint.bad(p50)),
          row('stall p99', '', paint.bad(p99)),
          row('stall max', '', paint.bad(max)),
          row('stall total', '', paint.bad(duration(stat.stall_total_ns))),
        ]
      : []),
  ];
  const header = background ? [paint.background('background'), 'direct'] : ['direct'];
  return table(header, rows, look.width);
}

/** The reclaimer's share of one CPU over the whole run. */
export const cpuShare = (stat: { readonly bg_cpu_ns: number }, run: RunResult): string =>
  percent(run.virtualNs > 0 ? stat.bg_cpu_ns / run.virtualNs : 0);
