import { size, sizeUnit } from '../kernel/numbers.ts';
import { PAGE_SIZE, type Pages } from '../kernel/units.ts';

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

/** Ticks between `from` and `until` ns, at most `most` above the first, in steps of 1, 2 or 5 of one unit. */
export function timeTicks(until: number, most: number, from = 0): Tick[] {
  const unit = UNITS.find((each) => until >= each.from) ?? NANOSECOND;
  const least = (until - from) / unit.ns / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((each) => each * power >= least) ?? 10;
  const step = Math.max(1 / unit.ns, factor * power);
  const decimals = Math.min(9, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  return ticks(
    until,
    step * unit.ns,
    (at) => `${Number((at / unit.ns).toFixed(decimals))} ${unit.name}`,
    from,
  );
}

function ticks(end: number, step: number, label: (at: number) => string, from = 0): Tick[] {
  if (!(step > 0 && end > from)) return [{ at: 0, label: '0' }];
  const first = Math.ceil(from / step - 1e-9);
  const steps = Math.floor(end / step + 1e-9) - first;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const at = (first + i) * step;
    return { at, label: at === 0 ? '0' : label(at) };
  });
}

/** Units of time, and from where on an axis is in them: hours and minutes only where there are at least two. */
const UNITS = [
  { name: 'h', ns: 3600e9, from: 7200e9 },
  { name: 'min', ns: 60e9, from: 120e9 },
  { name: 's', ns: 1e9, from: 1e9 },
  { name: 'ms', ns: 1e6, from: 1e6 },
  { name: 'us', ns: 1e3, from: 1e3 },
] as const;
const NANOSECOND = { name: 'ns', ns: 1, from: 0 } as const;
