import { duration, size } from '../../../kernel/numbers.ts';
import { PAGE_SIZE } from '../../../kernel/units.ts';
import type { Box } from '../../../report/svg/axes.ts';
import { type LogAxis, logAxis } from '../../../report/svg/log-axis.ts';
import type { Rated } from '../../analysis/rated.ts';
import { oneMark } from '../words.ts';

/**
 * The plane of marks. Both axes are distances, from the limit and from high: what counts of them is their ratio. Of a
 * policy with one mark, that and the time waited.
 */
export interface MarksAxes {
  readonly x: LogAxis;
  readonly y: LogAxis;
  readonly titles: { readonly x: string; readonly y: string };
  readonly place: (rated: Rated) => { readonly x: number; readonly y: number };
}

/** Room that ticks and the lanes of 0 need, in the box's units: along x, and along y. */
export interface Rooms {
  readonly x: number;
  readonly xLane: number;
  readonly y: number;
  readonly yLane: number;
}

const roomOf = ({ marks }: Rated): number => (marks.limit - marks.high) * PAGE_SIZE;
const gapOf = ({ marks }: Rated): number => (marks.high - marks.low) * PAGE_SIZE;

/** Of one policy's trials. */
export function marksAxes(own: readonly Rated[], policy: string, box: Box, rooms: Rooms): MarksAxes {
  const only = oneMark(policy);
  const yOf = only === null ? gapOf : ({ figures }: Rated): number => figures.stallTotal;
  const x = logAxis({
    values: own.map(roomOf),
    from: box.right,
    to: box.left,
    label: (bytes) => size(bytes),
    zero: 'at limit',
    base: 2,
    room: rooms.x,
    laneRoom: rooms.xLane,
  });
  const y = logAxis({
    values: own.map(yOf),
    from: box.bottom,
    to: box.top,
    label: only === null ? (bytes) => size(bytes) : duration,
    zero: 'none',
    base: only === null ? 2 : 10,
    room: rooms.y,
    laneRoom: rooms.yLane,
  });
  return {
    x,
    y,
    titles: {
      x: `${only?.name ?? 'start'}: so far below the limit`,
      y: only === null ? 'stop: so far below start' : 'time waited in one run',
    },
    place: (rated) => ({ x: x.place(roomOf(rated)), y: y.place(yOf(rated)) }),
  };
}
