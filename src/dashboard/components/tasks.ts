import { duration, size } from '../../kernel/numbers.ts';
import { bytesOf } from '../../kernel/units.ts';
import type { TaskView } from '../../machine/machine.ts';
import { rowOf } from '../draw/spans.ts';
import { fill, fillStart, safe, widthOf } from '../draw/text.ts';
import type { Theme } from '../theme.ts';

const STATES: Readonly<Record<TaskView['state'], string>> = {
  R: 'running',
  S: 'asleep',
  D: 'waiting',
  T: 'stopped',
  X: 'gone',
};

interface Column {
  readonly title: string;
  readonly width: number;
  readonly left?: boolean;
  readonly text: (task: TaskView) => string;
}

/** By importance; the first are kept on a narrow screen. */
const COLUMNS: readonly Column[] = [
  { title: 'name', width: 12, left: true, text: ({ name }) => name },
  { title: 'state', width: 8, left: true, text: (task) => (task.killed ? 'killed' : STATES[task.state]) },
  { title: 'CPU', width: 9, text: ({ cpu_ns }) => duration(cpu_ns) },
  { title: 'stalled', width: 9, text: ({ stall_ns }) => (stall_ns === 0 ? '-' : duration(stall_ns)) },
  { title: 'nice', width: 4, text: ({ nice }) => `${nice}` },
  { title: 'anon', width: 7, text: ({ anon_pages }) => size(bytesOf(anon_pages)) },
  { title: 'mapped', width: 7, text: ({ mapped_pages }) => size(bytesOf(mapped_pages)) },
  { title: 'pid', width: 8, text: ({ pid }) => `${pid}` },
  { title: 'does', width: 12, left: true, text: doing },
];

function doing({ kind, name, behaviour }: TaskView): string {
  if (kind !== 'kthread') return behaviour ?? '-';
  return name === 'pdflush' ? 'writes dirty pages' : 'background reclaim';
}

/** Tasks and the reclaimer of the cgroup, below a heading. */
export function tasks(views: readonly TaskView[], columns: number, theme: Theme): string[] {
  if (views.length === 0) return [rowOf([[' no tasks and no reclaimer here', theme.label]], columns)];
  const shown: Column[] = [];
  let room = columns - 1;
  for (const column of COLUMNS) {
    if (column.width + 2 > room) break;
    shown.push(column);
    room -= column.width + 2;
  }
  // What is left over goes to the names, then to what they do.
  const longest = Math.max(...views.map(({ name }) => widthOf(safe(name))));
  const name = Math.max(0, Math.min(room, longest - COLUMNS[0].width));
  const extra = (column: Column): number =>
    column === COLUMNS[0] ? name : column === COLUMNS.at(-1) ? Math.max(0, room - name) : 0;
  const cell = (column: Column, text: string): string => {
    const width = column.width + extra(column);
    return column.left === true ? fill(safe(text), width) : fillStart(safe(text), width);
  };
  const heading = rowOf(
    [[` ${shown.map((column) => cell(column, column.title)).join('  ')}`, theme.label]],
    columns,
  );
  const lines = views.map((view) => {
    const paint = view.state === 'X' ? theme.label : view.kind === 'kthread' ? theme.background : null;
    const stalled = view.stall_ns > 0 ? theme.bad : paint;
    return rowOf(
      [
        ' ',
        ...shown.map(
          (column) =>
            [`${cell(column, column.text(view))}  `, column.title === 'stalled' ? stalled : paint] as const,
        ),
      ],
      columns,
    );
  });
  return [heading, ...lines];
}
