import fc from 'fast-check';
import { Mistake } from '../../../src/script/mistake.ts';
import { type Executor, ExecutorFailure } from '../../../src/tune/run/executor.ts';
import { ShareExecutor } from '../../../src/tune/run/share.ts';
import { FolderExecutor } from '../../../src/tune/store/folder-executor.ts';
import type { Header } from '../../../src/tune/store/header.ts';
import { joinFolders } from '../../../src/tune/store/join.ts';
import { JoinedExecutor } from '../../../src/tune/store/joined-executor.ts';
import { readFolder, SweepFolder } from '../../../src/tune/store/sweep-folder.ts';
import { type Finished, type Task, taskKey } from '../../../src/tune/sweep.ts';
import { tune } from '../../../src/tune/tune.ts';
import { Chance } from '../../session/lives/chance.ts';
import { type Ending, SimDisk } from '../../session/lives/sim-disk.ts';
import { SimWall } from '../../session/lives/sim-wall.ts';
import type { Tally } from '../../support/lives.ts';
import { SETTINGS } from '../jobs.ts';
import { JOB, measurementAt, PLAIN } from '../landscape.ts';
import { header } from '../sweeps.ts';

/** One process that goes on with a sweep, or with a share of it, and what becomes of it. */
export interface Process {
  /** Of its share, where the sweep is shared out. */
  readonly share: number;
  /** The process, or the system, ends in the midst of so many changes of the disk. */
  readonly end: { readonly ending: Ending; readonly changes: number } | null;
  /** Its workers die after so many points; null: they don't. */
  readonly workers: number | null;
  /** It is interrupted after so many. */
  readonly interrupt: number | null;
  /** The disk has so much room, bytes. */
  readonly room: number | null;
  /** So many syncs go on well before one fails. */
  readonly soundSyncs: number | null;
  /** How long a sync takes, ms. */
  readonly slow: number;
  /** Before it begins a bit is another. */
  readonly flip: {
    readonly of: 'points' | 'sweep.json';
    readonly share: number;
    readonly bit: number;
  } | null;
  readonly chance: number;
}

/** A sweep from its first process to its report. */
export interface Life {
  readonly shares: number;
  readonly processes: readonly Process[];
  /** Before the report a bit of a folder is another. */
  readonly flip: Flip | null;
}

interface Flip {
  readonly of: 'points' | 'sweep.json';
  /** Of the file, where. */
  readonly share: number;
  readonly bit: number;
}

/** In so many of ten. */
const some = <T>(weight: number, one: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight, arbitrary: one }, { weight: 10 - weight, arbitrary: fc.constant(null) });

const flip: fc.Arbitrary<Flip> = fc.record({
  of: fc.constantFrom('points', 'points', 'points', 'sweep.json'),
  share: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  bit: fc.nat(7),
});

const aProcess: fc.Arbitrary<Process> = fc.record({
  share: fc.nat(2),
  end: some(
    6,
    fc.record({ ending: fc.constantFrom<Ending>('kill', 'power'), changes: fc.oneof(fc.nat(8), fc.nat(60)) }),
  ),
  workers: some(2, fc.nat(40)),
  interrupt: some(2, fc.nat(40)),
  room: some(1, fc.nat(9000)),
  soundSyncs: some(1, fc.nat(20)),
  slow: fc.oneof(fc.constant(0), fc.nat(30)),
  flip: some(1, flip),
  chance: fc.nat(),
});

export const life: fc.Arbitrary<Life> = fc.record({
  shares: fc.constantFrom(1, 1, 2, 3),
  processes: fc.array(aProcess, { minLength: 1, maxLength: 8, size: 'max' }),
  flip: some(1, flip),
});

/** One to which nothing happens. */
const NOTHING: Process = {
  share: 0,
  end: null,
  workers: null,
  interrupt: null,
  room: null,
  soundSyncs: null,
  slow: 0,
  flip: null,
  chance: 1,
};

/** Lives that went wrong once, by what was wrong with them. */
export const FOUND: Readonly<Record<string, Life>> = {
  'points were on the disk, and the name of what they are points of was not': {
    shares: 1,
    processes: [
      { ...NOTHING, end: { ending: 'power', changes: 10 }, chance: 150720057 },
      { ...NOTHING, chance: 0 },
    ],
    flip: null,
  },
};

/** What must be true is not. */
class Broken extends Error {}

const PLAN = { ...SETTINGS, points: 12, seeds: [1] };

const outcome = async (executor: Executor, signal: AbortSignal | null = null): Promise<string> =>
  JSON.stringify(await tune({ job: JOB, plan: PLAN, executor, signal, progress: () => {} }));

const truth = (task: Task): Finished => ({ ...task, measurement: measurementAt(task, PLAIN) });

/** What a sweep comes to that nothing happens to. */
let undisturbed: string | null = null;

/** Lives a sweep's life to its end. Rejects with what is wrong with it. */
export const live = (life: Life, tally: Tally): Promise<void> => new Living(life, tally).run();

class Living {
  readonly #life: Life;
  readonly #tally: Tally;
  #wall = new SimWall();
  #disk = new SimDisk(() => this.#wall);
  /** By share: keys of points that were told, and are to be there. */
  readonly #told = new Map<string, Set<string>>();
  readonly #asked = new Set<string>();
  readonly #flipped = new Set<string>();

  constructor(life: Life, tally: Tally) {
    this.#life = life;
    this.#tally = tally;
  }

  async run(): Promise<void> {
    for (const each of this.#life.processes) if (!(await this.#process(each))) return;
    const { shares } = this.#life;
    for (let share = 0; share < shares; share += 1) {
      const last = { ...NOTHING, share };
      if (!(await this.#process(last))) return;
    }
    this.#flip('/s1', this.#life.flip);
    undisturbed ??= await this.#toItsEnd(outcome(this.#workers(NOTHING)));
    const report = await this.#report();
    if (report === null) return;
    if (report !== undisturbed) throw new Broken('the report is another');
    this.#count('reports');
  }

  #count(kind: string): void {
    this.#tally.set(kind, (this.#tally.get(kind) ?? 0) + 1);
  }

  /** Whether the sweep can go on. */
  async #process(process: Process): Promise<boolean> {
    const { shares } = this.#life;
    const index = (process.share % shares) + 1;
    const path = `/s${index}`;
    const share = shares === 1 ? null : { index, of: shares };
    this.#flip(path, process.flip);
    const disk = this.#disk;
    disk.room = process.room ?? Infinity;
    disk.soundSyncs = process.soundSyncs ?? Infinity;
    disk.slow = process.slow;
    if (process.end !== null) {
      disk.endsIn = process.end.changes + 1;
      disk.ending = process.end.ending;
      disk.chance = new Chance(process.chance);
    }
    this.#count('processes');
    const goesOn = await this.#sweep(path, { ...header({ job: JOB }), share }, process);
    this.#gone(process);
    if (goesOn) this.#check(path);
    return goesOn;
  }

  #flip(path: string, flip: Flip | null): void {
    if (flip === null || !this.#disk.flip(`${path}/${flip.of}`, flip.share, flip.bit)) return;
    this.#count(`flipped in ${flip.of}`);
    this.#flipped.add(path);
  }

  #gone({ end }: Process): void {
    const { left } = this.#disk;
    if (left !== null && end !== null)
      this.#count(end.ending === 'kill' ? 'kills at a write' : 'power failures at a write');
    this.#disk = left ?? this.#disk.end('kill');
    this.#wall = new SimWall(this.#wall.date());
  }

  async #sweep(path: string, asked: Header, process: Process): Promise<boolean> {
    const disk = this.#disk;
    const folder = SweepFolder.open(path, asked, {
      disk,
      make: () => {},
      lock: () => ({ release: () => {} }),
    });
    if (disk.left !== null) return true;
    if (!(folder instanceof SweepFolder)) return this.#refused(folder, path);
    const interrupt = new AbortController();
    let left = process.interrupt ?? Infinity;
    const keeping = new FolderExecutor(folder, this.#workers(process));
    const telling: Executor = {
      run: (tasks, onFinished, signal) =>
        keeping.run(
          tasks,
          (finished) => {
            // A process that is no more tells nobody.
            if (disk.left !== null) return;
            this.#tell(path, finished);
            onFinished(finished);
            left -= 1;
            if (left < 0) interrupt.abort();
          },
          signal,
        ),
      close: () => keeping.close(),
    };
    const { share } = asked;
    const executor = share === null ? telling : new ShareExecutor(share, telling);
    try {
      await this.#toItsEnd(outcome(executor, interrupt.signal).then(() => executor.close()));
      if (left < 0) this.#count('interrupted');
    } catch (error) {
      if (!(error instanceof ExecutorFailure)) throw error;
      const code = (error.cause as NodeJS.ErrnoException | undefined)?.code;
      this.#count(code === 'ENOSPC' ? 'full disks' : code === 'EIO' ? 'failed syncs' : 'lost workers');
    }
    return true;
  }

  /** null: the process was over first. */
  async #toItsEnd<T>(work: Promise<T>): Promise<T | null> {
    let over = false;
    const settled = work.finally(() => {
      over = true;
    });
    // Of one that was killed nobody hears.
    settled.catch(() => {});
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#disk.left !== null) return null;
      if (over) return settled;
      if (!this.#wall.turn()) throw new Broken('it never ends');
    }
  }

  /** Only what is damaged is refused, and in a sentence; else its user goes on when there is room. */
  #refused(why: Mistake | ExecutorFailure, path: string): boolean {
    if (why instanceof ExecutorFailure && why.cause !== undefined) {
      this.#count('full disks');
      return true;
    }
    if (!this.#flipped.has(path)) throw new Broken(`refused: ${why.message}`);
    this.#count('refused in a sentence');
    return false;
  }

  /** In an order of their own. */
  #workers({ workers, chance }: Process): Executor {
    const order = new Chance(chance);
    let left = workers ?? Infinity;
    return {
      run: async (tasks, onFinished, signal) => {
        const waiting = [...tasks];
        while (waiting.length > 0 && signal?.aborted !== true) {
          if (left <= 0) throw new ExecutorFailure('the workers are gone');
          left -= 1;
          const [task] = waiting.splice(order.upTo(waiting.length - 1), 1);
          await new Promise<void>((resolve) => this.#wall.after(order.upTo(3), resolve));
          this.#asked.add(taskKey(task));
          onFinished(truth(task));
        }
      },
      close: () => Promise.resolve(),
    };
  }

  #tell(path: string, finished: Finished): void {
    this.#count('points told');
    if (JSON.stringify(finished) !== JSON.stringify(truth(finished)))
      throw new Broken(`${taskKey(finished)} is not what it came to`);
    const told = this.#told.get(path) ?? new Set();
    this.#told.set(path, told.add(taskKey(finished)));
  }

  /** What was told is there, and nothing else than what was run. */
  #check(path: string): void {
    const contents = readFolder(path, this.#disk);
    if (contents instanceof ExecutorFailure) {
      if (this.#flipped.has(path)) return;
      throw new Broken(`can't be read: ${contents.message}`);
    }
    this.#count('checks');
    const found = contents?.finished ?? new Map<string, Finished>();
    for (const each of found.values())
      if (!this.#asked.has(taskKey(each)) || JSON.stringify(each) !== JSON.stringify(truth(each)))
        throw new Broken(`${taskKey(each)} is there, and nobody ran it to that`);
    if (this.#flipped.has(path)) return;
    for (const key of this.#told.get(path) ?? [])
      if (!found.has(key)) throw new Broken(`${key} was told, and is gone`);
  }

  /** Of the folder, or of the shares' folders joined; null: it is refused for what is damaged. */
  async #report(): Promise<string | null> {
    const { shares } = this.#life;
    const paths = Array.from({ length: shares }, (_, i) => `/s${i + 1}`);
    const joined = joinFolders(paths, this.#disk);
    if (joined instanceof Mistake || joined instanceof ExecutorFailure) {
      if (this.#flipped.size === 0) throw new Broken(`merge: ${joined.message}`);
      this.#count('refused in a sentence');
      return null;
    }
    const asked = header({ job: JOB });
    if (JSON.stringify(joined.header) !== JSON.stringify(asked))
      throw new Broken('merge: it is of another sweep');
    const executor = new JoinedExecutor(joined, this.#workers(NOTHING));
    const report = await this.#toItsEnd(outcome(executor));
    if (executor.missing === null) return report;
    if (joined.notices.length === 0) throw new Broken(executor.missing);
    this.#count('points missed by the merge, and said');
    return null;
  }
}
