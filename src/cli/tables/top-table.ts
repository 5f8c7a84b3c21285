import type { CgroupRow, Snapshot } from '../../dashboard/stage/stage.ts';
import { count, pageSize, percent, shortDuration, size } from '../../kernel/numbers.ts';
import { bytesOf, isSet, PAGE_SIZE, type Pages } from '../../kernel/units.ts';
import { visible } from '../../kernel/visible.ts';
import { DEFAULT_OPTIONS, type FigureNames, figureNamesIn, type ReclaimStat } from '../../machine/machine.ts';
import type { HealthWord } from '../../report/health.ts';
import { known } from '../../report/rereads.ts';
import { widthOf } from '../../report/width.ts';
import { shown } from '../../script/paths.ts';
import { ABOUT, cgroupJson } from './cgroup-rows.ts';

/** What `memcg top -b` prints at each interval: a line a cgroup, as programs that read columns like it. */

interface Column {
  readonly title: string;
  readonly about: string;
  readonly right: boolean;
  readonly cell: (row: CgroupRow, raw: boolean, time: number) => string;
}

const mark = (pages: Pages, raw: boolean): string =>
  raw && isSet(pages) ? `${bytesOf(pages)}` : pageSize(pages);
const number = (value: number | null, raw: boolean): string =>
  known(value, (n) => (raw ? `${Math.round(n)}` : count(Math.round(n))));
const rate = (pages: number, raw: boolean): string =>
  raw ? `${Math.round(pages * PAGE_SIZE)}` : size(Math.round(pages) * PAGE_SIZE);
const right = (title: string, about: string, cell: Column['cell']): Column => ({
  title,
  about,
  right: true,
  cell,
});

const MARKS = ['low', 'high', 'limit'] as const;

const columnsOf = (names: FigureNames): readonly Column[] => [
  right('TIME', 'of the machine, s', (_, raw, time) => (raw ? `${time}` : (time / 1e9).toFixed(3))),
  { title: 'CGROUP', about: ABOUT.cgroup, right: false, cell: ({ path }) => visible(shown(path)) },
  right('USAGE', ABOUT.usage, ({ usage }, raw) => mark(usage.usage, raw)),
  ...MARKS.flatMap((each) => {
    const title = names[each]?.name.toUpperCase();
    return title === undefined ? [] : [right(title, ABOUT[each], ({ usage }, raw) => mark(usage[each], raw))];
  }),
  right('RECLAIMER', ABOUT.reclaimer, ({ stat }) => stat.bg_state),
  right('CPU', ABOUT.cpu, ({ rates }, raw) =>
    raw ? rates.reclaimerCpu.toFixed(4) : percent(rates.reclaimerCpu, ''),
  ),
  right('BG/S', 'reclaimed in the background, a second', ({ rates }, raw) => rate(rates.background, raw)),
  right('DIRECT/S', 'reclaimed by tasks that met a mark, a second', ({ rates }, raw) =>
    rate(rates.direct, raw),
  ),
  right('STALLS', ABOUT.stalls, ({ stat }, raw) => number(stat.stall_count, raw)),
  right('P99', ABOUT.p99, ({ stat }, raw) =>
    raw ? `${stat.stall_p99_ns}` : stat.stall_count === 0 ? '-' : shortDuration(stat.stall_p99_ns),
  ),
  right(names.counts[0].column.toUpperCase(), ABOUT.failures, ({ failcnt }, raw) => number(failcnt, raw)),
  right('REFAULTS', ABOUT.refaults, ({ stat }, raw) => number(stat.refaults, raw)),
  right('OOM', ABOUT.oom, ({ stat }, raw) => number(stat.oom_kills, raw)),
  {
    title: 'HEALTH',
    about: 'whether it is fine, in a word',
    right: false,
    cell: ({ health }) => health.word,
  },
];

/** The columns, in their order, and what each shows. */
export const topColumns = (): (readonly [title: string, about: string])[] =>
  columnsOf(figureNamesIn(DEFAULT_OPTIONS)).map(({ title, about }) => [title, about]);

/** `header`: with the columns' names; `raw`: bytes and nanoseconds, exact. */
export function topTable(
  { cgroups, time }: Snapshot,
  { header, raw }: { readonly header: boolean; readonly raw: boolean },
): string {
  const columns = columnsOf(figureNamesIn({ kernel: cgroups[0]?.kernel })).map(
    ({ title, right: end, cell }) => {
      const cells = cgroups.map((row) => cell(row, raw, time));
      const texts = header ? [title, ...cells] : cells;
      const width = Math.max(...texts.map(widthOf));
      return texts.map((text) => {
        const blanks = ' '.repeat(width - widthOf(text));
        return end ? blanks + text : text + blanks;
      });
    },
  );
  return columns[0]
    .map(
      (_, i) =>
        `${columns
          .map((column) => column[i])
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

export interface TopJson {
  virtual_ns: number;
  cgroups: TopCgroupJson[];
}

/** As in StatJson, and how it fares. */
interface TopCgroupJson extends ReclaimStat {
  /** Absolute. */
  path: string;
  health: HealthWord;
  reason: string;
  /** What to try, as it is typed; empty: nothing. */
  advice: string;
  state: CgroupRow['state'];
  per_second: RatesJson;
  [file: string]: number | string | null | RatesJson;
}

/** Pages and counts a virtual second; `bg_cpu` and `stalled` are shares of it. */
interface RatesJson {
  charged: number;
  bg_reclaimed: number;
  direct_reclaimed: number;
  /** null: unknown. */
  refaults: number | null;
  stalls: number;
  failures: number;
  bg_cpu: number;
  stalled: number;
}

/** The same for programs, in one line: bytes, counts, nanoseconds, and rates per virtual second. */
export function topJson({ cgroups, time }: Snapshot): string {
  const rows = cgroups.map(({ path, kernel, usage, failcnt, state, stat, rates, health }) => ({
    path,
    health: health.word,
    reason: health.reason,
    advice: health.advice,
    state,
    ...cgroupJson({ usage, failcnt, stat }, kernel),
    per_second: {
      charged: rates.charged,
      bg_reclaimed: rates.background,
      direct_reclaimed: rates.direct,
      refaults: rates.refaults,
      stalls: rates.stalls,
      failures: rates.failures,
      bg_cpu: rates.reclaimerCpu,
      stalled: rates.stalled,
    },
  }));
  const json: TopJson = { virtual_ns: time, cgroups: rows };
  return `${JSON.stringify(json)}\n`;
}
