import type { AllowanceName } from '../allowances.ts';
import { Answers, textOf } from '../answers.ts';
import type { Kind, Value } from '../kind.ts';
import { Ground, MIB, streamOf } from './ground.ts';

/**
 * What each write of memory.reclaim has freed that a loop in user space made, every 100 ms by the recorder's clock, above 56M down to
 * 48M. When it came is the recorder's; that nobody else ran meanwhile is known of those that took no tick.
 */

const GROUP = '/group';
const BLOCK = 8;
const BATCH = 64;
/** So much is read at least until usage at the limit is that of a stream. */
const SATURATED = 16 * MIB;

export const loops61: Kind = {
  name: 'loops',
  about: 'what each memory.reclaim of a loop frees beside a task that reads on',
  recording: 'linux-6.1/loops.jsonl.gz',
  dialect: '6.1.176',
  fields: ['kernel', 'workload', 'config', 'boot', 'calls'],
  run(lines) {
    const answers = new Answers();
    for (const { fields } of lines) {
      const workload = textOf(fields['workload']);
      const reader = new Reader(workload === 'stream512' ? 512 : 96);
      for (const [i, call] of (fields['calls'] as readonly (readonly Value[])[]).entries()) {
        const [before = 0, asked = 0, after = 0] = call.map((bytes) => Number(bytes) / 4096);
        reader.readTo(before);
        const freed = reader.reclaim(asked * 4096);
        answers.compare(
          `${workload}, boot ${fields['boot']}`,
          `freed ${i + 1}`,
          before - after,
          freed,
          allowed,
        );
      }
    }
    return answers;
  },
};

const allowed = (recorded: Value, found: Value): AllowanceName | null =>
  Math.abs(Number(recorded) - Number(found)) <= Math.max(BATCH, Number(recorded) / 100)
    ? 'its own moment'
    : null;

/** A task that reads a file round and round under 64M. */
class Reader {
  readonly #ground = new Ground();
  /** Pages. */
  readonly #length: number;
  #at = 0;

  constructor(megabytes: number) {
    this.#length = megabytes * MIB;
    this.#ground.leaveBytes();
    this.#ground.mkdir(GROUP);
    this.#ground.write(`${GROUP}/memory.max`, '64M');
    this.#ground.spawn('reader', GROUP);
    this.#ground.file('data', this.#length);
  }

  /** Until the usage is so many pages; at the limit it is that less what a pass frees now and then. */
  readTo(usage: number): void {
    const full = 64 * MIB - BATCH;
    if (usage > full) for (let read = 0; read < SATURATED; read += MIB) this.#read(MIB);
    while (this.#usage < Math.min(usage, full)) this.#read(BLOCK);
  }

  /** Pages. */
  reclaim(bytes: number): number {
    const before = this.#usage;
    this.#ground.write(`${GROUP}/memory.reclaim`, `${bytes}`);
    return before - this.#usage;
  }

  get #usage(): number {
    return this.#ground.number(GROUP, 'memory.current') / 4096;
  }

  #read(count: number): void {
    this.#ground.run('reader', streamOf('data', this.#at % this.#length, count));
    this.#at += count;
  }
}
