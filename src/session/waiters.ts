import { refuse } from '../kernel/errno.ts';
import { endOfRun, type Machine, type Operation, type TaskEnd } from '../machine/machine.ts';
import { answered, FINE, failure, type Outcome, refused } from '../script/world.ts';

/** Those who wait for a time, a task or a condition, while the machine and everybody else go on. */

interface Asker {
  readonly subject: string;
  readonly signal: AbortSignal;
}

interface Waiter {
  readonly until: number;
  /** What it comes to when the time is over. */
  readonly late: () => Outcome;
  readonly test: (() => boolean) | null;
  /** The task's end that it waits for. */
  readonly ends: ((end: TaskEnd) => Outcome | null) | null;
  readonly resolve: (outcome: Outcome) => void;
  outcome: Outcome | null;
}

export class Waiters {
  readonly #machine: Machine;
  readonly #all = new Set<Waiter>();
  #tests = 0;
  #over = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  get any(): boolean {
    return this.#all.size > 0;
  }

  /** When the first of them has waited long enough, virtual. */
  get until(): number {
    let least = Infinity;
    for (const { until } of this.#all) least = Math.min(least, until);
    return least;
  }

  /** For Machine.run(): whether a condition holds that somebody waits for; null: nobody does. */
  get test(): (() => boolean) | null {
    return this.#tests === 0 ? null : this.#test;
  }

  /** Somebody has to be told something. */
  isDue(now: number): boolean {
    return this.#over > 0 || (this.#all.size > 0 && this.until <= now);
  }

  /** The wait that an operation is; null: it is none. */
  forWait(operation: Operation, asked: Asker): Promise<Outcome> | null {
    switch (operation.op) {
      case 'sleep':
      case 'let-pass':
        return this.#add(asked, { until: operation.until, late: () => FINE, test: null, ends: null });
      case 'wait-until': {
        const late = (): Outcome => refused(asked.subject, refuse('EAGAIN', 'it did not come true in time'));
        const test = (): boolean => operation.test(this.#machine);
        if (test()) return Promise.resolve(FINE);
        return this.#add(asked, {
          until: operation.until ?? Infinity,
          late,
          test,
          ends: null,
        });
      }
      case 'wait-task': {
        const task = this.#find(operation.task);
        if (task === undefined || task.behaviour === null) return null;
        return this.#ofTask(asked, ({ pid }) => (pid === task.pid ? FINE : null));
      }
      default:
        return null;
    }
  }

  /** The wait for the end of what an operation has begun; null: there is nothing to wait for. */
  forEnd(operation: Operation, asked: Asker, interrupted: () => void): Promise<Outcome> | null {
    if (operation.op === 'run') {
      const task = this.#find(operation.task);
      const ended = (end: TaskEnd): Outcome | null =>
        end.pid === task?.pid ? answered(endOfRun(end, operation.task), asked.subject) : null;
      return this.#ofTask(asked, ended, interrupted);
    }
    if (operation.op === 'stop' && operation.wait !== false) {
      const task = this.#find(operation.task);
      if (task === undefined || task.behaviour === null) return null;
      return this.#ofTask(asked, ({ pid }) => (pid === task.pid ? FINE : null));
    }
    if (operation.op === 'proc' && operation.wait !== false) {
      const { pid } = operation;
      const task = this.#machine.tasks().find((each) => each.pid === pid);
      return task?.behaviour ? this.#ofTask(asked, (end) => (end.pid === pid ? FINE : null)) : null;
    }
    if (operation.op === 'kill' && operation.signal === 'KILL' && operation.wait !== false) {
      const task = this.#machine
        .tasks()
        .find((each) => each.name === operation.task && each.killed && each.state !== 'X');
      if (task === undefined) return null;
      return this.#ofTask(asked, ({ pid, how }) => (pid === task.pid && how === 'gone' ? FINE : null));
    }
    return null;
  }

  taskEnded(end: TaskEnd): void {
    for (const waiter of this.#all) {
      if (waiter.outcome !== null) continue;
      waiter.outcome = waiter.ends?.(end) ?? null;
      if (waiter.outcome !== null) this.#over += 1;
    }
  }

  /** Tells those whose wait is over. */
  look(): void {
    const { now } = this.#machine;
    for (const waiter of this.#all) {
      if (waiter.outcome === null && waiter.until <= now) waiter.outcome = waiter.late();
      if (waiter.outcome !== null) this.#end(waiter, waiter.outcome);
    }
    this.#over = 0;
  }

  endAll(outcome: Outcome): void {
    for (const waiter of this.#all) this.#end(waiter, outcome);
  }

  readonly #test = (): boolean => {
    let any = false;
    for (const waiter of this.#all) {
      if (waiter.outcome !== null || waiter.test === null || !waiter.test()) continue;
      waiter.outcome = FINE;
      this.#over += 1;
      any = true;
    }
    return any;
  };

  #find(name: string) {
    return this.#machine.tasks().find((task) => task.name === name && !task.killed && task.state !== 'X');
  }

  #ofTask(asked: Asker, ends: (end: TaskEnd) => Outcome | null, interrupted = () => {}): Promise<Outcome> {
    return this.#add(asked, { until: Infinity, late: () => FINE, test: null, ends }, interrupted);
  }

  #add(asked: Asker, what: Omit<Waiter, 'resolve' | 'outcome'>, interrupted = () => {}): Promise<Outcome> {
    return new Promise((resolve) => {
      const waiter: Waiter = { ...what, resolve, outcome: null };
      this.#all.add(waiter);
      if (what.test !== null) this.#tests += 1;
      asked.signal.addEventListener('abort', () => {
        if (!this.#all.has(waiter)) return;
        interrupted();
        this.#end(waiter, failure('interrupted', 'interrupted'));
      });
    });
  }

  #end(waiter: Waiter, outcome: Outcome): void {
    this.#all.delete(waiter);
    if (waiter.test !== null) this.#tests -= 1;
    waiter.resolve(outcome);
  }
}
