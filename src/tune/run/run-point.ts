import { setImmediate } from 'node:timers/promises';
import { pages } from '../../kernel/units.ts';
import { Machine } from '../../machine/machine.ts';
import type { Command } from '../../script/command.ts';
import type { Pacer } from '../../script/drive.ts';
import type { RunError } from '../../script/result.ts';
import { runScript } from '../../script/run.ts';
import { linesAt } from '../../script/script-files.ts';
import type { Lines } from '../../script/source.ts';
import { TraceMemory, type TraceOpener } from '../../script/traces.ts';
import { traceOpener } from '../../workload/trace-opener.ts';
import { type Job, kernelOf } from '../job.ts';
import type { Marks, Measurement, Point, Task } from '../sweep.ts';
import { ExecutorFailure } from './executor.ts';
import { MeasurementWatch } from './measurement-watch.ts';
import { parsedLines } from './parsed-texts.ts';
import { Perturbation } from './perturb.ts';
import { firstMark, hasStem, pointMachine, setMarks, withWork } from './point-marks.ts';
import { isTakenUp, type Standing, Stems, stemKey } from './stem.ts';

/** Records of traces that one worker keeps. */
const MOST_RECORDS = 1 << 22;

/** What a worker keeps between the runs of one job. */
class Kept {
  readonly memory = new TraceMemory(MOST_RECORDS, { pinned: true });
  readonly traces: TraceOpener;
  readonly stems = new Stems();
  readonly #texts: Job['texts'];
  readonly #lines = new Map<string, readonly Lines[]>();

  constructor({ texts, copies, traces }: Job) {
    this.#texts = texts;
    this.traces = {
      ...traceOpener,
      open: async (path, format, signal) => {
        const source = await traceOpener.open(copies?.[path] ?? path, format, signal);
        if ((await source.sha256()) === traces[path]) return source;
        await source.close();
        throw new ExecutorFailure(`${path} is another trace than the one that this sweep was begun with`);
      },
    };
  }

  /** Everything that a script can include is among the texts: see gather-job.ts. */
  linesOf(path: string): readonly Lines[] {
    let lines = this.#lines.get(path);
    if (lines === undefined) {
      lines = parsedLines(this.#texts[path]);
      this.#lines.set(path, lines);
    }
    return lines;
  }
}

const kept = new WeakMap<Job, Kept>();

function keptOf(job: Job): Kept {
  const known = kept.get(job) ?? new Kept(job);
  kept.set(job, known);
  return known;
}

/** What one run came to. */
export interface PointRan {
  readonly measurement: Measurement;
  /** It drew random numbers: with another seed it may come to something else. */
  readonly isRandom: boolean;
}

/**
 * Runs one point of a job. What can be kept between runs of one job is kept, by the job object: parsed lines, trace
 * records, and what runs have in common (stem.ts). Rejects with an ExecutorFailure when a trace can't be read or is
 * another than the job's; with the signal's reason when it was aborted.
 */
export async function runPoint(job: Job, task: Task, signal: AbortSignal | null = null): Promise<PointRan> {
  const run = new PointRun(job, task, signal);
  const shared = hasStem(task.point, kernelOf(job)) ? await run.fromStem() : null;
  return shared ?? (await run.run({}));
}

/** The same on a machine of its own from the beginning to the end, whatever was run before. */
export const runAlone = (job: Job, task: Task): Promise<PointRan> => new PointRun(job, task, null).run({});

/** A run that has a machine. */
interface Begun {
  readonly machine: Machine;
  readonly watch: MeasurementWatch;
}

/** How a point's run begins, and who looks on. */
interface Way {
  /** Left out: a new machine, and the script from its beginning. */
  readonly from?: Standing | undefined;
  /** The marks that it begins with; left out: its own. */
  readonly marks?: Marks;
  readonly obeys?: (run: Begun, command: Command, before: number) => void;
  readonly stands?: (run: Begun) => void;
  /** What is done at a time at which an operation is in hand. */
  readonly stop?: { readonly at: number; readonly act: (run: Begun) => void } | undefined;
}

class PointRun {
  readonly #job: Job;
  readonly #kept: Kept;
  readonly #task: Task;
  readonly #signal: AbortSignal | null;
  readonly #perturbation: Perturbation | null;
  readonly #point: Point;

  constructor(job: Job, task: Task, signal: AbortSignal | null) {
    const { point } = task;
    this.#job = job;
    this.#kept = keptOf(job);
    this.#task = task;
    this.#signal = signal;
    this.#perturbation = point.variant === undefined ? null : new Perturbation(point.variant);
    this.#point = this.#perturbation === null ? point : withWork(point, this.#perturbation.work);
  }

  /** Begins where others have been before it; null: its marks are reached there already. */
  async fromStem(): Promise<PointRan | null> {
    const { script, point } = this.#task;
    const { group, scripts } = this.#job;
    const { stems } = this.#kept;
    const stem = stems.of(stemKey(this.#task));
    const mark = firstMark(this.#point);
    const place = stem.before(mark);
    const from = place && stems.nearest(stem, place);
    let commands: number | null = from?.place.commands ?? null;
    let most = from?.place.most ?? pages(0);
    let isOwn = place === undefined;
    const look = (machine: Machine): void => {
      most = pages(Math.max(most, mostOf(machine, group)));
    };
    const takeOver = ({ machine, watch }: Begun): void => {
      if (place === undefined) return;
      if (place.time !== from?.place.time)
        stems.keep(stem, { place, machine: machine.save(), watched: watch.watched });
      isOwn = setMarks(machine, group, this.#point, place.most);
    };
    const { memory } = scripts[script];
    const ran = await this.run({
      from,
      ...(!isOwn && { marks: { ...point, limit: memory, high: memory, low: memory } }),
      stop: place && { at: place.time, act: takeOver },
      obeys: ({ machine }, command, before) => {
        stem.obeys(command);
        commands = isTakenUp(command) ? before : null;
        // It may set max_usage_in_bytes back.
        if (command.name === 'write') look(machine);
      },
      stands: ({ machine }) => {
        if (commands === null || most > mark || stem.isOver) return;
        look(machine);
        if (most <= mark) stem.passed({ commands, time: machine.now, most });
      },
    });
    stem.told(mark);
    return isOwn ? ran : null;
  }

  async run({ from, marks, obeys, stands, stop }: Way): Promise<PointRan> {
    const { boot, bootOfOthers, group, options: ofJob, scripts, warmup } = this.#job;
    const kept = this.#kept;
    const { isUsual, options, command } = pointMachine(
      { ...this.#point, ...marks },
      group,
      kernelOf(this.#job),
    );
    let begun: Begun | null = null;
    const begin = (machine: Machine): Machine => {
      const { mostWaited } = this.#point;
      begun = { machine, watch: new MeasurementWatch(machine, { group, warmup, mostWaited }, from?.watched) };
      return machine;
    };
    const holds = new Holds(() => begun, from?.watched.isWarm ? Infinity : warmup, stop, stands);
    const { error } = await runScript({
      script: scripts[this.#task.script].name,
      stdin: NO_INPUT,
      lines: (path) => {
        const lines = kept.linesOf(path);
        return linesAt(this.#perturbation?.lines(lines) ?? lines);
      },
      boot: isUsual ? boot : (bootOfOthers ?? boot),
      group,
      options: { ...ofJob, ...options },
      before: () => [command],
      bootMachine: (all) => begin(Machine.boot(all)),
      takenUp: from && { machine: begin(Machine.load(from.machine)), commands: from.place.commands },
      obeys: (command, before) => begun !== null && obeys?.(begun, command, before),
      traces: kept.traces,
      memory: kept.memory,
      print: null,
      drained: async () => {},
      keepOutput: false,
      history: false,
      observer: (event) => begun?.watch.event(event),
      pacer: holds,
      signal: this.#signal,
      progress: () => {},
      clock: () => performance.now(),
    });
    this.#signal?.throwIfAborted();
    if (error?.kind === 'world') throw new ExecutorFailure(error.message);
    // Assigned in a callback, which the compiler does not follow.
    const ended = begun as Begun | null;
    if (ended === null) throw new ExecutorFailure(error?.message ?? 'no machine was booted');
    const { machine, watch } = ended;
    const ran = {
      measurement: watch.measurement(error === null ? null : sentence(error)),
      isRandom: machine.isRandom,
    };
    machine.retire();
    return ran;
  }
}

/** The highest usage that the group has seen; 0 before the script has made it. */
const mostOf = (machine: Machine, group: string): number =>
  machine.usages().find(({ path }) => path === group)?.usage.max ?? 0;

async function* NO_LINES(): AsyncGenerator<Uint8Array> {}
const NO_INPUT: AsyncIterable<Uint8Array> = NO_LINES();

function sentence({ message, why, file, line }: RunError): string {
  const place = line === 0 ? '' : `${file}:${line}: `;
  return `${place}${message}${why === '' ? '' : `: ${why}`}`;
}

/** Holds the machine for a moment where the warm-up is over, and where it is to be stopped; for good where nobody needs the rest. */
class Holds implements Pacer {
  readonly #begun: () => Begun | null;
  #warmup: number;
  #stop: Way['stop'];
  readonly #stands: Way['stands'];

  /** `warmup`: when it is over; 0: there is none. */
  constructor(begun: () => Begun | null, warmup: number, stop: Way['stop'], stands: Way['stands']) {
    this.#begun = begun;
    this.#warmup = warmup > 0 ? warmup : Infinity;
    this.#stop = stop;
    this.#stands = stands;
  }

  get until(): number {
    return Math.min(this.#warmup, this.#stop?.at ?? Infinity);
  }

  async breathe(): Promise<void> {
    const begun = this.#begun();
    if (begun !== null) this.#hold(begun);
    // Also a worker has others to answer: a queue that asks whether it lives.
    await setImmediate();
  }

  get isOver(): boolean {
    return this.#begun()?.watch.isStopped ?? false;
  }

  stands(): void {
    const begun = this.#begun();
    if (begun !== null) this.#stands?.(begun);
  }

  #hold(begun: Begun): void {
    const { now } = begun.machine;
    if (now >= this.#warmup) {
      begun.watch.begin();
      this.#warmup = Infinity;
    }
    if (this.#stop === undefined || now < this.#stop.at) return;
    this.#stop.act(begun);
    this.#stop = undefined;
  }
}
