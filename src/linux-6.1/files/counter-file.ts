import { COUNTER, COUNTER_RULE } from '../../fs/counter-text.ts';
import type { WriteAnswer } from '../../fs/types.ts';
import { done, OK, type Result, refuse } from '../../kernel/errno.ts';
import { parsePageCounter } from '../../kernel/memparse.ts';
import { bytesOf, pages } from '../../kernel/units.ts';
import { PAGE_COUNTER_MAX, wholePages } from '../page-counter.ts';
import type { Cgroup, ControlFile, MemCgroup, Mm } from '../types.ts';

/** A file that holds a size, or max. */

const SOURCE = 'mm/memcontrol.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst';

/** Of a counter in pages. */
const shown = (counter: number): Result<string> =>
  done(counter >= PAGE_COUNTER_MAX ? 'max\n' : `${bytesOf(pages(counter))}\n`);

/** page_counter_memparse(); null: EINVAL. */
export function pagesIn(data: Uint8Array, max: string): number | null {
  const value = parsePageCounter(data, max);
  return value === null ? null : wholePages(value);
}

export const counterFile = (
  name: string,
  said: Pick<ControlFile, 'about' | 'rule' | 'initially' | 'example' | 'turn' | 'steers'>,
  of: (memcg: MemCgroup) => number,
  written: (cgroup: Cgroup, value: number, mm: Mm) => WriteAnswer | undefined,
): ControlFile => ({
  name,
  where: 'below',
  kind: 'bytes',
  reads: 'bytes, or max',
  writes: COUNTER,
  source: SOURCE,
  ...said,
  read: (_fs, { memcg }) => shown(of(memcg)),
  write: ({ mm }, cgroup, data) => {
    const value = pagesIn(data, 'max');
    return value === null ? refuse('EINVAL', COUNTER_RULE) : (written(cgroup, value, mm) ?? OK);
  },
});
