import { seconds as exactSeconds } from '../kernel/numbers.ts';
import { PAGE_SIZE } from '../kernel/units.ts';
import { visibleLines } from '../kernel/visible.ts';
import { MARKS, markOf } from './marks.ts';
import { type Tally, tallies } from './picture/intervals.ts';
import { type Cell, rowsOf, type Shown, stallsOf } from './picture/shown.ts';
import { areNewer } from './policy-runs.ts';
import { totalIn } from './pressure.ts';

/** A metric family of OpenMetrics 1.0. */
interface Family {
  /** Without `_total`; ends in the unit, if it has one. */
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'histogram';
  readonly unit: '' | 'bytes' | 'seconds';
  readonly help: string;
  /** Its lines for one cgroup of one run; `labels` stand between braces. */
  readonly lines: (cell: Cell, labels: string) => string[];
  /** Left out where it has no lines. */
  readonly optional?: true;
}

/**
 * All the runs in the text format of OpenMetrics 1.0. Timestamps are virtual time, in seconds since the machine
 * booted: what stores metrics takes them for the first hours of 1970.
 */
export function renderOpenMetrics(all: readonly Shown[]): string {
  const subjects = all.flatMap((shown) =>
    rowsOf(shown).flatMap(({ cells }) =>
      cells.flatMap((cell) => (cell === null ? [] : [{ cell, labels: labelsOf(shown.script, cell) }])),
    ),
  );
  const newer = areNewer(all);
  const families = familiesOf(
    newer ? 'reclaimer' : 'memcontd',
    newer ? 'max_events' : 'limit_failures',
  ).flatMap(({ name, type, unit, help, lines, optional }) => {
    const all = subjects.flatMap(({ cell, labels }) => lines(cell, labels));
    if (optional && all.length === 0) return [];
    return [
      `# TYPE ${name} ${type}`,
      ...(unit === '' ? [] : [`# UNIT ${name} ${unit}`]),
      `# HELP ${name} ${help}`,
      ...all,
    ];
  });
  return `${[...families, '# EOF'].join('\n')}\n`;
}

/** `reclaimer`, `failures`: what the kernel calls who reclaims, and charges that met the limit. */
const familiesOf = (reclaimer: string, failures: string): readonly Family[] => [
  {
    name: 'memcg_usage_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Memory charged to the cgroup.',
    lines: ({ cgroup }, labels) =>
      cgroup.history.samples.map(
        ({ time, last }) => `memcg_usage_bytes{${labels}} ${last * PAGE_SIZE} ${seconds(time)}`,
      ),
  },
  {
    name: 'memcg_mark_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'The limit and the watermarks; one that is not set is left out.',
    lines: ({ cgroup: { history } }, labels) =>
      MARKS.flatMap((mark) =>
        history.marks.flatMap((at) => {
          const value = markOf(at, mark);
          const line = `memcg_mark_bytes{${labels},mark="${mark.name}"}`;
          return value === null ? [] : [`${line} ${value * PAGE_SIZE} ${seconds(at.time)}`];
        }),
      ),
  },
  counter(`memcg_${failures}`, '', 'Charges that met the limit.', ({ timeline, cgroup }) =>
    tallies(cgroup.history.samples, timeline?.failures ?? []).map(({ times }) => times),
  ),
  counter('memcg_stalled_seconds', 'seconds', 'Time that charges waited for room.', (cell) =>
    busy(tallies(cell.cgroup.history.samples, stallsOf(cell))),
  ),
  counter(`memcg_${reclaimer}_awake_seconds`, 'seconds', 'Time that the reclaimer was not asleep.', (cell) =>
    busy(tallies(cell.cgroup.history.samples, cell.timeline?.awake ?? [])),
  ),
  final(`memcg_${reclaimer}_cpu_seconds`, 'seconds', 'CPU time of the reclaimer.', (stat) =>
    seconds(stat.bg_cpu_ns),
  ),
  final(`memcg_${reclaimer}_passes`, '', 'Passes of the reclaimer.', (stat) => stat.bg_passes),
  final('memcg_direct_passes', '', 'Passes of tasks that met the limit.', (stat) => stat.direct_passes),
  final(
    'memcg_refaults',
    '',
    'Pages that were read again after they were reclaimed.',
    (stat) => stat.refaults,
  ),
  {
    name: 'memcg_rereads_unknown',
    type: 'gauge',
    unit: '',
    help: 'Nobody knows what was read again: there is no memcg_refaults of it.',
    lines: ({ cgroup, shown: { run } }, labels) =>
      cgroup.stat.refaults === null ? [`memcg_rereads_unknown{${labels}} 1 ${seconds(run.virtualNs)}`] : [],
    optional: true,
  },
  {
    name: 'memcg_pressure_seconds',
    type: 'counter',
    unit: 'seconds',
    help: 'Time in which some task, or all, were held up for want of memory (memory.pressure).',
    lines: ({ cgroup: { files }, shown: { run } }, labels) =>
      (['some', 'full'] as const).flatMap((kind) => {
        const total = totalIn(files['memory.pressure'], kind);
        const line = `memcg_pressure_seconds_total{${labels},kind="${kind}"}`;
        return total === null ? [] : [`${line} ${seconds(total * 1000)} ${seconds(run.virtualNs)}`];
      }),
    optional: true,
  },
  final('memcg_oom_kills', '', 'Tasks that the OOM killer chose.', (stat) => stat.oom_kills),
  {
    name: 'memcg_stall_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'How long charges waited for room.',
    lines: stallHistogram,
  },
];

/** Counts up over the samples: a line for the first, the last, and wherever it changed. `per`: what each adds. */
function counter(name: string, unit: Family['unit'], help: string, per: (cell: Cell) => number[]): Family {
  const lines = (cell: Cell, labels: string): string[] => {
    const { samples } = cell.cgroup.history;
    let sum = 0;
    return per(cell).flatMap((more, i) => {
      sum += more;
      if (more === 0 && i > 0 && i < samples.length - 1) return [];
      const value = unit === 'seconds' ? seconds(sum) : sum;
      return [`${name}_total{${labels}} ${value} ${seconds(samples[i].time)}`];
    });
  };
  return { name, type: 'counter', unit, help, lines };
}

/** A counter that is known at the end of the run; no line for one that is unknown (null). */
function final(
  name: string,
  unit: Family['unit'],
  help: string,
  read: (stat: Cell['cgroup']['stat']) => number | string | null,
): Family {
  const lines = ({ cgroup, shown: { run } }: Cell, labels: string): string[] => {
    const value = read(cgroup.stat);
    return value === null ? [] : [`${name}_total{${labels}} ${value} ${seconds(run.virtualNs)}`];
  };
  return { name, type: 'counter', unit, help, lines };
}

const busy = (all: readonly Tally[]): number[] => all.map((each) => each.busy);

function stallHistogram({ cgroup, shown: { run }, timeline }: Cell, labels: string): string[] {
  const time = seconds(run.virtualNs);
  let sum = 0;
  const bins = (timeline?.stalls ?? []).map(({ upto, count }) => {
    sum += count;
    return `memcg_stall_seconds_bucket{${labels},le="${seconds(upto)}"} ${sum} ${time}`;
  });
  const total = timeline === null ? cgroup.stat.stall_count : sum;
  return [
    ...bins,
    `memcg_stall_seconds_bucket{${labels},le="+Inf"} ${total} ${time}`,
    `memcg_stall_seconds_count{${labels}} ${total} ${time}`,
    `memcg_stall_seconds_sum{${labels}} ${seconds(cgroup.stat.stall_total_ns)} ${time}`,
  ];
}

const labelsOf = (script: string, { cgroup, shown }: Cell): string =>
  Object.entries({ script, ...(shown.name !== '' && { run: shown.name }), cgroup: cgroup.path })
    .map(([name, value]) => `${name}="${quoted(value)}"`)
    .join(',');

const quoted = (text: string): string =>
  visibleLines(text).replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));

/** To the nanosecond; a number of OpenMetrics that is no count has a point. */
function seconds(time: number): string {
  const exact = exactSeconds(time);
  return exact.includes('.') ? exact : `${exact}.0`;
}
