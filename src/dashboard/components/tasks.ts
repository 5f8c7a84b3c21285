import { duration, pageSize } from '../../kernel/numbers.ts';
import type { TaskView } from '../../machine/machine.ts';
import { widthOf } from '../../report/width.ts';
import type { Row } from '../draw/spans.ts';
import { fill, fillStart, safe } from '../draw/text.ts';

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
  { title: 'anon', width: 7, text: ({ anon_pages }) => pageSize(anon_pages) },
  { title: 'mapped', width: 7, text: ({ mapped_pages }) => pageSize(mapped_pages) },
  { title: 'pid', width: 8, text: ({ pid }) => `${pid}` },
  { title: 'does', width: 12, left: true, text: doing },
];

function doing({ kind, name, behaviour }: TaskView): string {
  if (kind !== 'kthread') return behaviour ?? '-';
  return name === 'pdflush' ? 'writes dirty pages' : 'background reclaim';
}

/** Tasks and the reclaimer of the cgroup, below a heading. */
export function tasks(views: readonly TaskView[], columns: number): Row[] {
  if (views.length === 0) return [[[' no tasks and no reclaimer here', 'label']]];
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
  const heading: Row = [[` ${shown.map((column) => cell(column, column.title)).join('  ')}`, 'label']];
  const lines = views.map((view): Row => {
    const look = view.state === 'X' ? 'label' : view.kind === 'kthread' ? 'background' : null;
    const stalled = view.stall_ns > 0 ? 'bad' : look;
    return [
      ' ',
      ...shown.map(
        (column) =>
          [`${cell(column, column.text(view))}  `, column.title === 'stalled' ? stalled : look] as const,
      ),
    ];
  });
  return [heading, ...lines];
}
