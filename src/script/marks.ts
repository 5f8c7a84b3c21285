import { parseWrittenSize } from '../kernel/memparse.ts';
import { encodeText } from '../kernel/text.ts';
import { controlFileNamed } from '../machine/kernels.ts';

/**
 * The order in which several marks of a cgroup can be written. The kernel keeps
 * low <= high <= limit after every write (res_counter.c of the series), so what
 * makes room comes first: low down and limit up, then high, then the others. Each
 * file's card knows its turn.
 */

export interface Write {
  /** Full name of the file. */
  readonly name: string;
  readonly value: string;
}

/** After every file that has a turn. */
const LAST = Number.MAX_SAFE_INTEGER;

/**
 * The same writes, the marks first and so that no write is refused if the marks
 * agree with each other in the end. `current`: bytes that a mark has now, null when it can't be read.
 */
export function inAllowedOrder<W extends Write>(
  writes: readonly W[],
  current: (name: string) => bigint | null,
): W[] {
  const rank = ({ name, value }: W): number => {
    const turn = controlFileNamed(name)?.turn;
    if (turn === undefined) return LAST;
    const next = parseWrittenSize(encodeText(value));
    const now = current(name);
    // A value that is no size is refused wherever it stands.
    if (next === null || now === null || next === now) return Math.min(turn.falls, turn.rises);
    return next < now ? turn.falls : turn.rises;
  };
  return writes
    .map((write, index) => ({ write, index, rank: rank(write) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ write }) => write);
}
