import { size, sizeUnit } from '../kernel/numbers.ts';
import { PAGE_SIZE, type Pages } from '../kernel/units.ts';
import { axisUnit } from './axis-unit.ts';

export interface Tick {
  /** In the axis's own unit: pages, or ns. */
  readonly at: number;
  readonly label: string;
}

/** Ticks from 0 to `top` pages, at most `most` above 0: sizes are round in powers of two. All in one unit. */
export function sizeTicks(top: Pages, most: number): Tick[] {
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(top / most)));
  const unit = sizeUnit(top * PAGE_SIZE);
  return ticks(top, step, (at) => size(at * PAGE_SIZE, unit));
}

/** Ticks from 0 to `until` ns, at most `most` above 0, in steps of 1, 2 or 5 of one unit. */
export function timeTicks(until: number, most: number): Tick[] {
  const unit = axisUnit(until);
  const least = until / unit.ns / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = Math.max(1, ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power * unit.ns);
  return ticks(until, step, (at) => `${Number((at / unit.ns).toPrecision(3))} ${unit.name}`);
}

function ticks(end: number, step: number, label: (at: number) => string): Tick[] {
  if (!(step > 0 && end > 0)) return [{ at: 0, label: '0' }];
  const steps = Math.floor(end / step + 1e-9);
  return Array.from({ length: steps + 1 }, (_, i) => ({
    at: i * step,
    label: i === 0 ? '0' : label(i * step),
  }));
}
