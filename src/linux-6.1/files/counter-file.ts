import type { WriteAnswer } from '../../fs/types.ts';
import { done, OK, type Result, refuse } from '../../kernel/errno.ts';
import { parsePageCounter } from '../../kernel/memparse.ts';
import { bytesOf, PAGE_SHIFT, pages } from '../../kernel/units.ts';
import { PAGE_COUNTER_MAX } from '../page-counter.ts';
import type { Cgroup, ControlFile, MemCgroup } from '../types.ts';

/** A file that holds a size, or max: seq_puts_memcg_tunable() and page_counter_memparse(). */

const SOURCE = 'mm/memcontrol.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst';
export const SIZE =
  'a size with one suffix k, M, G, T, P or E at most, white space around it allowed, rounded down to whole pages; or max';
export const SIZE_RULE =
  'a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M, G, T, P or E at most, or max';

const showCounter = (counter: number): Result<string> =>
  done(counter >= PAGE_COUNTER_MAX ? 'max\n' : `${bytesOf(pages(counter))}\n`);

/** page_counter_memparse(); null: EINVAL. */
export function pagesIn(data: Uint8Array, max: string): number | null {
  const value = parsePageCounter(data, max);
  return value === null ? null : Math.min(Number(value >> BigInt(PAGE_SHIFT)), PAGE_COUNTER_MAX);
}

export const counterFile = (
  name: string,
  said: Pick<ControlFile, 'about' | 'rule' | 'initially' | 'example' | 'turn' | 'steers'>,
  of: (memcg: MemCgroup) => number,
  written: (cgroup: Cgroup, value: number) => WriteAnswer | undefined,
): ControlFile => ({
  name,
  where: 'below',
  kind: 'bytes',
  reads: 'bytes, or max',
  writes: SIZE,
  source: SOURCE,
  ...said,
  read: (_fs, { memcg }) => showCounter(of(memcg)),
  write: (_fs, cgroup, data) => {
    const value = pagesIn(data, 'max');
    return value === null ? refuse('EINVAL', SIZE_RULE) : (written(cgroup, value) ?? OK);
  },
});
