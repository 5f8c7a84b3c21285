import { count, duration, durations, pageSize, size } from '../kernel/numbers.ts';
import { bytesOf, type Pages } from '../kernel/units.ts';
import type { FigureNames } from '../machine/machine.ts';
import type { CgroupResult, RunResult } from '../script/result.ts';
import { commonUnit, countOf, cpuShare } from './cgroup-table.ts';
import { fewer, less, shorter } from './difference.ts';
import { type Look, type Palette, palette } from './look.ts';
import { MARKS, markOf, titleOf } from './marks.ts';
import { namesOf, policyOf, reclaimerOf } from './policy-runs.ts';
import { hasUnknown, known } from './rereads.ts';
import { type Row, table } from './table.ts';

/** Runs of one script beside each other, one a column. */
export interface Beside {
  readonly runs: readonly RunResult[];
  /** With the reclaimer and without it: what changed is said in words. Else they are of several policies. */
  readonly isPair: boolean;
}

/** One cgroup as each of the runs left it; null where a run never had it. */
export type Cells = readonly (CgroupResult | null)[];

const ABSENT = '-';
/** Below this width the columns' full titles would push the numbers out. */
const WIDE = 48;
/** Room for `memcontd passes` and six figures: all the tables of a comparison line up. */
const LEAST = { label: 15, cell: 9 };

export function runsTable(beside: Beside, cells: Cells, look: Look): string[] {
  const rows = rowsOf(beside, cells, palette(look.color));
  return tableOf(beside, rows, look);
}

/** How long the runs took. */
export function timesTable(beside: Beside, look: Look): string[] {
  const { label } = palette(look.color);
  const { runs, isPair } = beside;
  const virtual = runs.map((run) => run.virtualNs);
  const rows = [
    {
      label: label('virtual time'),
      cells: durations(virtual),
      note: isPair ? shorter(virtual[0], virtual[1]) : '',
    },
    { label: label('real time'), cells: runs.map((run) => duration(run.realMs * 1e6)) },
  ];
  return tableOf(beside, rows, look);
}

function tableOf({ runs, isPair }: Beside, rows: readonly Row[], look: Look): string[] {
  const { background } = palette(look.color);
  if (!isPair)
    return table(
      runs.map((run) => background(policyOf(run))),
      rows,
      look.width,
    );
  const on = look.width < WIDE ? 'with' : `with ${reclaimerOf(runs[0])}`;
  return table([background(on), 'without'], rows, look.width, LEAST);
}

/** The marks, when they ended the same in all runs, as words beside the name; else they are rows. */
export const sharedMarks = (cells: Cells, names: FigureNames): string =>
  marksAgree(cells)
    ? MARKS.flatMap((mark) => {
        const value = markOf(cells.find((cgroup) => cgroup !== null)?.usage, mark);
        return value === null ? [] : [`${titleOf(mark, names)} ${pageSize(value)}`];
      }).join(', ')
    : '';

function marksAgree(cells: Cells): boolean {
  const [first, ...others] = cells.filter((cgroup) => cgroup !== null);
  return MARKS.every((mark) =>
    others.every(({ usage }) => markOf(usage, mark) === markOf(first.usage, mark)),
  );
}

type Read = (cgroup: CgroupResult) => number;

/** How a line of numbers looks. */
interface Figures {
  readonly text?: (value: number) => string;
  readonly colour?: (text: string, value: number) => string;
  /** What changed, in words. */
  readonly words?: (now: number, before: number) => string;
  /** Also where there is nothing to tell. */
  readonly always?: boolean;
}

function rowsOf({ runs, isPair }: Beside, cells: Cells, paint: Palette): Row[] {
  const any = (read: Read): boolean => cells.some((cgroup) => cgroup !== null && read(cgroup) > 0);
  const texts = (text: (cgroup: CgroupResult, i: number) => string): string[] =>
    cells.map((cgroup, i) => (cgroup === null ? ABSENT : text(cgroup, i)));
  const changed = (read: Read, words: Figures['words']): string => {
    const [on, off] = isPair ? cells : [];
    return on && off && words ? words(read(on), read(off)) : '';
  };
  const row = (
    label: string,
    read: Read,
    { text = count, colour = (plain) => plain, words = fewer, always = false }: Figures = {},
  ): Row[] =>
    always || any(read)
      ? [
          {
            label: paint.label(label),
            cells: texts((cgroup) => colour(text(read(cgroup)), read(cgroup))),
            note: changed(read, words),
          },
        ]
      : [];
  const hurts: Figures = { colour: (text, value) => (value > 0 ? paint.bad(text) : text) };
  const background: Figures = { colour: isPair ? paint.background : (text) => text, words: () => '' };
  const scanned = (read: Read, how?: Figures): Row[] => (isPair ? row('  scanned', read, how) : []);
  const rereads = hasUnknown(cells.filter((cgroup) => cgroup !== null))
    ? [{ label: paint.label('re-reads'), cells: texts(({ stat }) => known(stat.refaults)) }]
    : row('refaults', ({ stat }) => stat.refaults ?? 0);
  const names = namesOf(runs[0]);
  const [on] = cells;
  const share = isPair && on ? { note: `${cpuShare(on.stat, runs[0])} of one CPU` } : {};
  const cpu: Read = ({ stat }) => stat.bg_cpu_ns;
  return [
    ...(names.first === 'refaults' ? rereads : []),
    ...names.counts.flatMap((each) =>
      row(`${each.noun}s`, (cgroup) => countOf(cgroup, each), { ...hurts, always: true }),
    ),
    ...row('stalls', ({ stat }) => stat.stall_count, { ...hurts, always: true }),
    ...stallTimes(cells, isPair, paint).map((each) => ({ ...each, note: changed(each.read, shorter) })),
    ...row('OOM kills', ({ stat }) => stat.oom_kills, hurts),
    ...row('direct passes', ({ stat }) => stat.direct_passes),
    ...scanned(({ stat }) => stat.direct_scanned),
    ...row('  reclaimed', ({ stat }) => stat.direct_reclaimed),
    ...row(
      isPair ? `${reclaimerOf(runs[0])} passes` : 'background',
      ({ stat }) => stat.bg_passes,
      background,
    ),
    ...scanned(({ stat }) => stat.bg_scanned, background),
    ...row('  reclaimed', ({ stat }) => stat.bg_reclaimed, background),
    ...row('  CPU time', cpu, { ...background, text: duration }).map((each) => ({ ...each, ...share })),
    ...(isPair || !any(cpu)
      ? []
      : [
          {
            label: paint.label('  of one CPU'),
            cells: texts((cgroup, i) => cpuShare(cgroup.stat, runs[i])),
          },
        ]),
    ...(names.first === 'refaults' ? [] : rereads),
    ...row('written', ({ stat }) => stat.writeback_pages),
    ...row('swap out', ({ stat }) => stat.swap_out),
    ...row('swap in', ({ stat }) => stat.swap_in),
    ...sizes(cells, isPair, names, paint).map((each) =>
      each.isMax ? { ...each, note: changed(({ usage }) => usage.max, less) } : each,
    ),
  ];
}

const TOTAL: readonly [string, Read] = ['  in all', ({ stat }) => stat.stall_total_ns];

/** How long stalls took. Beside each other all are in one unit, of several policies each line is. */
function stallTimes(cells: Cells, isPair: boolean, paint: Palette): (Row & { readonly read: Read })[] {
  if (!cells.some((cgroup) => cgroup !== null && cgroup.stat.stall_count > 0)) return [];
  const reads: readonly (readonly [string, Read])[] = [
    ['  p50', ({ stat }) => stat.stall_p50_ns],
    ['  p99', ({ stat }) => stat.stall_p99_ns],
    ['  max', ({ stat }) => stat.stall_max_ns],
    ...(isPair ? [] : [TOTAL]),
  ];
  const times = reads.map(([, read]) => cells.map((cgroup) => (cgroup === null ? 0 : read(cgroup))));
  const together = durations(times.flat());
  return reads.map(([label, read], line) => {
    const shown = isPair ? together.slice(line * cells.length) : durations(times[line]);
    const cell = (cgroup: CgroupResult | null, i: number): string => {
      if (cgroup === null) return ABSENT;
      return cgroup.stat.stall_count > 0 ? paint.bad(shown[i]) : 'none';
    };
    return { label: paint.label(label), cells: cells.map(cell), read };
  });
}

/** Usage at the end and at its highest, and the marks; those of a pair if the runs left them different. */
function sizes(
  cells: Cells,
  isPair: boolean,
  names: FigureNames,
  paint: Palette,
): (Row & { readonly isMax: boolean })[] {
  type Values = readonly (Pages | null)[];
  const column = (read: (cgroup: CgroupResult) => Pages | null): Values =>
    cells.map((cgroup) => cgroup && read(cgroup));
  const usage = column((cgroup) => cgroup.usage.usage);
  const max = column((cgroup) => cgroup.usage.max);
  const marks = MARKS.map((mark) => ({
    mark,
    values: column((cgroup) => markOf(cgroup.usage, mark)),
  })).filter(({ values }) => values.some((value) => value !== null) && !(isPair && marksAgree(cells)));
  const all = [usage, max, ...marks.map(({ values }) => values)].flat();
  const unit = commonUnit(all.filter((value) => value !== null));
  const texts = (values: Values): string[] =>
    values.map((value) => (value === null ? ABSENT : size(bytesOf(value), unit)));
  return [
    { label: paint.label('usage at end'), cells: texts(usage), isMax: false },
    { label: paint.label(names.peak.title), cells: texts(max), isMax: true },
    ...marks.map(({ mark, values }) => ({
      label: paint.label(titleOf(mark, names)),
      cells: texts(values).map(paint.mark),
      isMax: false,
    })),
  ];
}
