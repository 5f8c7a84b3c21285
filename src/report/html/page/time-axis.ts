import { axisUnit } from '../../axis-unit.ts';

/** About `most` round times between two, all in the unit of the greatest, with the decimals that tell them apart. */
export function timesBetween(min: number, max: number, most: number): { at: number[]; labels: string[] } {
  const unit = axisUnit(max);
  const least = (max - min) / unit.ns / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const at: number[] = [];
  for (let i = Math.ceil(min / unit.ns / step - 1e-9); i * step * unit.ns <= max * (1 + 1e-9); i++) {
    at.push(i * step * unit.ns);
  }
  return {
    at,
    labels: at.map((time) => (time === 0 ? '0' : `${(time / unit.ns).toFixed(decimals)} ${unit.name}`)),
  };
}
