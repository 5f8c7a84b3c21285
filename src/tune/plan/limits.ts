import { type Pages, pages } from '../../kernel/units.ts';

/** Which limits a sweep tries. */

/** What `--limit auto` tries: these shares of the peak, and takes the first that the workload outlives. */
export const AUTO_SHARES = [0.8, 0.85, 0.9, 0.95, 0.98] as const;

/** A readable size near a share of the peak: a power of two's multiple, at least 64 of them. */
export function autoLimit(peak: Pages, share: number): Pages {
  const exact = peak * share;
  const step = Math.min(256, 2 ** Math.max(0, Math.floor(Math.log2(exact / 64))));
  return pages(Math.max(1, Math.floor(exact / step) * step));
}

/** Limits that are tried at once: as many as most machines have CPUs for, and always the same. */
const AT_ONCE = 4;
/** The answer is as good as this share of the span. */
const FINEST = 1 / 200;

/** Below `above` it runs without stalls or not, at `calm` it does; nothing is known of limits between. */
export interface Span {
  readonly below: Pages;
  readonly calm: Pages;
}

/** The limits to try next, evenly between; none when the span is as small as anybody needs. */
export function limitsWithin({ below, calm }: Span, most: Pages): Pages[] {
  const step = Math.max(1, Math.round(most * FINEST));
  const limits = new Set<Pages>();
  for (let i = 1; i <= AT_ONCE; i += 1) {
    const exact = below + ((calm - below) * i) / (AT_ONCE + 1);
    const limit = pages(Math.round(exact / step) * step);
    if (limit > below && limit < calm) limits.add(limit);
  }
  return [...limits];
}

/** What is left of the span when these were tried: the lowest from which on all are calm. */
export function narrowed(span: Span, tried: readonly { limit: Pages; calm: boolean }[]): Span {
  let { below, calm } = span;
  for (const each of [...tried].sort((a, b) => b.limit - a.limit)) {
    if (!each.calm) {
      below = each.limit;
      break;
    }
    calm = each.limit;
  }
  return { below, calm };
}
