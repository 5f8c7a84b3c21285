import { encodeText } from '../../src/kernel/text.ts';
import type { TraceEvent, TraceEventType } from '../../src/kernel/trace.ts';
import { ns, PAGE_SIZE } from '../../src/kernel/units.ts';
import { Machine, type MachineOptions, type Operation, type Result } from '../../src/machine/machine.ts';
import type { MachineState } from '../../src/machine/state.ts';
import { CHUNK_SHIFT, SLOTS_PER_CHUNK } from '../../src/mm/layout.ts';
import type { Task } from '../../src/mm/types.ts';
import type { Behaviour } from '../../src/task/behaviour.ts';

/** Marks in pages. */
export interface Marks {
  readonly low?: number;
  readonly high?: number;
  readonly limit?: number;
}

type EventOf<T extends TraceEventType> = Extract<TraceEvent, { type: T }>;

/**
 * A machine with a hand on its console: each method is one operation, carried
 * out to its end. It throws when an operation never ends (nothing will happen any more).
 */
export class Console {
  readonly machine: Machine;
  readonly events: TraceEvent[] = [];

  constructor(machine: Machine) {
    this.machine = machine;
    machine.observer = (event) => this.events.push(event);
  }

  do(operation: Operation): Result<undefined> {
    const answer = this.machine.perform(operation);
    if (answer !== null) return answer;
    const stop = this.machine.run(null);
    if (stop.why !== 'done') throw new Error(`${operation.op} never ends: ${stop.why}`);
    return stop.result;
  }

  mkdir(path: string): void {
    this.#must({ op: 'mkdir', path });
  }

  rmdir(path: string): Result<undefined> {
    return this.do({ op: 'rmdir', path });
  }

  write(path: string, text: string): Result<undefined> {
    return this.do({ op: 'write', path, data: encodeText(text) });
  }

  /** A new cgroup with these marks; one that is left out stands as high as it may. */
  group(path: string, marks: Marks = {}): void {
    const { limit } = marks;
    const high = marks.high ?? limit;
    const low = marks.low ?? high;
    this.mkdir(path);
    this.tighten(path, { ...(low && { low }), ...(high && { high }), ...(limit && { limit }) });
  }

  /** Writes low, then high, then the limit, in pages. */
  tighten(path: string, { low, high, limit }: Marks): void {
    if (low !== undefined) this.#mark(path, 'low_wmark', low);
    if (high !== undefined) this.#mark(path, 'high_wmark', high);
    if (limit !== undefined) this.#mark(path, 'limit', limit);
  }

  spawn(task: string, cgroup = '/', node = 0): void {
    this.#must({ op: 'spawn', task, cgroup, node });
  }

  /** Runs behaviours one after the other, each to its end; the last one's answer. */
  run(task: string, behaviour: Behaviour): Result<undefined> {
    return this.do({ op: 'run', task, behaviour });
  }

  start(task: string, behaviour: Behaviour): void {
    this.#must({ op: 'start', task, behaviour });
  }

  kill(task: string, signal: 'KILL' | 'STOP' | 'CONT' = 'KILL'): Result<undefined> {
    return this.do({ op: 'kill', task, signal });
  }

  /** So much virtual time, ns. */
  wait(time: number): void {
    this.#must({ op: 'sleep', until: ns(this.machine.now + time) });
  }

  /** Until a test holds; an error when that takes longer than `within` ns. */
  waitUntil(test: () => boolean, within = 60e9): void {
    this.#must({ op: 'wait-until', test, until: ns(this.machine.now + within) });
  }

  /** The text of a control file. */
  read(path: string): string {
    const answer = this.machine.read(path);
    if (!answer.ok) throw new Error(`read ${path}: ${answer.errno} ${answer.why}`);
    return answer.value;
  }

  /** The number in a control file, or of one of its lines. */
  number(path: string, key?: string): number {
    const text = this.read(path);
    if (key === undefined) return Number(text);
    const line = text.split('\n').find((each) => each.startsWith(`${key} `));
    if (line === undefined) throw new Error(`${path} has no ${key}`);
    return Number(line.slice(key.length + 1));
  }

  /** The usage in pages. */
  usage(cgroup: string): number {
    return this.number(`${cgroup}/memory.usage_in_bytes`) / PAGE_SIZE;
  }

  /** Lengths of the lists in pages. */
  lists(cgroup: string): { active: number; inactive: number } {
    const pages = (key: string): number => this.number(`${cgroup}/memory.stat`, key) / PAGE_SIZE;
    return { active: pages('active'), inactive: pages('inactive') };
  }

  eventsOf<T extends TraceEventType>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** A copy of the whole state, to look into. */
  state(): MachineState {
    return this.machine.save().state;
  }

  /** The pages of a file that are in the page cache. */
  resident(file: string): number[] {
    const { files, tables } = this.state().mm;
    const page = (slot: number): number =>
      tables.chunkPlace[slot >> CHUNK_SHIFT] * SLOTS_PER_CHUNK + (slot % SLOTS_PER_CHUNK);
    const found = [...tables.slots.keys()].filter(
      (slot) => tables.slots[slot] > 0 && tables.chunkMapping[slot >> CHUNK_SHIFT] === files.get(file),
    );
    return found.map(page).sort((a, b) => a - b);
  }

  /** Pages of the whole machine that are dirty, and that are being written. */
  get unwritten(): { dirty: number; writeback: number } {
    const { mm } = this.state();
    return { dirty: mm.nrDirty, writeback: mm.nrWriteback };
  }

  /** A copy of a task's state. */
  task(name: string): Task {
    const found = this.state().mm.tasks.find((task) => task.name === name);
    if (found === undefined) throw new Error(`no task ${name}`);
    return found;
  }

  #mark(path: string, mark: string, pages: number): void {
    const file = `${path}/memory.${mark}_in_bytes`;
    const answer = this.write(file, `${pages * PAGE_SIZE}`);
    if (!answer.ok) throw new Error(`write ${file}: ${answer.why}`);
  }

  #must(operation: Operation): void {
    const answer = this.do(operation);
    if (!answer.ok) throw new Error(`${operation.op}: ${answer.errno} ${answer.why}`);
  }
}

export const boot = (options: Partial<MachineOptions> = {}): Console => new Console(Machine.boot(options));
