import type { Span } from '../../script/history/spans.ts';

/** Something that lasted, or several such things taken as one. */
export type Lasting = Pick<Span, 'from' | 'until' | 'busy' | 'times'>;

/** A stretch of time that is drawn in one way. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  /** Above 0, at most 1. */
  readonly strength: number;
}

/** Equal columns of time, ns. */
interface Columns {
  readonly begin: number;
  readonly width: number;
  readonly count: number;
}

const columnsOf = (from: number, until: number, count: number): Columns => ({
  begin: from,
  width: Math.max(1, until - from) / count,
  count,
});

/** The first and the last column that it touches; null: none of them. */
function touched({ from, until }: Lasting, { begin, width, count }: Columns): [number, number] | null {
  if (until < begin || from > begin + count * width) return null;
  const column = (time: number): number =>
    Math.min(count - 1, Math.max(0, Math.floor((time - begin) / width)));
  return [column(from), column(until)];
}

/** What share of each column the spans took. */
function sharesOf(spans: readonly Lasting[], columns: Columns): Float64Array {
  const { begin, width, count } = columns;
  const shares = new Float64Array(count);
  for (const span of spans) {
    const { from, until, busy } = span;
    // Spans that stand for several are as busy everywhere as they are on the whole.
    const density = until > from ? Math.min(1, busy / (until - from)) : 0;
    const [first, last] = touched(span, columns) ?? [0, -1];
    for (let column = first; column <= last; column++) {
      const left = begin + column * width;
      const inside = Math.min(until, left + width) - Math.max(from, left);
      shares[column] = Math.min(1, shares[column] + (Math.max(0, inside) * density) / width);
    }
  }
  return shares;
}

/** When the reclaimer was awake between `from` and `until`, in so many columns, and how strongly that is to be shaded. */
export function awakeStretches(spans: readonly Lasting[], until: number, count: number, from = 0): Stretch[] {
  const columns = columnsOf(from, until, count);
  return stretches(strengthsOf(sharesOf(spans, columns)), columns);
}

/** When something happened at all. */
export function presentStretches(
  spans: readonly Lasting[],
  until: number,
  count: number,
  from = 0,
): Stretch[] {
  const columns = columnsOf(from, until, count);
  const present = new Float64Array(count);
  for (const span of spans) {
    const [first, last] = touched(span, columns) ?? [0, -1];
    present.fill(1, first, last + 1);
  }
  return stretches(present, columns);
}

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

/** Columns of one value beside each other as one; those of 0 left out. */
function stretches(strengths: Float64Array, { begin, width }: Columns): Stretch[] {
  const all: Stretch[] = [];
  for (const [column, strength] of strengths.entries()) {
    if (strength === 0) continue;
    const [from, until] = [begin + column * width, begin + (column + 1) * width];
    const last = all.at(-1);
    if (last?.until === from && last.strength === strength) all[all.length - 1] = { ...last, until };
    else all.push({ from, until, strength });
  }
  return all;
}
