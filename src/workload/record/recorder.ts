import type { Recording } from './recording.ts';
import { isAlike, type Source } from './sample.ts';

/** Looks at a source again and again, and writes down what it sees. */

export interface Pace {
  /** ms between two looks. */
  readonly interval: number;
  /** ms after which it is enough; null: when the source is gone. */
  readonly most: number | null;
  /** The wall clock, ms. */
  readonly clock: () => number;
}

/** Why there are no more samples. */
export type End = 'gone' | 'enough' | 'aborted' | 'unwritable';

/** The first looks are nearer to each other: a program does most of its starting in them. */
const FIRST = 1;
const GROWTH = 1 / 32;
/** While nothing changes the next is twice as far away each time, up to this, ms. */
const CALMEST = 200;

/** Resolves when there is nothing more to see, or nobody wants it any more. */
export function record(source: Source, recording: Recording, pace: Pace, signal: AbortSignal): Promise<End> {
  const { interval, most, clock } = pace;
  const began = clock();
  let next = 0;
  let calm = interval;
  /** Looks once; why that was the last look, or null. */
  const look = (): End | null => {
    const elapsed = clock() - began;
    const sample = source.look(Math.round(elapsed * 1e6));
    if (sample === null) return 'gone';
    calm = isAlike(sample, recording.last) ? Math.max(interval, Math.min(2 * calm, CALMEST)) : interval;
    recording.add(sample);
    if (recording.failure !== null) return 'unwritable';
    if (most !== null && elapsed >= most) return 'enough';
    next = Math.max(next + Math.min(calm, Math.max(FIRST, elapsed * GROWTH)), elapsed);
    return null;
  };
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const abort = (): void => {
      clearTimeout(timer);
      resolve('aborted');
    };
    const goOn = (): void => {
      try {
        const end = look();
        const until = Math.min(next, most ?? Number.POSITIVE_INFINITY);
        if (end === null) timer = setTimeout(goOn, Math.max(0, began + until - clock()));
        else resolve(end);
      } catch (error) {
        reject(error);
      }
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    goOn();
  });
}
