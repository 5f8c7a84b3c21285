import { type Pages, pages } from '../../kernel/units.ts';
import type { Allowed } from './axis.ts';

/** The two marks of a point. */
export interface MarkPair {
  readonly high: Pages;
  readonly low: Pages;
}

/** Where pairs are looked for. */
export interface Field {
  readonly limit: Pages;
  readonly high: Allowed;
  readonly low: Allowed;
  /** A policy without a mark of its own for where it stops: low is high. */
  readonly oneMark: boolean;
}

/** Distances nearer than this share of the limit make no difference that anybody could apply. */
const FINEST = 1 / 2000;
/** A grid has about so many gaps for each headroom. */
const GAPS_A_ROOM = 0.8;

export const finestStep = (limit: Pages): number => Math.max(1, Math.round(limit * FINEST));

/**
 * A coarse grid of about `points` pairs. What counts is room: between limit and high for a burst, between high
 * and low for a sleep. Both matter by their ratio, so they grow by an even factor.
 */
export function coarseGrid(field: Field, points: number): MarkPair[] {
  const { limit, high, low, oneMark } = field;
  const rooms = oneMark ? points : Math.max(2, Math.round(Math.sqrt(points / GAPS_A_ROOM)));
  const highs = high.list ?? spread(high.least, high.most, rooms, limit);
  const each = oneMark ? 1 : Math.max(2, Math.round(points / highs.length));
  return highs.flatMap((at) => {
    const most = pages(Math.min(at, low.most));
    // Nobody is woken at the limit: where one would sleep makes no difference.
    if (oneMark || (at === limit && low.list === null)) return [{ high: at, low: oneMark ? at : most }];
    const lows = low.list ?? (most < low.least ? [] : spread(low.least, most, each, at));
    return lows.filter((value) => value <= at).map((value) => ({ high: at, low: value }));
  });
}

/** Whether a pair is one of those that were asked for. */
export function isWithin({ high, low, oneMark, limit }: Field, pair: MarkPair): boolean {
  const allows = ({ list, least, most }: Allowed, mark: Pages): boolean =>
    list === null ? mark >= least && mark <= most : list.includes(mark);
  // See coarseGrid(): there the other mark makes no difference.
  return allows(high, pair.high) && (oneMark || pair.high === limit || allows(low, pair.low));
}

/** From `least` to `most`, both among them, the distances from `top` growing by an even factor. */
function spread(least: Pages, most: Pages, count: number, top: Pages): Pages[] {
  const far = top - least;
  const near = Math.max(top - most, finestStep(top) * 4);
  const found = new Set<Pages>([most, least]);
  for (let i = 0; i < count - 1 && near < far; i += 1) {
    const distance = near * (far / near) ** (i / Math.max(1, count - 2));
    found.add(pages(Math.max(least, Math.min(most, top - Math.round(distance)))));
  }
  return [...found].sort((a, b) => a - b);
}

/**
 * Pairs around a tried one, half way to the nearest that were tried on each axis; and those without a gap: where
 * little lies between too low and too high, there is no room for one. Repeated, they close in on it. Empty when
 * all are nearer than anybody could tell.
 */
export function around(at: MarkPair, tried: readonly MarkPair[], field: Field): MarkPair[] {
  const { limit, high, low, oneMark } = field;
  const step = finestStep(limit);
  const gap = at.high - at.low;
  const highs =
    high.list === null
      ? halfWays(
          limit - at.high,
          tried.map((pair) => limit - pair.high),
          limit - high.most,
          limit - high.least,
          step,
        ).map((room) => pages(limit - room))
      : [];
  if (oneMark) return highs.map((value) => ({ high: value, low: value }));
  const beside = tried.filter((pair) => pair.high === at.high).map((pair) => pair.high - pair.low);
  const gaps = low.list === null ? halfWays(gap, beside, 0, at.high - low.least, step) : [];
  const pairs = [
    ...gaps.map((each) => ({ high: at.high, low: pages(at.high - each) })),
    ...highs.flatMap((value) =>
      low.list === null
        ? [gap, 0].map((each) => ({ high: value, low: pages(value - each) }))
        : [{ high: value, low: at.low }],
    ),
  ];
  return pairs
    .map((pair) => ({ high: pair.high, low: pages(Math.max(low.least, Math.min(low.most, pair.low))) }))
    .filter((pair) => pair.low <= pair.high);
}

/** Half way from a distance to the next smaller and the next larger that were tried, by their ratio. */
function halfWays(
  distance: number,
  tried: readonly number[],
  least: number,
  most: number,
  step: number,
): number[] {
  const below = Math.max(least, ...tried.filter((each) => each < distance));
  const above = Math.min(most, ...tried.filter((each) => each > distance));
  const between = (a: number, b: number): number => Math.round(a === 0 ? b / 2 : Math.sqrt(a * b));
  return [
    ...(distance - below >= 2 * step ? [between(below, distance)] : []),
    ...(above - distance >= 2 * step ? [between(distance, above)] : []),
  ];
}
