import type { Tick } from '../axis.ts';
import { escaped } from './text.ts';

/** The edges of a plot within its block, px. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Axis {
  /** Where a value stands, px. */
  readonly place: (value: number) => number;
  /** Where ticks stand, px. */
  readonly ticks: readonly Tick[];
}

/** To a tenth of a pixel: finer than eyes, and short. */
export const px = (length: number): number => Math.round(length * 10) / 10;

/** `least` stands at `from`, `most` at `to`; ticks are given by their values. */
export function linearAxis(
  ticks: readonly Tick[],
  [least, most]: readonly [number, number],
  [from, to]: readonly [number, number],
): Axis {
  const place = (value: number): number => px(from + ((value - least) / (most - least)) * (to - from));
  return { place, ticks: ticks.map(({ at, label }) => ({ at: place(at), label })) };
}

/** Ticks, lines and, where they are named, titles of a plot's two axes: the one below ends in its title, the other begins with it. */
export function frame(box: Box, x: Axis, y: Axis, titles: { readonly x?: string; readonly y?: string } = {}) {
  const { left, right, top, bottom } = box;
  const below = x.ticks.map(
    ({ at, label }) =>
      `<path class="leader" d="M${px(at)},${bottom}v6"/><text class="quiet n m" x="${px(at)}" y="${bottom + 22}">${escaped(label)}</text>`,
  );
  const beside = y.ticks.map(
    ({ at, label }) =>
      `<path class="leader" d="M${left - 6},${px(at)}h6"/><text class="quiet n e" x="${left - 10}" y="${px(at + 5)}">${escaped(label)}</text>`,
  );
  return [
    `<path class="grid" d="${y.ticks.map(({ at }) => `M${left},${px(at)}H${right}`).join('')}"/>`,
    `<path class="leader" d="M${left},${top}V${bottom}H${right}"/>`,
    ...below,
    ...beside,
    titles.x === undefined ? '' : `<text class="ink n e" x="${right}" y="${bottom + 48}">${titles.x}</text>`,
    titles.y === undefined ? '' : `<text class="ink n" x="0" y="${top - 16}">${titles.y}</text>`,
  ].join('');
}
