import { parseWrittenSize } from '../kernel/memparse.ts';
import { encodeText } from '../kernel/text.ts';

/**
 * The order in which several marks of a cgroup can be written. The kernel keeps
 * low <= high <= limit after every write (res_counter.c of the series), so what
 * makes room comes first: low down and limit up, andThen high, then the others.
 */

export interface Write {
  /** Full name of the file. */
  readonly name: string;
  readonly value: string;
}

const LOW = 'memory.low_wmark_in_bytes';
const HIGH = 'memory.high_wmark_in_bytes';
const LIMIT = 'memory.limit_in_bytes';
/** Of the policy kswapd2011: the high distance is the larger after every write, and both are below the limit. */
const LOW_DISTANCE = 'memory.low_wmark_distance';
const HIGH_DISTANCE = 'memory.high_wmark_distance';

/**
 * The same writes, the marks first and so that no write is refused if the marks
 * agree with each other in the end. `current`: bytes that a mark has now, null when it can't be read.
 */
export function inAllowedOrder<W extends Write>(
  writes: readonly W[],
  current: (name: string) => bigint | null,
): W[] {
  const rank = (write: W): number => {
    if (write.name === HIGH) return 1;
    if (write.name === LOW_DISTANCE) return 4;
    if (write.name !== LOW && write.name !== LIMIT && write.name !== HIGH_DISTANCE) return 6;
    const next = parseWrittenSize(encodeText(write.value));
    const now = current(write.name);
    // A value that is no size is refused wherever it stands.
    const makesRoom = next === null || now === null || (write.name === LOW ? next <= now : next >= now);
    if (write.name === HIGH_DISTANCE) return makesRoom ? 3 : 5;
    return makesRoom ? 0 : 2;
  };
  return writes
    .map((write, index) => ({ write, index, rank: rank(write) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ write }) => write);
}
