import { OK, type Result, refuse } from '../../src/kernel/errno.ts';
import { type Pages, pages } from '../../src/kernel/units.ts';

/** kernel/res_counter.c with 2/4: everything in bytes, as there. */

export const PAGE = 4096n;
const LLONG_MAX = 2n ** 63n - 1n;

export type Mark = 'limit' | 'high' | 'low';

export interface ResCounter {
  usage: bigint;
  maxUsage: bigint;
  failcnt: number;
  limit: bigint;
  high: bigint;
  low: bigint;
}

export const newResCounter = (): ResCounter => ({
  usage: 0n,
  maxUsage: 0n,
  failcnt: 0,
  limit: LLONG_MAX,
  high: LLONG_MAX,
  low: LLONG_MAX,
});

/** res_counter_charge_locked(): whether another page is allowed. */
export const mayCharge = ({ usage, limit }: ResCounter): boolean => usage + PAGE <= limit;

export function charge(res: ResCounter): void {
  res.usage += PAGE;
  if (res.usage > res.maxUsage) res.maxUsage = res.usage;
}

export function setMark(res: ResCounter, mark: Mark, value: bigint): Result<undefined> {
  const after = { ...res };
  after[mark] = value;
  if (after.low > after.high || after.high > after.limit) return refuse('EINVAL');
  res[mark] = value;
  return OK;
}

export const usagePages = ({ usage }: ResCounter): Pages => pages(Number(usage / PAGE));

/** As the machine shows marks: the whole pages in so many bytes; more than a machine can have are 2^30. */
export const markPages = (mark: bigint): Pages => pages(Math.min(2 ** 30, Number(mark / PAGE)));

/** As sizes stand in messages. */
export function showSize(size: bigint): string {
  if (size === LLONG_MAX) return 'unset';
  const units = ['', 'K', 'M', 'G'];
  let unit = 0;
  let left = size;
  while (left > 0n && left % 1024n === 0n && unit < 3) {
    left /= 1024n;
    unit += 1;
  }
  return `${left}${units[unit]}`;
}
