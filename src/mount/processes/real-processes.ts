import { OK, refuse } from '../../kernel/errno.ts';
import { MILLISECOND, pages } from '../../kernel/units.ts';
import type { Operation, Resident, Result, TaskView } from '../../machine/machine.ts';
import type { Outcome, Soon } from '../../script/world.ts';
import type { LiveMachine } from '../../session/live-machine.ts';
import type { Caller, RealTasks } from './callers.ts';
import { PROC, type ProcessLook, type ProcFiles } from './proc-files.ts';

/** Between two samples, ms. */
const INTERVAL = 100;
/**
 * How long a reader waits while nothing more of what was just seen is charged, virtual ns: a process that reclaims
 * takes its time. By the wall that may be long where the system is busy; but for ever nobody waits.
 */
const PATIENCE = 100 * MILLISECOND;
const LONGEST = 10_000;

/** Files whose text no process changes. */
const UNAFFECTED: ReadonlySet<string> = new Set([
  'memory.limit_in_bytes',
  'memory.high_wmark_in_bytes',
  'memory.low_wmark_in_bytes',
  'memory.max',
  'memory.high',
  'memory.low',
  'memory.min',
  'notify_on_release',
  'release_agent',
]);

/** What is remembered of a process that has joined; the machine knows the rest. */
interface Member {
  layout: string;
  sizes: string;
  refused: boolean;
  /** It leads no process: its memory is the leader's (mm->owner), and charged there. */
  readonly isThread: boolean;
}

const NOTHING: Resident = { anon: pages(0), file: pages(0), shmem: pages(0) };

/**
 * Follows the real processes that have joined a machine: what they hold, the programs
 * they run, their children, their end. All of it reaches the machine as operations,
 * which the journal keeps. Nothing is looked at while none has joined.
 */
export class RealProcesses implements RealTasks {
  #live: LiveMachine;
  readonly #proc: ProcFiles;
  readonly #members = new Map<number, Member>();
  /** Pids that were seen and are nobody's children here. */
  #strangers: ReadonlySet<number> = new Set();
  #births = '';
  /** What the machine was told and has not done yet. */
  readonly #underWay = new Set<Promise<unknown>>();
  #round: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  /** Those that the machine knows already (it was restored) are followed from now on. */
  constructor(live: LiveMachine, proc: ProcFiles = PROC) {
    this.#live = live;
    this.#proc = proc;
    this.#follow();
  }

  attach(pid: number, caller: Caller, cgroup: string): Promise<Result<undefined>> | null {
    const look = this.#proc.look(pid);
    if (look === null) return null;
    // attach_task_by_pid()
    if (caller.uid !== 0 && this.#proc.owner(pid) !== caller.uid)
      return Promise.resolve(refuse('EACCES', `uid ${caller.uid} does not own the process ${pid}`));
    return this.#join(pid, look, cgroup);
  }

  /** Resolves when the machine knows what the processes hold now. */
  refresh(_cgroup?: string, file?: string): Promise<void> | undefined {
    if (file !== undefined && UNAFFECTED.has(file)) return undefined;
    if (this.#followed().length === 0) return undefined;
    if (this.#round === null) return this.#sample(false);
    // The round that is under way may have looked already at what is asked about.
    this.#next ??= this.#round.then(() => {
      this.#next = null;
      return this.#sample(false);
    });
    return this.#next;
  }

  /** Goes on with another machine. */
  changeTo(live: LiveMachine): void {
    this.#live.refresh = null;
    this.#live = live;
    this.#members.clear();
    this.#strangers = new Set();
    this.#births = '';
    this.#follow();
  }

  #follow(): void {
    this.#live.refresh = () => this.refresh();
    this.#arm();
  }

  close(): void {
    this.#closed = true;
    this.#live.refresh = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** Those that stand for real processes, and were not made up by a script. */
  #followed(): TaskView[] {
    if (this.#closed) return [];
    return this.#live.machine.processes().filter(({ process }) => (process?.start ?? 0) > 0);
  }

  #arm(): void {
    if (this.#timer !== null || this.#followed().length === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#sample(true).finally(() => this.#arm());
    }, INTERVAL);
    this.#timer.unref();
  }

  async #join(pid: number, look: ProcessLook, cgroup: string): Promise<Result<undefined>> {
    // What it has taken so far is charged where it was so far.
    await this.refresh();
    const known = this.#followed().find((each) => each.pid === pid);
    if (known?.process?.start === look.start) return this.#do({ op: 'adopt', pid, cgroup });
    const isThread = this.#isThread(pid);
    const base = isThread ? NOTHING : await this.#proc.resident(pid);
    if (base === null) return refuse('ESRCH', `the process ${pid} is gone`);
    const { name, start } = look;
    // Children and threads that it has already stay where they are.
    if (!isThread)
      this.#strangers = new Set([...this.#strangers, ...this.#proc.pids(), ...this.#proc.threads(pid)]);
    const joined = await this.#do({ op: 'adopt', pid, cgroup, name, start, base });
    if (joined.ok) this.#members.set(pid, memberOf(look, isThread));
    this.#arm();
    return joined;
  }

  /** `thorough`: looks also for another process with the same pid where sizes are as before. */
  #sample(thorough: boolean): Promise<void> {
    this.#round ??= this.#sampleAll(thorough).finally(() => {
      this.#round = null;
    });
    return this.#round;
  }

  async #sampleAll(thorough: boolean): Promise<void> {
    const rest = this.#followed().filter(
      (task) => (!thorough && this.#isAsBefore(task)) || this.#stillThere(task),
    );
    const all = [...rest, ...this.#children(rest)];
    // The machine may have something else in hand: who was just born is no task of it before, and would not be looked at.
    await this.#known();
    for (const task of all) {
      const news = await this.#lookAt(task.pid);
      if (news !== null) void this.#do(news);
    }
    await this.#known();
    for (const task of this.#followed()) this.#sayWhatIsRefused(task);
  }

  /** Resolves when the machine has done what it was told so far. For what was waited for in vain nobody waits again. */
  async #known(): Promise<void> {
    const told = [...this.#underWay];
    if (told.length === 0) return;
    await Promise.race([Promise.all(told), this.#outOfPatience()]);
    for (const each of told) this.#underWay.delete(each);
  }

  async #outOfPatience(): Promise<void> {
    const { machine, clock } = this.#live;
    const latest = performance.now() + LONGEST;
    for (let [most, until] = [-1, 0]; ; ) {
      const groups = new Set(this.#followed().map(({ cgroup }) => cgroup));
      const charged = [...groups].reduce((sum, cgroup) => sum + machine.usage(cgroup).usage, 0);
      if (charged > most) [most, until] = [charged, machine.now + PATIENCE];
      else if (machine.now >= until) return;
      await after(INTERVAL);
      if (clock.paused || performance.now() >= latest) return;
    }
  }

  /** What ends, or begins another program, is not as large as it was. */
  #isAsBefore({ pid }: TaskView): boolean {
    const before = this.#members.get(pid)?.sizes ?? '';
    return before !== '' && before === this.#proc.sizes(pid);
  }

  /** Notices the end, and another program in the same process. */
  #stillThere({ pid, process }: TaskView): boolean {
    const look = this.#proc.look(pid);
    if (look === null || look.start !== process?.start) {
      this.#forget(pid);
      return false;
    }
    const member = this.#members.get(pid) ?? memberOf(look, this.#isThread(pid));
    this.#members.set(pid, member);
    if (member.layout !== look.layout && !member.isThread) {
      this.#shares(member.layout);
      Object.assign(member, memberOf(look, false));
      void this.#do({ op: 'exec', pid, name: look.name });
    }
    return true;
  }

  /** The children that those have by now, and theirs: they join too. Answers those that can be sampled. */
  #children(parents: readonly TaskView[]): { pid: number }[] {
    const births = this.#proc.births();
    if (births === this.#births) return [];
    this.#births = births;
    const groups = new Map(parents.map(({ pid, cgroup }) => [pid, cgroup]));
    const strangers = new Map<number, ProcessLook>();
    const pids = this.#proc.pids();
    for (const pid of pids) {
      if (groups.has(pid) || this.#strangers.has(pid)) continue;
      const look = this.#proc.look(pid);
      if (look !== null) strangers.set(pid, look);
    }
    const joined: { pid: number }[] = [];
    for (let before = -1; before !== groups.size; ) {
      before = groups.size;
      for (const [pid, look] of strangers) {
        const cgroup = groups.get(look.parent);
        if (cgroup === undefined || groups.has(pid)) continue;
        groups.set(pid, cgroup);
        if (this.#bear(pid, look, cgroup)) joined.push({ pid });
      }
    }
    const threads = this.#threads(groups);
    this.#strangers = new Set([...pids, ...threads].filter((pid) => !groups.has(pid)));
    return joined;
  }

  /** Threads that those processes have begun join where their process is. Answers all that they have. */
  #threads(groups: Map<number, string>): number[] {
    const all: number[] = [];
    for (const [pid, cgroup] of [...groups]) {
      if (this.#members.get(pid)?.isThread) continue;
      for (const thread of this.#proc.threads(pid)) {
        if (thread === pid) continue;
        all.push(thread);
        const look = groups.has(thread) || this.#strangers.has(thread) ? null : this.#proc.look(thread);
        if (look === null) continue;
        groups.set(thread, cgroup);
        const { name, start } = look;
        void this.#do({ op: 'adopt', pid: thread, cgroup, name, start, base: NOTHING });
        this.#members.set(thread, memberOf(look, true));
      }
    }
    return all;
  }

  #isThread(pid: number): boolean {
    return (this.#proc.leader(pid) ?? pid) !== pid;
  }

  /** A child joins. False: it still is its parent's copy (or, after vfork(2), its very memory), and is sampled later. */
  #bear(pid: number, look: ProcessLook, cgroup: string): boolean {
    const { name, start, parent, layout } = look;
    const isCopy = layout === this.#members.get(parent)?.layout;
    void this.#do({ op: 'adopt', pid, cgroup, name, start, ...(isCopy && { parent }) });
    this.#members.set(pid, memberOf(look, false));
    if (isCopy) this.#shares(layout);
    return !isCopy;
  }

  /** What the machine has to be told of it; null: nothing new. */
  async #lookAt(pid: number): Promise<Operation | null> {
    const member = this.#members.get(pid);
    const sizes = this.#proc.sizes(pid);
    if (member === undefined || member.isThread || sizes === null) return null;
    const seen = sizes === member.sizes ? {} : await this.#proc.resident(pid);
    const task = this.#followed().find((each) => each.pid === pid);
    // Gone between two looks: the next round finds out.
    if (seen === null || task?.process === undefined) return null;
    member.sizes = sizes;
    const isNews = !isSame({ ...task.process, ...seen }, task.process);
    if (!isNews && !this.#mayRetry(task)) return null;
    return { op: 'proc', pid, seen };
  }

  /** What was refused may fit by now. */
  #mayRetry({ cgroup, behaviour, process }: TaskView): boolean {
    if (process === undefined || process.refused === 0 || behaviour !== null) return false;
    const { usage, limit } = this.#live.machine.usage(cgroup);
    return usage < limit;
  }

  /** Who was born of the same program shares memory: with one more or less of them each one's share changes. */
  #shares(layout: string): void {
    for (const member of this.#members.values()) if (member.layout === layout) member.sizes = '';
  }

  #forget(pid: number): void {
    const member = this.#members.get(pid);
    this.#members.delete(pid);
    if (member !== undefined) this.#shares(member.layout);
    void this.#do({ op: 'exit', pid });
  }

  #sayWhatIsRefused({ pid, name, cgroup, behaviour, process }: TaskView): void {
    const member = this.#members.get(pid);
    if (member === undefined || process === undefined || behaviour !== null) return;
    if (process.refused > 0 && !member.refused) {
      this.#live.notice(
        `${name} (pid ${pid}) holds ${process.refused * 4} KiB more than ${cgroup} has room for: ` +
          'a kernel would have killed it; it goes on, and they are not charged',
      );
    }
    member.refused = process.refused > 0;
  }

  #do(operation: Operation): Soon<Result<undefined>> {
    const signal = new AbortController().signal;
    const soon = this.#live.drive(operation, { subject: operation.op, behaviour: [], signal });
    if (!(soon instanceof Promise)) return resultOf(soon);
    const later = soon.then(resultOf);
    this.#underWay.add(later);
    void later.then(() => this.#underWay.delete(later));
    return later;
  }
}

const resultOf = (outcome: Outcome): Result<undefined> =>
  outcome.ok ? OK : refuse(outcome.errno ?? 'EINTR', outcome.why);

const memberOf = ({ layout }: ProcessLook, isThread: boolean): Member => ({
  layout,
  sizes: '',
  refused: false,
  isThread,
});

const isSame = (a: Resident, b: Resident): boolean =>
  a.anon === b.anon && a.file === b.file && a.shmem === b.shmem;

const after = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time).unref());
