import { PAGE_SIZE } from '../kernel/units.ts';
import type { Allow } from './answers.ts';

/** What a file read by a real program leaves behind, beside the pages of the file. */

/** Most pages that the start of the reader and the metadata of its file were seen to charge. */
export const READERS_START = 50;
/** What of it is gone when the reader has exited. */
const PEAK = 16;
/** Pages that stay when all is drained. */
const PINNED = 8;

export interface Since {
  /** Files that were read in the cgroup so far. */
  readonly filesRead: number;
  /** limit_in_bytes, as recorded. */
  readonly limit: string;
  /** A reclaim pass has run on the cgroup. */
  readonly reclaimed: boolean;
}

const pagesOf = (value: unknown): number => Number(value) / PAGE_SIZE;

/** Exact up to the first file read. */
export function usageAllowed(field: 'usage' | 'max_usage', since: Since): Allow {
  return (recorded, found) => {
    if (since.filesRead === 0) return null;
    const missing = pagesOf(recorded) - pagesOf(found);
    if (pagesOf(recorded) === PINNED && pagesOf(found) === 0) return 'pinned pages';
    if (missing >= 0 && missing <= READERS_START + (field === 'max_usage' ? PEAK : 0))
      return "reader's start";
    return since.reclaimed && Math.abs(missing) <= READERS_START ? 'clusters of 32' : null;
  };
}

export function failcntAllowed(since: Since): Allow {
  return (recorded, found) => {
    if (since.filesRead === 0) return null;
    const missing = Number(recorded) - Number(found);
    if (missing >= 0 && missing <= 2 * since.filesRead) return "reader's failures";
    const starved = pagesOf(since.limit) < READERS_START;
    return starved && Number(recorded) > 0 && Number(found) > 0 ? "reader's failures" : null;
  };
}

/** Passes within 2 % and as many as the reader's start is worth; sleeps and wake-ups within a factor of two. */
export function countAllowed(passes: boolean, filesRead: number): Allow {
  return (recorded, found) => {
    if (filesRead === 0) return null;
    const [a, b] = [Number(recorded), Number(found)];
    const close = passes ? Math.abs(a - b) <= 2 * filesRead + 0.02 * a : a <= 2 * b && b <= 2 * a;
    return close ? 'counts' : null;
  };
}
