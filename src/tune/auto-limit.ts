import { type Pages, pages } from '../kernel/units.ts';

/** What `--limit auto` tries: these shares of the peak, and takes the first that the workload outlives. */
export const AUTO_SHARES = [0.8, 0.85, 0.9, 0.95, 0.98] as const;

/** A readable size near a share of the peak: a power of two's multiple, at least 64 of them. */
export function autoLimit(peak: Pages, share: number): Pages {
  const exact = peak * share;
  const step = Math.min(256, 2 ** Math.max(0, Math.floor(Math.log2(exact / 64))));
  return pages(Math.max(1, Math.floor(exact / step) * step));
}
