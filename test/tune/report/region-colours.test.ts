import { describe, expect, it } from 'vitest';
import { DARK, LIGHT } from '../../../src/report/picture/colours.ts';
import { REGIONS } from '../../../src/tune/analysis/regions.ts';
import { REGION_STYLES } from '../../../src/tune/report/picture/region-style.ts';

const channel = (colour: string, at: number): number => {
  const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};
const luminance = (colour: string): number =>
  0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
/** WCAG 2.2, contrast ratio. */
const contrast = (a: string, b: string): number => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

describe.each(REGIONS)('the region %s', (name) => {
  it.each(['light', 'dark'] as const)('can be read as text on %s paper', (scheme) => {
    const { paper } = scheme === 'light' ? LIGHT : DARK;
    expect(contrast(REGION_STYLES[name][scheme], paper)).toBeGreaterThanOrEqual(4.5);
  });

  it('has a form of its own, for those who see no colours', () => {
    const same = REGIONS.filter((other) => REGION_STYLES[other].form === REGION_STYLES[name].form);
    expect(same).toEqual([name]);
  });
});
