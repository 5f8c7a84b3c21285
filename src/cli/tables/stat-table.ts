import { count, duration, pageSize, percent, size } from '../../kernel/numbers.ts';
import { bytesOf, isSet, PAGE_SIZE, type Pages } from '../../kernel/units.ts';
import { visible } from '../../kernel/visible.ts';
import {
  DEFAULT_OPTIONS,
  type FigureNames,
  figureNamesIn,
  type KernelVersion,
} from '../../machine/machine.ts';
import { type Palette, palette } from '../../report/look.ts';
import { known } from '../../report/rereads.ts';
import { widthOf } from '../../report/width.ts';
import { shown } from '../../script/paths.ts';
import type { Clock, Inspected } from '../../session/protocol.ts';
import { ABOUT, type CgroupJson, type CgroupRow, cgroupJson } from './cgroup-rows.ts';

/** What `memcg stat` shows: a line a cgroup, limits beside usage, and what reclaim cost. */

export interface StatLook {
  /** Columns that do not fit are left out, the least asked for first; Infinity shows all. */
  readonly width: number;
  readonly color: boolean;
  readonly header: boolean;
  /** Bytes and nanoseconds, exact. */
  readonly raw: boolean;
}

interface Column {
  readonly title: string;
  readonly about: string;
  /** The first to stay. */
  readonly rank: number;
  readonly cell: (row: CgroupRow, paint: Palette, raw: boolean, cpu: number) => string;
}

const GAP = '  ';

const bytes = (pages: Pages, raw: boolean): string => (raw ? `${bytesOf(pages)}` : pageSize(pages));
const mark = (pages: Pages, raw: boolean, paint: Palette): string =>
  isSet(pages) ? paint.mark(bytes(pages, raw)) : 'unset';
const hurts = (value: number, raw: boolean, paint: Palette): string =>
  value === 0 ? '0' : paint.bad(raw ? `${value}` : count(value));
const total = (value: number | null, raw: boolean): string => known(value, (n) => (raw ? `${n}` : count(n)));

const MARKS = ['low', 'high', 'limit'] as const;

const columnsOf = (names: FigureNames): readonly Column[] => [
  { title: 'USAGE', about: ABOUT.usage, rank: 0, cell: ({ usage }, _, raw) => bytes(usage.usage, raw) },
  {
    title: names.peak.title.toUpperCase(),
    about: ABOUT.peak,
    rank: 6,
    cell: ({ usage }, _, raw) => bytes(usage.max, raw),
  },
  ...MARKS.flatMap((each): Column[] => {
    const title = names[each]?.name.toUpperCase();
    return title === undefined
      ? []
      : [
          {
            title,
            about: ABOUT[each],
            rank: 1,
            cell: ({ usage }, paint, raw) => mark(usage[each], raw, paint),
          },
        ];
  }),
  {
    title: names.counts[0].column.toUpperCase(),
    about: ABOUT.failures,
    rank: 2,
    cell: ({ failcnt }, paint, raw) => hurts(failcnt, raw, paint),
  },
  {
    title: 'STALLS',
    about: ABOUT.stalls,
    rank: 2,
    cell: ({ stat }, paint, raw) => hurts(stat.stall_count, raw, paint),
  },
  {
    title: 'P99',
    about: ABOUT.p99,
    rank: 4,
    cell: ({ stat }, _, raw) =>
      raw ? `${stat.stall_p99_ns}` : stat.stall_count === 0 ? '-' : duration(stat.stall_p99_ns),
  },
  {
    title: 'RECLAIMER',
    about: ABOUT.reclaimer,
    rank: 3,
    cell: ({ stat }, paint) =>
      stat.bg_state === 'spinning' ? paint.bad('spinning') : stat.bg_state.replace('none', '-'),
  },
  {
    title: 'CPU',
    about: ABOUT.cpu,
    rank: 5,
    cell: ({ stat }, paint, raw, cpu) =>
      raw ? `${stat.bg_cpu_ns}` : stat.bg_state === 'none' ? '-' : paint.background(percent(cpu, '')),
  },
  {
    title: 'RECLAIMED',
    about: 'what was reclaimed, by whomever',
    rank: 7,
    cell: ({ stat }, _, raw) => {
      const reclaimed = (stat.bg_reclaimed + stat.direct_reclaimed) * PAGE_SIZE;
      return raw ? `${reclaimed}` : size(reclaimed);
    },
  },
  {
    title: 'REFAULTS',
    about: ABOUT.refaults,
    rank: names.first === 'refaults' ? 1 : 8,
    cell: ({ stat }, _, raw) => total(stat.refaults, raw),
  },
  {
    title: 'OOM',
    about: ABOUT.oom,
    rank: 9,
    cell: ({ stat }, paint, raw) => hurts(stat.oom_kills, raw, paint),
  },
];

/** The columns, in their order, and what each shows. */
export const statColumns = (): (readonly [title: string, about: string])[] =>
  [NAMES, ...columnsOf(figureNamesIn(DEFAULT_OPTIONS))].map(({ title, about }) => [title, about]);

/** `cpuOf`: the reclaimer's share of one CPU. */
export function statTable(
  rows: readonly CgroupRow[],
  cpuOf: (row: CgroupRow) => number,
  look: StatLook,
  kernel: KernelVersion = DEFAULT_OPTIONS.kernel,
): string {
  const paint = palette(look.color);
  const columns = [{ ...NAMES, rank: -1 }, ...columnsOf(figureNamesIn({ kernel }))].map((column) => {
    const cells = rows.map((row) => column.cell(row, paint, look.raw, cpuOf(row)));
    const texts = look.header ? [column.title, ...cells] : cells;
    const width = Math.max(...texts.map(widthOf));
    return { rank: column.rank, width, lines: texts.map((text) => padded(text, width, column.rank < 0)) };
  });
  const kept = fitting(columns, look.width + GAP.length);
  const height = rows.length + (look.header ? 1 : 0);
  const lines = Array.from({ length: height }, (_, i) =>
    kept
      .map((column) => column.lines[i])
      .join(GAP)
      .trimEnd(),
  );
  if (look.header) lines[0] = paint.title(lines[0]);
  return lines.map((line) => `${line}\n`).join('');
}

const NAMES: Omit<Column, 'rank'> = {
  title: 'CGROUP',
  about: ABOUT.cgroup,
  cell: ({ path }) => visible(shown(path)),
};

function padded(text: string, width: number, left: boolean): string {
  const blanks = ' '.repeat(width - widthOf(text));
  return left ? text + blanks : blanks + text;
}

/** Those of the columns that have room, in their order. */
function fitting<C extends { readonly rank: number; readonly width: number }>(
  columns: readonly C[],
  room: number,
): readonly C[] {
  const kept = new Set<C>();
  let left = room;
  for (const column of [...columns].sort((a, b) => a.rank - b.rank)) {
    left -= GAP.length + column.width;
    if (left < 0 && column.rank > 0) break;
    kept.add(column);
  }
  return columns.filter((column) => kept.has(column));
}

export interface StatJson extends Clock {
  cgroups: CgroupJson[];
}

/** For programs. */
export const statJson = ({ cgroups, kernel, virtual_ns, speed, paused }: Inspected): StatJson => ({
  virtual_ns,
  speed,
  paused,
  cgroups: cgroups.map((row) => ({ path: row.path, ...cgroupJson(row, kernel) })),
});
