import { type Nanoseconds, ns } from '../../kernel/units.ts';
import type { Clock } from '../stage/stage.ts';
import { SPANS } from '../ui-state.ts';

/** Columns left and right of the plot. */
export interface Gutters {
  readonly left: number;
  readonly right: number;
}

/** They go by the width alone: what the labels say must not move the plot. */
export function guttersOf(columns: number): Gutters {
  if (columns >= 100) return { left: 8, right: 17 };
  if (columns >= 72) return { left: 8, right: 13 };
  return { left: 12, right: 0 };
}

/** Columns of dots in a graph of this width: what to ask Stage.curve for. */
export function curveCount(columns: number): number {
  const { left, right } = guttersOf(columns);
  return 2 * (columns - left - right);
}

/** The next of SPANS that holds so much time. */
const spanFor = (time: number): number => SPANS.find((span) => span >= time) ?? Math.ceil(time);

/**
 * The time that the graph covers. It moves by whole columns of dots, so that what has been drawn
 * stays as it is, and in the past only when the one who looks would leave it.
 */
export function graphWindow(
  clock: Clock,
  span: Nanoseconds | null,
  columns: number,
): { readonly from: Nanoseconds; readonly to: Nanoseconds } {
  const { begin, present, time, standing } = clock;
  if (span === null) return { from: begin, to: ns(begin + spanFor(present - begin)) };
  const column = span / curveCount(columns);
  const ending = (at: number): number => {
    const whole = Math.ceil((at - begin) / column - 1e-9) * column;
    return Math.max(begin + span, begin + whole);
  };
  const latest = ending(present);
  const to = standing === 'past' && time < latest - span ? ending(time + span / 2) : latest;
  return { from: ns(Math.max(begin, Math.round(to - span))), to: ns(Math.round(to)) };
}
