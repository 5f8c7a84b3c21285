import { OK, type Result, refuse } from '../../src/kernel/errno.ts';
import { newRandom } from '../../src/kernel/random.ts';
import type { Observer } from '../../src/kernel/trace.ts';
import { type Nanoseconds, ns } from '../../src/kernel/units.ts';
import { errataOf } from '../../src/linux-2.6.26/errata.ts';
import type { MachineOptions, Operation, Stop } from '../../src/machine/machine.ts';
import { DEFAULT_OPTIONS } from '../../src/machine/options.ts';
import { type Costs, DEFAULT_COSTS } from '../../src/mm/costs.ts';
import type { Behaviour, TraceBatch } from '../../src/task/behaviour.ts';
import { touchable } from './behaviours.ts';
import { DISK_WRITE, newDevices } from './blkdev.ts';
import {
  attachTask,
  type Cgroup,
  finishRmdir,
  lookup,
  mayRmdir,
  mkdir,
  newRoot,
  rename,
  writeFile,
} from './cgroupfs.ts';
import { sendKill } from './charge.ts';
import { deviceTimer } from './completion.ts';
import { newMemCgroup } from './memcontrol.ts';
import { invalidateMapping, truncateMapping } from './page-cache.ts';
import { openFile } from './page-table.ts';
import {
  newSched,
  runOneEvent,
  type SchedHost,
  type StepEnd,
  sleepOn,
  wakeUp,
  wakeUpNewThread,
} from './sched.ts';
import { viewDeparted } from './snapshot.ts';
import { newSwap } from './swap.ts';
import {
  daemonExited,
  exitTask,
  FIRST_PID,
  forceEmpty,
  newTask,
  startBehaviour,
  stopBehaviour,
  stopDaemon,
  taskStep,
} from './task.ts';
import { setUserNice } from './thread.ts';
import type { Mm, Task, Work } from './types.ts';
import { congestionWait, pdflush, wakeupPdflush } from './writeback.ts';

/** What `sh` has in hand. */
type Hand =
  | { readonly kind: 'work'; readonly work: Work<Result<undefined>> }
  | { readonly kind: 'behaviour'; readonly task: Task; readonly strict: boolean }
  | { readonly kind: 'exit'; readonly task: Task }
  | { readonly kind: 'sleep'; readonly until: number };

/** The reference machine: performs operations as `Machine` does, and shows itself by `snapshot.ts`. */
export class ReferenceMachine {
  readonly mm: Mm;
  readonly root: Cgroup;
  /** Tasks that are gone: their names, and how they are shown. */
  readonly departed: { readonly name: string; readonly view: object }[] = [];
  readonly #sh: Task;
  readonly #host: SchedHost<Task>;
  #hand: Hand | null = null;
  #answer: Result<undefined> | null = null;

  constructor(options: Partial<MachineOptions>) {
    this.mm = bootMm({ ...DEFAULT_OPTIONS, ...options });
    this.root = newRoot(this.mm.root);
    this.#sh = newTask(this.mm, 'sh', 'sh', this.mm.root);
    const flusher = newTask(this.mm, 'pdflush', 'pdflush', this.mm.root);
    flusher.thread = pdflush(this.mm, flusher);
    this.mm.flusher = flusher;
    wakeUpNewThread(this.mm.sched, flusher);
    this.#host = {
      step: (task) => this.#step(task),
      deviceTimer: (index) => deviceTimer(this.mm, index),
      exited: (task) => this.#exited(task),
    };
  }

  get now(): Nanoseconds {
    return ns(this.mm.sched.now);
  }

  set observer(observer: Observer) {
    this.mm.observer = observer;
  }

  perform(operation: Operation): Result<undefined> | null {
    const { mm, root } = this;
    this.#answer = null;
    switch (operation.op) {
      case 'write': {
        const answer = writeFile(mm, root, operation.path, operation.data, this.#sh);
        if (!('wait' in answer)) return answer;
        if (answer.wait === 'stop-daemon') return this.#begin(this.#awaitDaemon(answer.cgroup));
        return this.#begin(this.#empty(answer.cgroup));
      }
      case 'mkdir':
        return mkdir(mm, root, operation.path);
      case 'rename':
        return rename(root, operation.from, operation.to);
      case 'rmdir': {
        const found = mayRmdir(root, operation.path);
        if (!found.ok) return found;
        stopDaemon(mm, found.value.memcg);
        return this.#begin(this.#rmdir(found.value));
      }
      case 'spawn': {
        const cgroup = lookup(root, operation.cgroup);
        if (cgroup === null) return refuse('ENOENT');
        if (this.#taskByName(operation.task) !== undefined) return refuse('EEXIST');
        const node = operation.node ?? 0;
        if (node >= mm.nodes) return refuse('EINVAL');
        newTask(mm, 'task', operation.task, cgroup.memcg, node);
        return OK;
      }
      case 'sync':
        wakeupPdflush(mm, mm.nrDirty);
        return this.#begin(this.#sync());
      case 'drop': {
        const { file } = operation;
        const one = file === null ? undefined : mm.files.get(file);
        if (file !== null && one === undefined) return refuse('ENOENT');
        for (const mapping of one === undefined ? mm.files.values() : [one]) invalidateMapping(mm, mapping);
        return OK;
      }
      case 'truncate':
        truncateMapping(mm, openFile(mm, operation.file, 0), operation.pages);
        return OK;
      case 'sleep':
        return operation.until <= this.now ? OK : this.#wait({ kind: 'sleep', until: operation.until });
      case 'kill':
      case 'attach':
      case 'renice':
      case 'start':
      case 'run':
      case 'stop':
      case 'wait-task':
        return this.#performOnTask(operation);
      default:
        throw new Error(`the reference model does not know ${operation.op}`);
    }
  }

  #performOnTask(
    operation: Extract<
      Operation,
      { op: 'kill' | 'attach' | 'renice' | 'start' | 'run' | 'stop' | 'wait-task' }
    >,
  ): Result<undefined> | null {
    const { mm } = this;
    const task = this.#taskByName(operation.task);
    if (task === undefined) {
      const wasHere = [...this.departed, ...mm.tasks].some(({ name }) => name === operation.task);
      return operation.op === 'wait-task' && wasHere ? OK : refuse('ESRCH');
    }
    switch (operation.op) {
      case 'kill':
        if (operation.signal !== 'KILL') return this.#stopOrContinue(task, operation.signal);
        sendKill(mm, task);
        return operation.wait === false ? OK : this.#wait({ kind: 'exit', task });
      case 'attach': {
        const cgroup = lookup(this.root, operation.cgroup);
        if (cgroup === null) return refuse('ENOENT');
        attachTask(task, cgroup.memcg);
        return OK;
      }
      case 'renice':
        setUserNice(task, operation.nice);
        return OK;
      case 'start':
      case 'run': {
        const mistake = this.#behaviourMistake(task, operation.behaviour);
        if (mistake !== null) return mistake;
        startBehaviour(mm, task, operation.behaviour);
        return operation.op === 'start' ? OK : this.#wait({ kind: 'behaviour', task, strict: true });
      }
      case 'stop':
        stopBehaviour(mm, task);
        if (operation.wait === false) return OK;
        return task.behaviour === null ? OK : this.#wait({ kind: 'behaviour', task, strict: false });
      case 'wait-task':
        return task.behaviour === null ? OK : this.#wait({ kind: 'behaviour', task, strict: false });
    }
  }

  #taskByName(name: string): Task | undefined {
    return this.mm.tasks.find((task) => task.name === name && !task.killed);
  }

  #stopOrContinue(task: Task, signal: 'STOP' | 'CONT'): Result<undefined> {
    task.stopPending = signal === 'STOP';
    if (signal === 'CONT' && task.state === 'stopped') task.state = 'interruptible';
    if (!task.inKernel) wakeUp(this.mm.sched, task);
    return OK;
  }

  #behaviourMistake(task: Task, behaviour: Behaviour): Result<undefined> | null {
    if (task.behaviour !== null) return refuse('EBUSY');
    if (behaviour.kind === 'touch') {
      const there = touchable(task);
      if (there === 0 || (behaviour.pages ?? 0) > there) return refuse('EFAULT');
    }
    if (behaviour.kind === 'free' && (behaviour.pages ?? 0) > task.anonPages) return refuse('EINVAL');
    const most = 16 * (this.mm.nrPages + this.mm.swap.length - 1);
    if (behaviour.kind === 'alloc' && task.anonPages + behaviour.pages > most) return refuse('ENOMEM');
    return null;
  }

  #begin(work: Work<Result<undefined>>): null {
    return this.#wait({ kind: 'work', work });
  }

  #wait(hand: Hand): null {
    this.#hand = hand;
    wakeUp(this.mm.sched, this.#sh);
    return null;
  }

  run(until: Nanoseconds): Stop {
    const { mm } = this;
    for (;;) {
      if (this.#answer !== null) return this.#done(this.#answer);
      if (mm.needs !== null)
        return { why: 'needs', source: mm.needs.source, record: 0, task: mm.needs.task.name };
      const deadline = this.#hand?.kind === 'sleep' ? this.#hand.until : Infinity;
      if (runOneEvent(mm.sched, this.#host, Math.min(until, deadline))) continue;
      mm.sched.now = Math.max(mm.sched.now, Math.min(until, deadline));
      return deadline <= until ? this.#done(OK) : { why: 'time' };
    }
  }

  feed(records: TraceBatch): void {
    this.mm.needs?.feed(records);
    this.mm.needs = null;
  }

  /** ^C for a behaviour that is waited for. */
  interrupt(): void {
    const hand = this.#hand;
    if (hand?.kind === 'behaviour' && hand.strict && this.mm.tasks.includes(hand.task)) {
      stopBehaviour(this.mm, hand.task);
    }
    this.#hand = null;
    this.#answer = refuse('EINTR');
  }

  #done(result: Result<undefined>): Stop {
    this.#answer = null;
    this.#hand = null;
    return { why: 'done', result };
  }

  #step(task: Task): StepEnd {
    if (task.kind === 'task') return taskStep(this.mm, task, (each) => this.#behaviourEnded(each));
    if (task.kind === 'sh') return this.#shStep();
    const step = task.thread?.next();
    return step === undefined || step.done ? 'exit' : step.value;
  }

  #shStep(): StepEnd {
    if (this.#hand?.kind === 'work') {
      const step = this.#hand.work.next();
      if (!step.done) return step.value;
      this.#hand = null;
      this.#answer = step.value;
      return 'may-preempt';
    }
    sleepOn(this.mm.sched, this.#sh, 'interruptible');
    return 'block';
  }

  #behaviourEnded(task: Task): void {
    const hand = this.#hand;
    if (hand?.kind !== 'behaviour' || hand.task !== task) return;
    this.#hand = null;
    if (!hand.strict || task.outcome === 'ended') this.#answer = OK;
    else this.#answer = refuse(task.outcome === 'stopped' ? 'EINTR' : 'ESRCH');
  }

  #exited(task: Task): void {
    const hand = this.#hand;
    exitTask(this.mm, task);
    if (task.reclaims !== null) {
      daemonExited(this.mm, task.reclaims, task);
      if (hand?.kind === 'work') wakeUp(this.mm.sched, this.#sh);
      return;
    }
    this.departed.push({ name: task.name, view: viewDeparted(task) });
    if (hand?.kind !== 'exit' || hand.task !== task) return;
    this.#hand = null;
    this.#answer = OK;
  }

  *#awaitDaemon({ memcg }: Cgroup): Work<Result<undefined>> {
    while (memcg.daemon !== null) {
      sleepOn(this.mm.sched, this.#sh, 'interruptible');
      yield 'block';
    }
    return OK;
  }

  *#empty({ memcg }: Cgroup): Work<Result<undefined>> {
    yield* forceEmpty(this.mm, this.#sh, memcg);
    return OK;
  }

  /** kthread_stop() waits for the reclaimer's end; then the group is emptied. */
  *#rmdir(cgroup: Cgroup): Work<Result<undefined>> {
    yield* this.#awaitDaemon(cgroup);
    yield* forceEmpty(this.mm, this.#sh, cgroup.memcg);
    return finishRmdir(this.mm, cgroup);
  }

  /** sync(2): hands all to the disk, then waits for as much as was handed over. */
  *#sync(): Work<Result<undefined>> {
    const disk = this.mm.devices[DISK_WRITE];
    let target = Infinity;
    for (;;) {
      if (target === Infinity && this.mm.flushRequest === 0) target = disk.submitted;
      if (disk.completed >= target) return OK;
      if (this.mm.flushRequest > 0) wakeupPdflush(this.mm, this.mm.flushRequest);
      congestionWait(this.mm, this.#sh);
      yield 'block';
      this.mm.congestion.delete(this.#sh);
    }
  }
}

/** Without its flusher and `sh`, which are the first threads. */
function bootMm(options: MachineOptions): Mm {
  const costs: Costs = { ...DEFAULT_COSTS, ...options.costs };
  const { memory, nodes } = options;
  const share = Math.floor(memory / nodes);
  const nobody = newMemCgroup('', 1, nodes);
  const root = newMemCgroup('/', 2, nodes);
  return {
    sched: newSched<Task>(options.cpus, costs.contextSwitch, costs.wakeLatency),
    costs,
    errata: errataOf(options.errata),
    reclaimd: options.reclaimd,
    nodes,
    nrPages: memory,
    nrFree: Array.from({ length: nodes }, (_, node) => (node === 0 ? memory - share * (nodes - 1) : share)),
    files: new Map(),
    extents: [],
    freeExtents: [],
    memcgs: [nobody, root],
    nobody,
    root,
    tasks: [],
    nextPid: FIRST_PID,
    devices: newDevices(costs),
    swap: newSwap(options.swap),
    nextSwap: 1,
    nrDirty: 0,
    nrWriteback: 0,
    dirtyMappings: [],
    dirtied: 0,
    dirtyExceeded: false,
    writeout: { events: 0, total: 0 },
    flushRequest: 0,
    congestion: new Set(),
    random: newRandom(options.seed),
    flusher: null,
    needs: null,
    observer: null,
  };
}
