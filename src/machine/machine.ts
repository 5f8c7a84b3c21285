import { controlFiles, readFile, writeFile } from '../fs/directory.ts';
import { type Access, type Fault, nextFault } from '../fs/fault-inject.ts';
import { lookup, lookupCgroup } from '../fs/namei.ts';
import type { Cgroup } from '../fs/types.ts';
import { done, OK, type Result, refuse } from '../kernel/errno.ts';
import { isDrawnFrom } from '../kernel/random.ts';
import {
  type Chooser,
  nextEvent,
  runOneEvent,
  type SchedHost,
  type StepEnd,
  wakeUp,
} from '../kernel/sched.ts';
import type { Observer } from '../kernel/trace.ts';
import { type Nanoseconds, ns, type Pages, pages } from '../kernel/units.ts';
import { deviceTimer } from '../mm/blkdev.ts';
import type { CgroupUsage, ReclaimStat } from '../mm/figures.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { isFull } from '../mm/page-table.ts';
import { exitTask } from '../mm/process.ts';
import type { MemCgroup, Task } from '../mm/types.ts';
import type { TraceBatch } from '../task/behaviour.ts';
import type { Progress } from '../task/progress.ts';
import { realStep } from '../task/real.ts';
import { stopBehaviour, taskStep } from '../task/task.ts';
import { feedTrace } from '../task/trace.ts';
import { Dentries } from './dentries.ts';
import { shStep } from './hand.ts';
import { type ListStrip, LONGEST_WALK, listStrips } from './list-strips.ts';
import { type CgroupLook, lookAt, type MachineTotals, totalsOf } from './looks.ts';
import type { Operation, Stop, Watched } from './operation.ts';
import { allOptions, type MachineOptions, optionMistake } from './options.ts';
import { perform } from './perform.ts';
import { loadState, retireState, type SavedMachine, saveState, withSaved } from './save.ts';
import { bootState, type MachineState } from './state.ts';
import { endOf, endOfRun, type TaskEnd } from './task-end.ts';
import { type Caller, Vfs } from './vfs.ts';
import { type TaskView, viewDeparted, viewTask } from './views.ts';

export type { Access, Fault } from '../fs/fault-inject.ts';
export type { Whence } from '../fs/handle.ts';
export type { Stat } from '../fs/inode.ts';
export type { DirectoryEntry } from '../fs/readdir.ts';
export type { Handle } from '../fs/types.ts';
export type { Errno, Refusal, Result } from '../kernel/errno.ts';
export type { Observer, TraceEvent } from '../kernel/trace.ts';
export { type Costs, DEFAULT_COSTS } from '../mm/costs.ts';
export type { CgroupUsage, FigureNames, NamedCount, ReclaimStat, WatermarkState } from '../mm/figures.ts';
export { countIn } from '../mm/figures.ts';
export type { Resident } from '../mm/types.ts';
export type { Dentries, Dentry } from './dentries.ts';
export {
  ABOUT_ERRATA,
  ALL_POLICIES,
  ERRATA,
  ERRATA_SETS,
  type Erratum,
  figureNamesIn,
  type Hierarchy,
  hierarchyOf,
  KERNEL_VERSIONS,
  type KernelVersion,
  POLICIES,
  type PolicyName,
  policyIn,
  policyMistake,
  treeColumnsOf,
} from './kernels.ts';
export type { ListCell, ListStrip } from './list-strips.ts';
export type { CgroupLook, MachineTotals } from './looks.ts';
export type { Operation, Owner, Stop, Watched } from './operation.ts';
export { allOptions, DEFAULT_OPTIONS, type MachineOptions, optionMistake } from './options.ts';
export type { SavedMachine } from './save.ts';
export { endOfRun, type TaskEnd } from './task-end.ts';
export type { Caller, FsStat, Vfs } from './vfs.ts';
export type { TaskView } from './views.ts';

/** How many tasks that are gone a machine remembers for reports. */
const MAX_DEPARTED = 1000;

/**
 * One emulated machine. It stands still unless run() is called; what it does
 * depends on its options and on the operations performed, and on nothing else.
 */
export class Machine {
  /** Told of every trace event; not part of the state. */
  readonly #state: MachineState;
  readonly #host: SchedHost<Task>;
  #test: ((machine: Watched) => boolean) | null = null;
  /** Told of every TaskEnd; not part of the state. */
  taskObserver: ((end: TaskEnd) => void) | null = null;

  private constructor(state: MachineState) {
    this.#state = state;
    this.#host = this.#makeHost();
  }

  /** A machine with the root cgroup and the task `sh`. Throws a RangeError for options that no machine can have. */
  static boot(options: Partial<MachineOptions> = {}): Machine {
    const all = allOptions(options);
    const mistake = optionMistake(all);
    if (mistake !== null) throw new RangeError(mistake);
    return new Machine(bootState(all));
  }

  /** Goes on where the saved machine was; it may be loaded any number of times. */
  static load(saved: SavedMachine): Machine {
    return new Machine(loadState(saved));
  }

  /** The whole state, as data that structuredClone and v8.serialize can hold. */
  save(): SavedMachine {
    return saveState(this.#state);
  }

  /** Hands what `save` gives to `use`, uncopied: it holds until `use` returns, and is not to be changed. */
  withSaved<T>(use: (saved: SavedMachine) => T): T {
    return withSaved(this.#state, use);
  }

  /** A second machine that goes on from this one's present. */
  fork(): Machine {
    return this.withSaved((saved) => Machine.load(saved));
  }

  /** It is of no use any more, and the next machine may have its memory: to fetch that anew takes longer than to boot. */
  retire(): void {
    retireState(this.#state);
  }

  get options(): MachineOptions {
    return this.#state.options;
  }

  /** Whether anything that happened hangs on the seed. */
  get isRandom(): boolean {
    return isDrawnFrom(this.#state.mm.random);
  }

  /** Virtual time since boot. */
  get now(): Nanoseconds {
    return ns(this.#state.mm.sched.now);
  }

  /** Says which thread runs where there is a choice; null: the scheduler. Not part of the state. */
  set chooser(chooser: Chooser<Task> | null) {
    this.#host.chooser = chooser;
  }

  get observer(): Observer | null {
    return this.#state.mm.observer;
  }

  set observer(observer: Observer | null) {
    this.#state.mm.observer = observer;
  }

  /** It has hardly room for more pages: who makes it grow ends it with a TooLarge. */
  get isFull(): boolean {
    return isFull(this.#state.mm);
  }

  /** Begins an operation. Its answer if it was over at once, else null: then run() until it says `done`. */
  perform(operation: Operation): Result<undefined> | null {
    const state = this.#state;
    if (state.hand !== null) throw new Error('an operation is in hand: run() until it is done');
    state.answer = null;
    this.#test = operation.op === 'wait-until' ? operation.test : null;
    if (this.#test?.(this) === true) return OK;
    const answer = perform(state, operation);
    if (operation.op === 'exit' && answer?.ok)
      this.taskObserver?.({ pid: operation.pid, how: 'gone', why: '' });
    return answer;
  }

  /**
   * Writes to a control file at once, whatever operation is in hand: for who makes the machine another than it was.
   * Throws for a write that would take virtual time.
   */
  write(path: string, data: Uint8Array): Result<undefined> {
    const { fs, sh } = this.#state;
    const found = lookup(fs, path);
    if (!found.ok) return found;
    const { cgroup, file } = found.value;
    if (file === null) return refuse('EISDIR', `${path} is a cgroup`);
    const answer = writeFile(file, fs, cgroup, data, { task: sh, uid: 0 });
    if ('wait' in answer) throw new Error(`to write ${path} takes virtual time`);
    return answer;
  }

  /** When something will happen next if nobody does anything; null: never. */
  nextEventAt(): Nanoseconds | null {
    const next = nextEvent(this.#state.mm.sched);
    return next === Infinity ? null : ns(next);
  }

  /**
   * Goes on until the operation in hand is over, or virtual time reaches `until` (null: no bound),
   * or `watched`, asked after every event, holds.
   */
  run(until: Nanoseconds | null, watched: (() => boolean) | null = null): Stop {
    const state = this.#state;
    const { mm } = state;
    const bound = until ?? Infinity;
    for (;;) {
      if (state.answer !== null) return this.#done(state.answer);
      const deadline = this.#deadline();
      if (state.hand?.kind === 'condition' && this.#test?.(this) === true) return this.#done(OK);
      if (mm.needs !== null) return this.#needs(mm.needs);
      const end = Math.min(bound, deadline);
      mm.sched.unseenUntil = watched === null && this.#test === null ? end : 0;
      const happened = runOneEvent(mm.sched, this.#host, end);
      mm.sched.unseenUntil = 0;
      if (happened) {
        if (watched?.() === true) return { why: 'watched' };
        continue;
      }
      // All that happens at the deadline comes first: so a sleeper finds what anybody finds who comes then.
      if (deadline <= bound && deadline !== Infinity) {
        mm.sched.now = Math.max(mm.sched.now, deadline);
        return this.#done(this.#late());
      }
      if (bound === Infinity) return { why: 'idle' };

      mm.sched.now = Math.max(mm.sched.now, bound);
      return { why: 'time' };
    }
  }

  /**
   * The records that run() asked for, from that record on; `last` when the source
   * ends with them. `files` are the names of the trace's files by their number;
   * one without a name has that of the trace.
   */
  feed(source: string, batch: TraceBatch, last: boolean, files: readonly string[] = []): void {
    const { mm } = this.#state;
    const { needs } = mm;
    if (needs === null || needs.source !== source) throw new Error(`nothing needs records of ${source}`);
    const progress = mm.tasksByPid.get(needs.pid)?.progress as Progress | null | undefined;
    if (progress?.kind === 'trace') feedTrace(progress, batch, last, files);
    mm.needs = null;
  }

  /** As ^C: a behaviour that is run is stopped, anything else in hand goes on without being waited for. */
  interrupt(): void {
    const state = this.#state;
    const { hand, mm } = state;
    if (hand === null) return;
    if (hand.kind === 'behaviour' && hand.strict) {
      const task = mm.tasksByPid.get(hand.pid);
      if (task !== undefined) stopBehaviour(mm, task);
    }
    // A pass that `sh` was in the middle of would else be gone on with for whoever asks next.
    mm.kernel.dropPass(mm, state.sh);
    mm.needs = null;
    state.hand = null;
    state.answer = refuse('EINTR', 'interrupted');
  }

  /** System calls on the cgroup filesystem, as a program that has it mounted makes them. */
  vfs(caller: Caller = {}): Vfs {
    return new Vfs(this.#state, caller);
  }

  /** The cgroup filesystem entry by entry, for a mount. */
  dentries(): Dentries {
    return new Dentries(this.#state);
  }

  /** What was set and is not used up, in its order. */
  faults(): Fault[] {
    return this.#state.fs.faults.map((fault) => ({ ...fault }));
  }

  /** The fault that an access is counted by; null: there is none. Who answers it performs `attempt`. */
  nextFault(path: string, access: Access): Readonly<Fault> | null {
    return nextFault(this.#state.fs.faults, path, access);
  }

  /** The text of a control file, whatever faults there are: they are for who makes calls, not for who looks on. */
  read(path: string): Result<string> {
    const found = lookup(this.#state.fs, path);
    if (!found.ok) return found;
    const { cgroup, file } = found.value;
    return file === null ? refuse('EISDIR', `${path} is a cgroup`) : readFile(file, this.#state.fs, cgroup);
  }

  /** A cgroup's directory in the kernel's order: sub-directories newest first, then the files. */
  list(path: string): Result<{ name: string; directory: boolean }[]> {
    const found = lookupCgroup(this.#state.fs, path);
    if (!found.ok) return found;
    const cgroup = found.value;
    return done([
      ...cgroup.children.map(({ name }) => ({ name, directory: true })),
      ...controlFiles(this.#state.fs, cgroup).map(({ name }) => ({ name, directory: false })),
    ]);
  }

  /** The paths of all cgroups in order of creation, `/` first. */
  cgroups(): string[] {
    return this.#inOrder().map(({ memcg }) => memcg.path);
  }

  usage(path: string): CgroupUsage {
    return this.#state.mm.kernel.usage(this.#memcg(path));
  }

  /** Of all cgroups in order of creation: cheaper than to look each of them up. */
  usages(): { readonly path: string; readonly usage: CgroupUsage }[] {
    const { kernel } = this.#state.mm;
    return this.#inOrder().map(({ memcg }) => ({ path: memcg.path, usage: kernel.usage(memcg) }));
  }

  /** The numbers of memory.reclaim_stat, also with extras=off. */
  reclaimStat(path: string): ReclaimStat {
    return this.#state.mm.kernel.reclaimStat(this.#memcg(path));
  }

  /** Counters beside the files, as the recordings have them: see MemCgroupStat. */
  counters(path: string): Readonly<MemCgroup['stat']> {
    return this.#memcg(path).stat;
  }

  /** All cgroups in order of creation, `/` first: their numbers, without the cost of reading files. */
  looks(): CgroupLook[] {
    return this.#inOrder().map((cgroup) => lookAt(this.#state, cgroup));
  }

  /**
   * The cgroup's lists from the youngest page to the next to be reclaimed, in at most `cells` cells;
   * of a list that is longer than `most` pages only so many from either end are looked at.
   */
  lists(path: string, cells: number, most = LONGEST_WALK): ListStrip[] {
    return listStrips(this.#state.mm, this.#memcg(path), cells, most);
  }

  totals(): MachineTotals {
    return totalsOf(this.#state.mm);
  }

  /** Page cache of the whole machine, also what is charged to nobody. */
  cached(): Pages {
    return pages(this.#state.mm.memcgs.reduce((sum, memcg) => sum + (memcg?.stat.cache ?? 0), 0));
  }

  /** The real processes that have joined, by when they did. */
  processes(): TaskView[] {
    const { mm } = this.#state;
    return mm.tasks.flatMap((task) => (task.kind === 'real' ? [viewTask(mm, task)] : []));
  }

  /** Those that live, by pid, then those that are gone. */
  tasks(): TaskView[] {
    const { mm, departed } = this.#state;
    return [...mm.tasks.map((task) => viewTask(mm, task)), ...departed.map(viewDeparted)];
  }

  /** In order of creation, `/` first. */
  #inOrder(): Cgroup[] {
    return [...this.#state.fs.cgroups.values()].sort((a, b) => a.memcg.order - b.memcg.order);
  }

  #memcg(path: string): MemCgroup {
    const found = lookupCgroup(this.#state.fs, path);
    if (!found.ok) throw new Error(`no cgroup ${path}`);
    return found.value.memcg;
  }

  #deadline(): number {
    const { hand } = this.#state;
    if (hand?.kind === 'sleep') return hand.until;
    return hand?.kind === 'condition' ? (hand.until ?? Infinity) : Infinity;
  }

  #late(): Result<undefined> {
    return this.#state.hand?.kind === 'sleep' ? OK : refuse('EAGAIN', 'it did not come true in time');
  }

  #done(result: Result<undefined>): Stop {
    this.#state.answer = null;
    this.#state.hand = null;
    this.#test = null;
    return { why: 'done', result };
  }

  #needs(needs: { source: string; record: number; pid: number }): Stop {
    const task = this.#state.mm.tasksByPid.get(needs.pid)?.name ?? '';
    return { why: 'needs', source: needs.source, record: needs.record, task };
  }

  #makeHost(): SchedHost<Task> {
    const state = this.#state;
    const { mm } = state;
    const tell = (task: Task, how: TaskEnd['how']): void => this.taskObserver?.(endOf(mm, task, how));
    const ended = (task: Task): void => {
      behaviourEnded(state, task);
      tell(task, task.outcome);
    };
    return {
      step(task: Task): StepEnd {
        switch (task.kind) {
          case 'task':
            return taskStep(mm, task, ended);
          case 'reclaimer':
            return mm.kernel.reclaimerStep(mm, task);
          case 'flusher':
            return mm.kernel.flusherStep(mm, task);
          case 'real':
            return realStep(mm, task, ended);
          case 'sh':
            return shStep(state);
        }
      },
      threadOf: (pid) => mm.tasksByPid.get(pid),
      deviceTimer: (index) => deviceTimer(mm, index),
      exited: (task) => {
        threadExited(state, task);
        tell(task, 'gone');
      },
    };
  }
}

/** `run` and `stop` wait for this. */
function behaviourEnded(state: MachineState, task: Task): void {
  const { hand } = state;
  if (hand?.kind !== 'behaviour' || hand.pid !== task.pid) return;
  state.hand = null;
  state.answer = hand.strict ? endOfRun(endOf(state.mm, task, task.outcome), task.name) : OK;
}

function threadExited(state: MachineState, task: Task): void {
  const { mm, hand } = state;
  const cgroup = mm.memcgs[task.memcg]?.path ?? '/';
  exitTask(mm, task);
  if (task.kind === 'reclaimer') {
    mm.kernel.daemonExited(mm, memcgOf(mm, task.reclaims), task);
    if (hand?.kind === 'rmdir' || hand?.kind === 'stop-daemon') wakeUp(mm.sched, state.sh);
    return;
  }
  const { pid, name, nice, sumExec: cpu, stallTime: stall } = task;
  state.departed.push({ pid, name, cgroup, cpu, stall, nice });
  if (state.departed.length > MAX_DEPARTED) state.departed.shift();
  if (hand?.kind === 'exit' && hand.pid === pid) {
    state.hand = null;
    state.answer = OK;
  }
}
