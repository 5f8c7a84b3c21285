import { PAGE_SIZE, pagesOf } from '../../kernel/units.ts';
import type { Sample } from '../record/sample.ts';

/**
 * The samples with so much file memory that a replay never has more in memory than the table ever had: it keeps
 * what it has read as long as there is room, and files don't shrink under it when anonymous memory grows. Samples
 * without file memory stay as they are.
 */
export function withinPeak(samples: readonly Sample[]): Sample[] {
  const peak = Math.floor(
    samples.reduce((most, { anon, cached }) => Math.max(most, anon + (cached ?? 0)), 0) / PAGE_SIZE,
  );
  // From one sample to the next it has the memory of both.
  const ahead: number[] = samples.map(({ anon }, i) => pagesOf(Math.max(anon, samples[i - 1]?.anon ?? 0)));
  for (let i = ahead.length - 2; i >= 0; i -= 1) ahead[i] = Math.max(ahead[i], ahead[i + 1]);
  let most = 0;
  return samples.map((sample, i) => {
    if (sample.cached === null) return sample;
    most = Math.max(most, Math.floor(sample.cached / PAGE_SIZE));
    return { ...sample, cached: Math.max(1, Math.min(most, peak - ahead[i])) * PAGE_SIZE };
  });
}
