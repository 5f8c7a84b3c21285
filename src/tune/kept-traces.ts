import type { TraceOpener, TraceSource } from '../script/traces.ts';
import type { TraceBatch } from '../task/behaviour.ts';
import type { Job } from './job.ts';
import { ExecutorFailure } from './run/executor.ts';

/** Records that one worker keeps, of all traces together; one takes 25 bytes. */
const MOST = 1 << 22;
const BATCH = 1 << 16;

interface Kept {
  readonly id: string;
  readonly sha256: string;
  readonly files: readonly string[];
  readonly batch: TraceBatch;
}

/** Opens the traces of a job, each time but the first from memory; one that is too long is read anew. */
export class KeptTraces implements TraceOpener {
  readonly #opener: TraceOpener;
  readonly #job: Job;
  readonly #kept = new Map<string, Kept>();
  #records = 0;

  constructor(opener: TraceOpener, job: Job) {
    this.#opener = opener;
    this.#job = job;
  }

  fault(format: string): string | null {
    return this.#opener.fault(format);
  }

  isFault(error: unknown): error is Error {
    return this.#opener.isFault(error);
  }

  async open(path: string, format: string | null, signal: AbortSignal | null): Promise<TraceSource> {
    const key = `${format ?? ''} ${path}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return keptSource(known);
    const place = this.#job.copies?.[path] ?? path;
    const source = await this.#opener.open(place, format, signal);
    try {
      const sha256 = await source.sha256();
      if (sha256 !== this.#job.traces[path])
        throw new ExecutorFailure(`${path} is another trace than the one that this sweep was begun with`);
      const batch = await wholeOf(source, MOST - this.#records);
      if (batch !== null) {
        const kept = { id: source.id, sha256, files: source.files, batch };
        this.#records += batch.time.length;
        this.#kept.set(key, kept);
        return keptSource(kept);
      }
    } finally {
      await source.close();
    }
    return this.#opener.open(place, format, signal);
  }
}

/** A machine reads what it is fed and writes nothing there, so that all can have the same. */
const keptSource = ({ id, sha256, files, batch }: Kept): TraceSource => ({
  id,
  sha256: async () => sha256,
  files,
  read: async (from) => ({ batch: from === 0 ? batch : sliced(batch, from), last: true }),
  close: async () => {},
});

/** null: there are more than so many records. */
async function wholeOf(source: TraceSource, most: number): Promise<TraceBatch | null> {
  const batches: TraceBatch[] = [];
  for (let from = 0; from <= most; ) {
    const { batch, last } = await source.read(from, BATCH);
    batches.push(batch);
    from += batch.time.length;
    if (last) return from <= most ? joined(batches, from) : null;
  }
  return null;
}

function joined(batches: readonly TraceBatch[], length: number): TraceBatch {
  const whole: TraceBatch = {
    time: new Float64Array(length),
    file: new Int32Array(length),
    page: new Float64Array(length),
    count: new Int32Array(length),
    write: new Uint8Array(length),
  };
  let at = 0;
  for (const { time, file, page, count, write } of batches) {
    whole.time.set(time, at);
    whole.file.set(file, at);
    whole.page.set(page, at);
    whole.count.set(count, at);
    whole.write.set(write, at);
    at += time.length;
  }
  return whole;
}

const sliced = ({ time, file, page, count, write }: TraceBatch, from: number): TraceBatch => ({
  time: time.subarray(from),
  file: file.subarray(from),
  page: page.subarray(from),
  count: count.subarray(from),
  write: write.subarray(from),
});
