import { setImmediate } from 'node:timers/promises';
import { Machine } from '../../machine/machine.ts';
import type { Pacer } from '../../script/drive.ts';
import type { RunError } from '../../script/result.ts';
import { runScript } from '../../script/run.ts';
import { linesAt, type ScriptLines } from '../../script/script-files.ts';
import type { Lines } from '../../script/source.ts';
import { TraceMemory, type TraceOpener } from '../../script/traces.ts';
import { traceOpener } from '../../workload/trace-opener.ts';
import type { Job } from '../job.ts';
import { type Measurement, scaled, type Task } from '../sweep.ts';
import { ExecutorFailure } from './executor.ts';
import { MeasurementWatch } from './measurement-watch.ts';
import { parsedLines } from './parsed-texts.ts';
import { Perturbation } from './perturb.ts';
import { pointMachine } from './point-marks.ts';

/** Records of traces that one worker keeps. */
const MOST_RECORDS = 1 << 22;

/** What a worker keeps between the runs of one job. */
class Kept {
  readonly memory = new TraceMemory(MOST_RECORDS, { pinned: true });
  readonly traces: TraceOpener;
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

/**
 * Runs one point of a job on a machine of its own. What can be kept between runs of one job (parsed lines,
 * trace records) is kept, by the job object. Rejects with an ExecutorFailure when a trace can't be read or is
 * another than the job's; with the signal's reason when it was aborted.
 */
export async function runPoint(
  job: Job,
  task: Task,
  signal: AbortSignal | null = null,
): Promise<Measurement> {
  const ofJob = keptOf(job);
  let watch: MeasurementWatch | null = null;
  const { variant } = task.point;
  const perturbation = variant === undefined ? null : new Perturbation(variant);
  const point =
    perturbation === null ? task.point : { ...task.point, ...scaled(task.point, 1 / perturbation.work) };
  const { isRfc, options, command } = pointMachine(point, job.group);
  const linesOf = (path: string): ScriptLines => {
    const lines = ofJob.linesOf(path);
    return linesAt(perturbation?.lines(lines) ?? lines);
  };
  const warmup = new Warmup(job.warmup, () => watch);
  const { error } = await runScript({
    script: job.scripts[task.script].name,
    stdin: NO_INPUT,
    lines: linesOf,
    boot: isRfc ? job.boot : (job.bootOfOthers ?? job.boot),
    group: job.group,
    options: { ...job.options, ...options },
    before: () => [command],
    bootMachine: (options) => {
      const machine = Machine.boot(options);
      watch = new MeasurementWatch(machine, job.group);
      return machine;
    },
    traces: ofJob.traces,
    memory: ofJob.memory,
    print: null,
    drained: async () => {},
    keepOutput: false,
    history: false,
    observer: (event) => watch?.event(event),
    pacer: warmup,
    signal,
    progress: () => {},
    clock: () => performance.now(),
  });
  signal?.throwIfAborted();
  if (error?.kind === 'world') throw new ExecutorFailure(error.message);
  // Assigned in a callback, which the compiler does not follow.
  const watched = watch as MeasurementWatch | null;
  if (watched === null) throw new ExecutorFailure(error?.message ?? 'no machine was booted');
  return watched.measurement(error === null ? null : sentence(error));
}

async function* NO_LINES(): AsyncGenerator<Uint8Array> {}
const NO_INPUT: AsyncIterable<Uint8Array> = NO_LINES();

function sentence({ message, why, file, line }: RunError): string {
  const place = line === 0 ? '' : `${file}:${line}: `;
  return `${place}${message}${why === '' ? '' : `: ${why}`}`;
}

/** Holds the machine for a moment where the warm-up is over. */
class Warmup implements Pacer {
  until: number;
  readonly #watch: () => MeasurementWatch | null;

  constructor(warmup: number, watch: () => MeasurementWatch | null) {
    this.until = warmup > 0 ? warmup : Infinity;
    this.#watch = watch;
  }

  async breathe(): Promise<void> {
    const watch = this.#watch();
    if (watch !== null && watch.now >= this.until) {
      watch.begin();
      this.until = Infinity;
    }
    // Also a worker has others to answer: a queue that asks whether it lives.
    await setImmediate();
  }
}
