import type { Span } from '../../script/spans.ts';

/** A stretch of time that is drawn in one way. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  /** Above 0, at most 1. */
  readonly strength: number;
}

/** What share of each of `count` equal columns from 0 to `until` (ns) the spans took. */
export function sharesOf(spans: readonly Span[], until: number, count: number): Float64Array {
  const shares = new Float64Array(count);
  const width = Math.max(1, until) / count;
  for (const { from, until: to, busy } of spans) {
    // Spans that stand for several are as busy everywhere as they are on the whole.
    const density = to > from ? Math.min(1, busy / (to - from)) : 0;
    const [first, last] = [columnOf(from, width, count), columnOf(to, width, count)];
    for (let column = first; column <= last; column++) {
      const inside = Math.min(to, (column + 1) * width) - Math.max(from, column * width);
      shares[column] = Math.min(1, shares[column] + (Math.max(0, inside) * density) / width);
    }
  }
  return shares;
}

/** How many of the things that the spans stand for fall into each column. */
export function timesOf(spans: readonly Span[], until: number, count: number): Float64Array {
  const times = new Float64Array(count);
  const width = Math.max(1, until) / count;
  for (const { from, until: to, times: n } of spans) {
    const [first, last] = [columnOf(from, width, count), columnOf(to, width, count)];
    for (let column = first; column <= last; column++) times[column] += n / (last - first + 1);
  }
  return times;
}

const columnOf = (time: number, width: number, count: number): number =>
  Math.min(count - 1, Math.max(0, Math.floor(time / width)));

/** When the reclaimer was awake, and how strongly that is to be shaded. */
export const awakeStretches = (spans: readonly Span[], until: number, count: number): Stretch[] =>
  stretches(strengthsOf(sharesOf(spans, until, count)), until);

const STEPS = 8;
/** Of a waking time that stands alone, however short. */
const LONE = 4 / STEPS;
/** Eyes tell little from nothing better than much from all. */
const GAMMA = 0.4;

/** How strongly columns are to be shaded, by the share of their time: in eighths, and what stands alone is seen. */
export function strengthsOf(shares: Float64Array): Float64Array {
  const empty = (i: number): boolean => (shares[i] ?? 0) === 0;
  return shares.map((share, i) => {
    if (share === 0) return 0;
    // A waking time may lie across two columns.
    const lone = (empty(i - 1) && (empty(i + 1) || empty(i + 2))) || (empty(i + 1) && empty(i - 2));
    return Math.max(lone ? LONE : 1 / STEPS, Math.round(share ** GAMMA * STEPS) / STEPS);
  });
}

/** When something happened at all. */
export const presentStretches = (spans: readonly Span[], until: number, count: number): Stretch[] =>
  stretches(
    timesOf(spans, until, count).map((times) => (times > 0 ? 1 : 0)),
    until,
  );

/** Columns of one value beside each other as one; those of 0 left out. */
function stretches(columns: Float64Array, until: number): Stretch[] {
  const all: Stretch[] = [];
  const width = Math.max(1, until) / columns.length;
  for (const [column, strength] of columns.entries()) {
    if (strength === 0) continue;
    const [from, to] = [column * width, (column + 1) * width];
    const last = all.at(-1);
    if (last?.until === from && last.strength === strength) all[all.length - 1] = { ...last, until: to };
    else all.push({ from, until: to, strength });
  }
  return all;
}
