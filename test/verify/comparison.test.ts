import { expect, it } from 'vitest';
import { FIGURES, type Line, valueIn, whyNoStalls } from '../../src/verify/comparison.ts';

const PRESSURE = `some avg10=1.25 avg60=0.00 avg300=0.00 total=1234
full avg10=0.00 avg60=0.00 avg300=0.00 total=567
`;

it('takes for how long tasks were stalled from memory.pressure, and not from where there is none', () => {
  const { file, keys } = FIGURES.find(({ name }) => name === 'stalled') ?? { file: '', keys: [] };
  expect(file).toBe('memory.pressure');
  expect(valueIn(PRESSURE, keys)).toBe(1234);
  expect(valueIn(undefined, keys)).toBeNull();
});

it('says why stalls are unknown where a kernel does not count them, and nothing where it does', () => {
  const line = (real: number | null): Line => ({
    cgroup: '/default',
    figure: 'stalled',
    predicted: 5,
    real,
    error: null,
  });
  expect(whyNoStalls([line(null)])).toMatch(/unknown.*no PSI/);
  expect(whyNoStalls([line(0)])).toBeNull();
});
