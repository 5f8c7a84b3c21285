import type { Axis } from './axes.ts';

/** A logarithmic axis of counts, times or sizes that may be 0: 0 has a lane of its own, apart from the others. */
export interface LogAxis extends Axis {
  /** Where the lane of 0 is; null: nothing is 0. */
  readonly lane: number | null;
}

export interface LogAxisSettings {
  readonly values: readonly number[];
  /** Where 0 or the least is, and where the most is, px. */
  readonly from: number;
  readonly to: number;
  readonly label: (value: number) => string;
  /** What 0 is called, where it may be. */
  readonly zero?: string;
  /** Of neighbouring ticks: 10 for counts and times, 2 for sizes. */
  readonly base: number;
  /** Room that a tick with its label needs, px. */
  readonly room: number;
  /** Room for the lane of 0, px. */
  readonly laneRoom?: number;
}

export function logAxis(settings: LogAxisSettings): LogAxis {
  const { values, from, to, label, zero = '0', base, room, laneRoom = 0 } = settings;
  const some = values.filter((value) => value > 0);
  const lane = some.length < values.length ? from + Math.sign(to - from) * (laneRoom / 2) : null;
  const begin = lane === null ? from : from + Math.sign(to - from) * laneRoom;
  const zeroTick = lane === null ? [] : [{ at: lane, label: zero }];
  if (some.length === 0) return { place: () => lane ?? from, ticks: zeroTick, lane };

  const [least, most] = widened(Math.min(...some), Math.max(...some), base);
  const log = (value: number): number => Math.log(value / least) / Math.log(most / least);
  const place = (value: number): number =>
    value <= 0 && lane !== null ? lane : begin + log(Math.max(least, value)) * (to - begin);
  const powered = powers(least, most, base, Math.max(2, Math.abs(to - begin) / room)).map((value) => ({
    at: place(value),
    label: label(value),
  }));
  const ticks = powered.filter(({ at }) => lane === null || Math.abs(at - lane) >= room * 0.8);
  return { place, lane, ticks: [...zeroTick, ...ticks] };
}

/** A little air at both ends, and never less than one power of the base. */
function widened(least: number, most: number, base: number): [number, number] {
  if (most / least >= base) {
    const air = (most / least) ** 0.06;
    return [least / air, most * air];
  }
  const middle = Math.sqrt(least * most);
  return [middle / Math.sqrt(base) / 1.1, middle * Math.sqrt(base) * 1.1];
}

/** Powers of the base within the axis, with 3, or 2 and 5, of each where base is 10 and `fit` of them have room. */
function powers(least: number, most: number, base: number, fit: number): number[] {
  const first = Math.floor(Math.log(least) / Math.log(base));
  const last = Math.ceil(Math.log(most) / Math.log(base));
  const spans = Math.log(most / least) / Math.log(base);
  // The widest of three gaps from 1 to 10 is no more than 2.6 times the narrowest: 2 to 5 against 1 to 2.
  const factors = base !== 10 || spans * 2.1 > fit ? [1] : spans * 3.4 > fit ? [1, 3] : [1, 2, 5];
  const every = Math.max(1, Math.ceil(spans / fit));
  const all: number[] = [];
  for (let power = first; power <= last; power++) {
    if (power % every !== 0) continue;
    all.push(...factors.map((factor) => round(factor * base ** power)));
  }
  return all.filter((value) => value >= least && value <= most);
}

const round = (value: number): number => Number(value.toPrecision(12));
