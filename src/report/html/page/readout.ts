import { count, pageSize } from '../../../kernel/numbers.ts';
import type { Pages } from '../../../kernel/units.ts';
import { calledMarks } from '../../marks.ts';
import type { Lasting } from '../../picture/columns.ts';
import type { Chronicle } from '../../svg/usage-plot.ts';

const text = (count: Pages): string => pageSize(count);

/** What was so at this instant, in words; nothing while nobody points. */
export function readout(
  { samples, marks, awake, failures, kills, names }: Chronicle,
  time: number | null,
): string {
  const after = time === null ? -1 : samples.findIndex((each) => each.time >= time);
  if (time === null || after < 0) return '';
  const [begin, { time: end, min, max, last }] = [samples[after - 1]?.time ?? 0, samples[after]];
  const at = marks.findLast((each) => each.time <= time);
  const lasts = (each: Lasting): boolean => each.from <= time && time <= each.until;
  const failed = failures
    .filter(({ from, until }) => until >= begin && from <= end)
    .reduce((sum, { times }) => sum + times, 0);
  return [
    // To the microsecond: two instants on the screen are told apart at any zoom.
    `${(time / 1e9).toFixed(6)} s`,
    `usage ${text(last)}${min === max ? '' : ` (${text(min)} to ${text(max)})`}`,
    ...calledMarks(at, names).map(({ called, value }) => `${called} ${text(value)}`),
    ...(awake.some(lasts) ? ['reclaimer awake'] : []),
    ...(failed > 0 ? [`${count(failed)} ${names.counts[0].noun}s near`] : []),
    ...kills.filter((kill) => kill.time >= begin && kill.time <= end).map(({ task }) => `${task} killed`),
  ].join(' · ');
}
