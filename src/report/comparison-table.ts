import { count, duration, durations, pageSize, size } from '../kernel/numbers.ts';
import { bytesOf, type Pages } from '../kernel/units.ts';
import type { CgroupResult, RunResult } from '../script/result.ts';
import { commonUnit, cpuShare, limitFailures } from './cgroup-table.ts';
import { fewer, less, shorter } from './difference.ts';
import { type Look, type Palette, palette } from './look.ts';
import { MARKS, type Mark, markOf } from './marks.ts';
import { reclaimerOf } from './policy-runs.ts';
import { type Row, table } from './table.ts';

/** A cgroup as the run with the reclaimer and the run without it left it; null where a run never had it. */
export interface Pair {
  readonly path: string;
  readonly on: CgroupResult | null;
  readonly off: CgroupResult | null;
}

const ABSENT = '-';
/** Below this width the columns' full titles would push the numbers out. */
const WIDE = 48;
/** Room for `memcontd passes` and six figures: all the tables of a comparison line up. */
const LEAST = { label: 15, cell: 9 };

/** One cgroup's numbers of the two runs side by side, and what changed in words. */
export function comparisonTable(pair: Pair, on: RunResult, look: Look): string[] {
  const paint = palette(look.color);
  const rows = [...events(pair, paint), ...costs(pair, on, paint), ...sizes(pair, paint)];
  return table(header(on, look), rows, look.width, LEAST);
}

/** How long the two runs took. */
export function timesTable(on: RunResult, off: RunResult, look: Look): string[] {
  const { label } = palette(look.color);
  const virtual = durations([on.virtualNs, off.virtualNs]);
  const real = [on, off].map((run) => duration(run.realMs * 1e6));
  const rows = [
    { label: label('virtual time'), cells: virtual, note: shorter(on.virtualNs, off.virtualNs) },
    { label: label('real time'), cells: real },
  ];
  return table(header(on, look), rows, look.width, LEAST);
}

const header = (on: RunResult, look: Look): string[] => [
  palette(look.color).background(look.width < WIDE ? 'with' : `with ${reclaimerOf(on)}`),
  'without',
];

/** The marks, when they ended the same in both runs, as words beside the name; else they are rows. */
export function sharedMarks(pair: Pair): string {
  if (!marksAgree(pair)) return '';
  const { on, off } = pair;
  const texts = MARKS.flatMap((mark) => {
    const value = markOf((on ?? off)?.usage, mark);
    return value === null ? [] : [`${mark.title} ${pageSize(value)}`];
  });
  return texts.join(', ');
}

const marksAgree = ({ on, off }: Pair): boolean =>
  on === null || off === null || MARKS.every((mark) => markOf(on.usage, mark) === markOf(off.usage, mark));

type Read = (cgroup: CgroupResult) => number;
const of = (cgroup: CgroupResult | null, read: Read): number => (cgroup === null ? 0 : read(cgroup));

function events(pair: Pair, paint: Palette): Row[] {
  const { on, off } = pair;
  const row = (label: string, read: Read): Row => {
    const cell = (cgroup: CgroupResult | null): string => {
      if (cgroup === null) return ABSENT;
      const value = read(cgroup);
      return value > 0 ? paint.bad(count(value)) : '0';
    };
    const note = on && off ? fewer(read(on), read(off)) : '';
    return { label: paint.label(label), cells: [cell(on), cell(off)], note };
  };
  const kills: Read = (cgroup) => cgroup.stat.oom_kills;
  return [
    row('limit failures', limitFailures),
    row('stalls', (cgroup) => cgroup.stat.stall_count),
    ...stallTimes(pair, paint),
    ...(of(on, kills) + of(off, kills) > 0 ? [row('OOM kills', kills)] : []),
  ];
}

/** One unit for all of them, so that the columns can be read against each other. */
function stallTimes({ on, off }: Pair, paint: Palette): Row[] {
  if (of(on, (cgroup) => cgroup.stat.stall_count) + of(off, (cgroup) => cgroup.stat.stall_count) === 0)
    return [];
  const reads: readonly (readonly [string, Read])[] = [
    ['  p50', (cgroup) => cgroup.stat.stall_p50_ns],
    ['  p99', (cgroup) => cgroup.stat.stall_p99_ns],
    ['  max', (cgroup) => cgroup.stat.stall_max_ns],
  ];
  const texts = durations(reads.flatMap(([, read]) => [of(on, read), of(off, read)]));
  const cell = (cgroup: CgroupResult | null, text: string): string => {
    if (cgroup === null) return ABSENT;
    return cgroup.stat.stall_count > 0 ? paint.bad(text) : 'none';
  };
  return reads.map(([label, read], i) => ({
    label: paint.label(label),
    cells: [cell(on, texts[2 * i]), cell(off, texts[2 * i + 1])],
    note: shorter(of(on, read), of(off, read)),
  }));
}

/** What each kind of reclaim did; lines where neither run did anything are left out. */
function costs({ on, off }: Pair, run: RunResult, paint: Palette): Row[] {
  const row = (label: string, read: Read): Row[] => {
    if (of(on, read) + of(off, read) === 0) return [];
    const cells = [on, off].map((cgroup) => (cgroup === null ? ABSENT : count(read(cgroup))));
    return [{ label: paint.label(label), cells, note: on && off ? fewer(read(on), read(off)) : '' }];
  };
  const background = (label: string, read: Read, text: (n: number) => string = count): Row[] => {
    const cells = [on, off].map((cgroup) =>
      cgroup === null ? ABSENT : paint.background(text(read(cgroup))),
    );
    return of(on, read) + of(off, read) === 0 ? [] : [{ label: paint.label(label), cells }];
  };
  const cpu = background('  CPU time', (cgroup) => cgroup.stat.bg_cpu_ns, duration);
  return [
    ...row('direct passes', (cgroup) => cgroup.stat.direct_passes),
    ...row('  scanned', (cgroup) => cgroup.stat.direct_scanned),
    ...row('  reclaimed', (cgroup) => cgroup.stat.direct_reclaimed),
    ...background(`${reclaimerOf(run)} passes`, (cgroup) => cgroup.stat.bg_passes),
    ...background('  scanned', (cgroup) => cgroup.stat.bg_scanned),
    ...background('  reclaimed', (cgroup) => cgroup.stat.bg_reclaimed),
    ...cpu.map((each) => (on ? { ...each, note: `${cpuShare(on.stat, run)} of one CPU` } : each)),
    ...row('refaults', (cgroup) => cgroup.stat.refaults),
    ...row('written', (cgroup) => cgroup.stat.writeback_pages),
    ...row('swap out', (cgroup) => cgroup.stat.swap_out),
    ...row('swap in', (cgroup) => cgroup.stat.swap_in),
  ];
}

/** Usage at the end and at its highest, and the marks if the runs left them different. */
function sizes(pair: Pair, paint: Palette): Row[] {
  const { on, off } = pair;
  type Values = readonly (Pages | null)[];
  const column = (read: (cgroup: CgroupResult) => Pages | null): Values =>
    [on, off].map((cgroup) => cgroup && read(cgroup));
  const usage = column((cgroup) => cgroup.usage.usage);
  const max = column((cgroup) => cgroup.usage.max);
  const valuesOf = (mark: Mark): Values => column((cgroup) => markOf(cgroup.usage, mark));
  const marks = marksAgree(pair)
    ? []
    : MARKS.filter((mark) => valuesOf(mark).some((value) => value !== null));
  const shown = [...usage, ...max, ...marks.flatMap(valuesOf)].filter((value) => value !== null);
  const unit = commonUnit(shown);
  const texts = (values: Values): string[] =>
    values.map((value) => (value === null ? ABSENT : size(bytesOf(value), unit)));
  return [
    { label: paint.label('usage at end'), cells: texts(usage) },
    {
      label: paint.label('max'),
      cells: texts(max),
      note: on && off ? less(on.usage.max, off.usage.max) : '',
    },
    ...marks.map((mark) => ({
      label: paint.label(mark.title),
      cells: texts(valuesOf(mark)).map(paint.mark),
    })),
  ];
}
