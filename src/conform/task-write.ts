import { textOf } from './answers.ts';
import { CHILD, type Desk, type Found } from './desk.ts';
import type { RecordedLine } from './kind.ts';

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
