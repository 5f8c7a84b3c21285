import { pages } from '../../kernel/units.ts';
import type { Caller } from '../../machine/machine.ts';
import type { AllowanceName } from '../allowances.ts';
import { Answers, bytesOfText, textOf } from '../answers.ts';
import type { Boot } from '../front.ts';
import type { Kind, RecordedLine, Value } from '../kind.ts';
import { Desk, nameOf, type Returned, valueText } from './desk.ts';

/** Sequences of operations on files and directories, with tasks. */

export const abiSeq61: Kind = {
  name: 'seq',
  about: 'sequences of operations on files and directories, with tasks that hold memory',
  recording: 'linux-6.1/abi-seq.jsonl.gz',
  dialect: '6.1.176',
  fields: 'kernel case steps'.split(' '),
  run(lines, boot) {
    const answers = new Answers();
    for (const line of lines) runCase(line, answers, boot);
    return answers;
  },
};

/** Of the recorded machine: 128 MiB. */
const SWAP = pages(32_768);

/** Before which steps the recorder ended all tasks, which it did not write down. */
const ENDED: Readonly<Record<string, readonly number[]>> = {
  'rmdir-busy': [5],
  'rmdir-zombie': [2],
  'events-populated': [6],
  procs: [24],
  move: [18],
};

/** The step of the case `delegation` from which on uid 1000 acts. */
const DELEGATED = 6;

/** Whose state was asked for, where that is not one task after the other. */
const ASKED: Readonly<Record<string, readonly number[]>> = {
  'oom-score': [0, 1, 0],
  'oom-group-parent': [0, 1, 0, 2],
};

/** Pids that are somebody else's through a mount, where pids are the system's. */
const OTHERS = new Set(['2', '4194305']);

/** The file that is `fd` in a case. */
const KEPT: Readonly<Record<string, string>> = {
  procs: 'cgroup.procs',
  'after-rmdir': 'memory.max',
  'fs-ops': 'memory.max',
};
const O_RDWR = 2;

interface Step {
  readonly op: string;
  readonly path: string;
  readonly text: string;
  readonly recorded: Returned;
  readonly value: string | null;
}

function runCase(line: RecordedLine, answers: Answers, boot?: Boot): void {
  const name = textOf(line.fields['case']);
  const steps = (line.fields['steps'] as readonly (readonly Value[])[]).map(stepOf);
  const [short = name] = name.split('/');
  const run = new Run(name.endsWith('/swap'), ASKED[short], boot);
  const trailing = steps.findLastIndex(({ op }) => op !== 'rmdir') + 1;
  for (const [index, step] of steps.entries()) {
    if (name.startsWith('delegation') && index === DELEGATED) run.delegate(1000);
    if (index === trailing) run.asRoot();
    if (index === trailing || ENDED[name]?.includes(index)) run.desk.killAll();
    if (run.desk.front.isMount === true && step.path.endsWith('cgroup.procs') && OTHERS.has(step.text)) {
      answers.skip(line, 'a thread of the recorded kernel, or a pid that a task has here');
      continue;
    }
    const found = step.recorded === 'EBADF' ? null : run.do(step);
    const kept = KEPT[name];
    if (index === 0 && kept !== undefined) run.keep(kept);
    if (found === null) continue;
    if (step.path === 'x/cgroup.kill') run.desk.front.pass(10);
    const field = `${index} ${step.op} ${step.path} ${step.text}`;
    const spared = SPARED.test(name);
    answers.compare(name, field, step.recorded, found.answer, () => (spared ? 'oom_score_adj' : null));
    if (found.value !== null)
      answers.compare(name, `${field}: value`, step.value, found.value, () =>
        spared ? 'oom_score_adj' : allowanceFor(name, step, found.value ?? ''),
      );
  }
}

/** The recorder kept its first task from the OOM killer; or the task had not died yet when it was asked. */
const SPARED = /^oom-score\/noswap|^max-below-anon-swapmax0/;

function allowanceFor(name: string, { op, path, value }: Step, found: string): AllowanceName | null {
  if (path === 'cgroup.stat') return 'dying by RCU';
  if (
    op === 'read' &&
    /cgroup\.(procs|threads)$/.test(path) &&
    found.split('\n').length === value?.split('\n').length
  )
    return 'pids';
  if (path === 'x/memory.events' && /^max 18$/m.test(found)) return 'cached before';
  if (path === 'memory.stat' && value !== null) return 'other machine';
  if (path.endsWith('memory.stat')) return isNearStat(value ?? '', found, name.endsWith('/swap'));
  if (/memory.events(.local)?$/.test(path) && value !== null) {
    if (name === 'high0-then-task') return 'batches at the limit';
    const kills = (text: string): string => text.replace(/^oom [1-9]\d*$/m, '');
    return kills(value) === kills(found) ? 'until who was chosen is dead' : null;
  }
  if (!path.endsWith('.current')) return null;
  const off = Math.abs(Number(found) - Number(value));
  if (off <= NEAR) return 'memory of a process';
  return name.endsWith('/swap') && off <= ON_ITS_WAY * 4096 ? 'on its way to swap' : null;
}

/** What was written to swap and is not free yet: 3 MiB, in pages. */
const ON_ITS_WAY = 768;

/** The lines `name value;`, in bytes or pages: within what a process has of its own, or for swap what is on its way or 10 %. */
function isNearStat(recorded: string, found: string, swap: boolean): AllowanceName | null {
  const all = valuesOf(found);
  const isWithin = (allowed: (value: number) => number): boolean =>
    valuesOf(recorded).every(([name, value], i) => {
      const pages = name.startsWith('pg') ? 1 : 4096;
      return Math.abs(value - (all[i]?.[1] ?? 0)) <= pages * allowed(value / pages);
    });
  if (isWithin(() => PROCESS)) return 'memory of a process';
  return swap && isWithin((value) => Math.max(ON_ITS_WAY, value / 10)) ? 'on its way to swap' : null;
}

/** Pages of the recorded program and its files, with the nodes of their indexes. */
const PROCESS = 96;

const valuesOf = (text: string): [string, number][] =>
  text
    .split(';')
    .filter((line) => line !== '')
    .map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]);

/** Batches of two groups. */
const NEAR = 128 * 4096;

const stepOf = ([op, path, text, recorded, value]: readonly Value[]): Step => ({
  op: valueText(op),
  path: valueText(path),
  text: valueText(text),
  recorded: typeof recorded === 'number' || typeof recorded === 'string' ? recorded : -1,
  value: typeof value === 'string' ? value : null,
});

interface Found {
  readonly answer: Returned;
  readonly value: string | null;
}

class Run {
  readonly desk: Desk;
  /** Whose calls these are: uid 1000's once a cgroup was given to it. */
  #caller: Caller = {};
  #fd = -1;
  #asked = 0;
  readonly #order: readonly number[];
  #pid = 0;

  constructor(swap: boolean, order: readonly number[] = [], boot?: Boot) {
    this.#order = order;
    this.desk = new Desk(swap ? SWAP : pages(0), boot);
  }

  /** chown of a cgroup, and of what its owner is to write: Documentation/admin-guide/cgroup-v2.rst, Delegation. */
  delegate(uid: number): void {
    const calls = this.desk.front.calls({});
    for (const path of ['/x', '/x/a', '/x/b'])
      for (const name of ['', '/cgroup.procs', '/cgroup.threads', '/cgroup.subtree_control'])
        calls.chown(`${path}${name}`, uid, uid);
    this.#caller = { uid, gid: uid };
  }

  asRoot(): void {
    this.#caller = {};
  }

  /** The file that the recorder kept open from the first mkdir on. */
  keep(file: string): void {
    const fd = this.desk.front.calls({}).open(`/x/${file}`, O_RDWR);
    this.#fd = fd.ok ? fd.value : -1;
  }

  #writeKept({ path, text }: Step): Found | null {
    if (this.#fd < 0) return null;
    const calls = this.desk.front.calls({});
    const data = bytesOfText(text);
    const [, at] = path.split('@');
    const begun = at === undefined ? calls.write(this.#fd, data) : calls.pwrite(this.#fd, data, Number(at));
    const answer = this.desk.front.finish(begun);
    return { answer: answer.ok ? data.length : answer.errno, value: null };
  }

  /** null: not compared. */
  do(step: Step): Found | null {
    const { op, text } = step;
    if (op === 'write' && step.path.startsWith('fd')) return this.#writeKept(step);
    if (step.path.startsWith('fd')) return null;
    const path = `/${nameOf(step.path)}`;
    switch (op) {
      case 'mkdir':
      case 'rmdir':
        return { answer: this.#directory(op, path), value: null };
      case 'task':
        this.desk.task(path, text);
        return null;
      case 'read': {
        const { open, text: value, errno } = this.desk.read(path);
        if (open !== 0 || step.value === null)
          return { answer: open === 0 ? (errno ?? open) : open, value: null };
        return { answer: open, value };
      }
      case 'stat':
        // The recorder waited until the statistics were added up: every 2 s.
        this.desk.front.pass(2100);
        return step.value === null ? null : { answer: 0, value: this.#lines(path, step.value) };
      case 'write': {
        const written = text === 'PID' ? this.#nextPid() : text;
        const answer = this.desk.write(path, bytesOfText(written), this.#caller);
        return { answer: text === 'PID' && typeof answer === 'number' ? step.recorded : answer, value: null };
      }
      case 'task-state': {
        const task = this.desk.tasks[this.#order[this.#asked] ?? this.#asked];
        this.#asked += 1;
        return { answer: this.desk.lives(task) ? 0 : 9, value: null };
      }
      default:
        return null;
    }
  }

  #nextPid(): string {
    const { tasks } = this.desk;
    const task = tasks[Math.min(this.#pid, tasks.length - 1)];
    this.#pid += 1;
    return `${this.desk.pidOf(task) ?? 99_999}`;
  }

  #directory(op: 'mkdir' | 'rmdir', path: string): Returned {
    const calls = this.desk.front.calls(this.#caller);
    const many = /^(.*)'n'\*(\d+)$/.exec(path);
    const name = many === null ? path : `${many[1]}${'n'.repeat(Number(many[2]))}`;
    const answer = this.desk.front.finish(op === 'mkdir' ? calls.mkdir(name) : calls.rmdir(name));
    // The recorder took those away again.
    if (many !== null) this.desk.front.finish(calls.rmdir(name));
    return answer.ok ? 0 : answer.errno;
  }

  #lines(path: string, recorded: string): string {
    const names = recorded.split(';').map((line) => line.split(' ')[0]);
    const lines = this.desk.read(path).text.split('\n');
    return lines
      .filter((line) => line !== '' && names.includes(line.split(' ')[0]))
      .map((line) => `${line};`)
      .join('');
  }
}
