import { pages } from '../kernel/units.ts';
import { textOf } from './answers.ts';
import { CHILD, type Desk, type Found } from './desk.ts';
import type { RecordedLine } from './kind.ts';

/** What the recorder did that needs tasks and memory. */

type Case = (desk: Desk) => Found;

const HELPER = 'helper';

/** A task in the cgroup while `use` lasts. */
function withTask<T>(desk: Desk, cgroup: string, use: () => T): T {
  const { operator } = desk;
  operator.do({ op: 'spawn', task: HELPER, cgroup });
  const value = use();
  operator.do({ op: 'kill', task: HELPER, signal: 'KILL' });
  return value;
}

const usage = (desk: Desk, cgroup: string): number =>
  Number(desk.operator.value(`${cgroup}/memory.usage_in_bytes`));
const cachedKb = (desk: Desk): number => desk.operator.front.cached() * 4;
const BIG_FILE = 'big';
const BIG = 32;

/** A new task of the cgroup reads the big file, which may be in the page cache still. */
function rereadBigFile(desk: Desk, cgroup: string): void {
  withTask(desk, cgroup, () => desk.operator.readAgain(HELPER, BIG_FILE, pages(BIG * 256)));
}

function setMarks(desk: Desk, cgroup: string, low: string, high: string, limit: string): Found {
  desk.writeTo(`${cgroup}/memory.low_wmark_in_bytes`, low);
  desk.writeTo(`${cgroup}/memory.high_wmark_in_bytes`, high);
  return desk.writeTo(`${cgroup}/memory.limit_in_bytes`, limit);
}

export const TASKS: Readonly<Record<string, Case>> = {
  'rmdir with stopped task': (desk) =>
    desk.with(['/x'], () =>
      withTask(desk, '/x', () => {
        desk.operator.do({ op: 'kill', task: HELPER, signal: 'STOP' });
        return desk.answer(desk.rmdir('/x'));
      }),
    ),
  'rmdir with unreaped zombie only': (desk) => {
    desk.root.mkdir('/x');
    withTask(desk, '/x', () => {});
    return desk.answer(desk.rmdir('/x'));
  },
  'tasks content with 1 task': (desk) =>
    withTask(desk, CHILD, () => {
      const text = desk.text(`${CHILD}/tasks`);
      const { pid } = desk.operator.front.tasks().find(({ name }) => name === HELPER) ?? {};
      return { is_pid_newline: text === `${pid}\n` ? 1 : 0, len: text.length };
    }),
  'tasks content with unreaped zombie': (desk) => {
    withTask(desk, CHILD, () => {});
    return { len: desk.text(`${CHILD}/tasks`).length };
  },
};

export const MEMORY: Readonly<Record<string, Case>> = {
  'force_empty vs page cache (32MiB file)': (desk) =>
    desk.with(['/fe'], () => {
      const before = cachedKb(desk);
      desk.operator.readFile(HELPER, '/fe', BIG_FILE, BIG);
      const read = { cached_kb_after_read: cachedKb(desk), usage_after_read: usage(desk, '/fe') };
      const answer = desk.writeTo('/fe/memory.force_empty', '1');
      const emptied = {
        cached_kb_after_force_empty: cachedKb(desk),
        usage_after_force_empty: usage(desk, '/fe'),
      };
      rereadBigFile(desk, '/fe');
      const again = { usage_after_rereading_same_file: usage(desk, '/fe') };
      desk.operator.do({ op: 'drop', file: null });
      return { ...answer, cached_kb_before: before, ...read, ...emptied, ...again };
    }),
  'rmdir vs page cache (32MiB file)': (desk) => {
    desk.root.mkdir('/fe');
    const before = cachedKb(desk);
    desk.operator.readFile(HELPER, '/fe', BIG_FILE, BIG);
    const read = cachedKb(desk);
    const answer = desk.answer(desk.rmdir('/fe'));
    const removed = cachedKb(desk);
    const again = desk.with(['/fe'], () => {
      rereadBigFile(desk, '/fe');
      return usage(desk, '/fe');
    });
    desk.operator.do({ op: 'drop', file: null });
    return {
      ...answer,
      cached_kb_before: before,
      cached_kb_after_read: read,
      cached_kb_after_rmdir: removed,
      usage_of_new_cgroup_after_rereading: again,
    };
  },
  'moving a task does not move its charges': (desk) => {
    for (const path of ['/old', '/new']) desk.root.mkdir(path);
    const moved = withTask(desk, '/old', () => {
      desk.operator.touch(HELPER, 8, 5000);
      const before = usage(desk, '/old');
      desk.operator.do({ op: 'attach', task: HELPER, cgroup: '/new' });
      const after = { old_usage_after: usage(desk, '/old'), new_usage_after: usage(desk, '/new') };
      const emptied = desk.writeTo('/old/memory.force_empty', '1');
      return {
        old_usage_before: before,
        ...after,
        force_empty_old: emptied['result'] ?? null,
        old_usage_after_force_empty: usage(desk, '/old'),
        rmdir_old: desk.answer(desk.rmdir('/old'))['result'] ?? null,
      };
    });
    desk.rmdir('/new');
    return moved;
  },
  'child larger than parent': (desk) => {
    desk.root.mkdir('/p');
    desk.root.mkdir('/p/c');
    setMarks(desk, '/p', '1M', '2M', '3M');
    return { ...setMarks(desk, '/p/c', '10M', '20M', '30M'), ...desk.operator.counters('/p/c') };
  },
  'hierarchy: child after 8MiB read': (desk) => {
    desk.operator.readFile(HELPER, '/p/c', 'eight', 8);
    return desk.operator.counters('/p/c');
  },
  'hierarchy: parent after child read 8MiB': (desk) => desk.operator.counters('/p'),
};

/** A helper process writes to `tasks`; afterwards all are where they were. */
export function taskWrite(desk: Desk, line: RecordedLine): Found | null {
  const file = textOf(line.fields['file']);
  const label = textOf(line.fields['label']);
  const path = `${CHILD}/${file}`;
  if (label === 'file absent') return desk.root.stat(path).ok ? {} : { label };
  const { operator } = desk;
  operator.do({ op: 'spawn', task: 'helper', cgroup: '/' });
  const pids = pidsOf(desk);
  try {
    const text = writtenText(line, label, pids);
    if (text === null) return null;
    const answer = desk.writeTo(path, text, operator.calls({ pid: pids.own }));
    const helper = operator.front.tasks().find((task) => task.pid === pids.own);
    return { ...answer, writer_moved: helper?.cgroup === CHILD ? 1 : 0 };
  } finally {
    for (const pid of [pids.own, pids.init, pids.kernel]) operator.write('/tasks', `${pid}`);
    operator.do({ op: 'kill', task: 'helper', signal: 'KILL' });
  }
}

interface Pids {
  readonly own: number;
  /** Who stands for init, pid 1, the helper's parent. */
  readonly init: number;
  /** Who stands for kthreadd, pid 2. */
  readonly kernel: number;
}

function pidsOf({ operator }: Desk): Pids {
  const pid = (name: string): number =>
    operator.front.tasks().find((task) => task.name === name && !task.killed)?.pid ?? 0;
  return { own: pid('helper'), init: pid('sh'), kernel: pid('pdflush') };
}

function writtenText({ fields }: RecordedLine, label: string, { own, init, kernel }: Pids): string | null {
  const named: Readonly<Record<string, string>> = {
    'own pid': `${own}`,
    'own pid\\n': `${own}\n`,
    'pid+space': `${own} `,
    'pid abc': `${own} abc`,
    '+pid': `+${own}`,
    'pid\\nppid\\n': `${own}\n${init}\n`,
    '1 2': `${init} ${kernel}`,
    '1.5': `${init}.5`,
    'kthreadd 2': `${kernel}`,
  };
  const given = fields['in'];
  return named[label] ?? (typeof given === 'string' ? given : null);
}
