import { count, duration, pageSize } from '../../kernel/numbers.ts';
import type { Pages } from '../../kernel/units.ts';
import type { FigureNames } from '../../machine/machine.ts';
import { countOf, cpuShare } from '../cgroup-table.ts';
import { MARKS, markOf, titleOf } from '../marks.ts';
import { type Cell, type Row, reclaimerOfAll, type Shown } from '../picture/shown.ts';
import { namesOf } from '../policy-runs.ts';
import { known } from '../rereads.ts';
import { escaped } from '../svg/text.ts';

interface Column {
  readonly title: string;
  readonly text: (cell: Cell) => string;
  /** More than 0 is bad. */
  readonly bad?: (cell: Cell) => number;
  /** Left out when no cell has any. */
  readonly when?: (cell: Cell) => number;
}

const shownSize = (value: Pages | null): string => (value === null ? 'unset' : pageSize(value));
const time = (ns: number): string => (ns > 0 ? duration(ns) : 'none');

const columnsOf = (names: FigureNames): readonly Column[] => [
  ...MARKS.map(
    (mark): Column => ({
      title: titleOf(mark, names),
      text: ({ cgroup }) => shownSize(markOf(cgroup.usage, mark)),
    }),
  ),
  { title: `${names.peak.title} usage`, text: ({ cgroup }) => shownSize(cgroup.usage.max) },
  ...names.counts.map(
    (each): Column => ({
      title: `${each.noun}s`,
      text: ({ cgroup }) => count(countOf(cgroup, each)),
      bad: ({ cgroup }) => countOf(cgroup, each),
    }),
  ),
  {
    title: 'stalls',
    text: ({ cgroup }) => count(cgroup.stat.stall_count),
    bad: ({ cgroup }) => cgroup.stat.stall_count,
  },
  {
    title: 'stall p99',
    text: ({ cgroup }) => time(cgroup.stat.stall_p99_ns),
    bad: ({ cgroup }) => cgroup.stat.stall_p99_ns,
  },
  {
    title: 'OOM kills',
    text: ({ cgroup }) => count(cgroup.stat.oom_kills),
    bad: ({ cgroup }) => cgroup.stat.oom_kills,
    when: ({ cgroup }) => cgroup.stat.oom_kills,
  },
  {
    title: 'CPU',
    text: ({ cgroup, shown: { run } }) =>
      cgroup.stat.bg_cpu_ns > 0
        ? `${duration(cgroup.stat.bg_cpu_ns)} (${cpuShare(cgroup.stat, run)})`
        : 'none',
  },
  {
    title: 'refaults',
    text: ({ cgroup }) => known(cgroup.stat.refaults),
    when: ({ cgroup }) => cgroup.stat.refaults ?? 1,
  },
];

/** The numbers of every cgroup in every run, a line each. */
export function resultTable(shown: Shown, rows: readonly Row[], runId: (run: number) => string): string {
  const cells = rows.flatMap((row) => row.cells.filter((cell) => cell !== null));
  const columns = columnsOf(namesOf(shown.runs[0].run)).filter(
    ({ when }) => when === undefined || cells.some((cell) => when(cell) > 0),
  );
  const several = shown.runs.length > 1;
  const names = ['cgroup', ...(several ? ['run'] : [])];
  const head = [
    ...names.map((title) => `<th scope="col" class="name">${title}</th>`),
    ...columns.map(
      ({ title }) => `<th scope="col">${title === 'CPU' ? `${reclaimerOfAll(shown)} CPU` : title}</th>`,
    ),
  ];
  const body = rows.flatMap(({ path, cells: ofRow }) =>
    ofRow.flatMap((cell, run) => {
      if (cell === null) return [];
      const values = columns.map(
        ({ text, bad }) =>
          `<td${bad !== undefined && bad(cell) > 0 ? ' class="fact-bad"' : ''}>${text(cell)}</td>`,
      );
      const name = several ? `<th scope="row">${escaped(cell.shown.name)}</th>` : '';
      return [
        `<tr data-run="${runId(run)}"><th scope="row">${escaped(path)}</th>${name}${values.join('')}</tr>`,
      ];
    }),
  );
  return `<div class="table" tabindex="0" role="region" aria-label="figures of ${escaped(shown.script)}"><table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
}
