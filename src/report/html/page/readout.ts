import { count, size } from '../../../kernel/numbers.ts';
import { bytesOf, pages } from '../../../kernel/units.ts';
import type { Chronicle, Stretch } from './unpack.ts';

const text = (count: number): string => size(bytesOf(pages(count)));

/** What was so at this instant, in words; nothing while nobody points. */
export function readout(chronicle: Chronicle, index: number | null, time: number | null): string {
  if (index === null || time === null) return '';
  const { min, max, last, marks } = chronicle;
  const range = min[index] === max[index] ? '' : ` (${text(min[index])} to ${text(max[index])})`;
  const [, low, high, limit] = marks.findLast(([from]) => from <= time) ?? [0, null, null, null];
  const named = (name: string, mark: number | null): string[] =>
    mark === null ? [] : [`${name} ${text(mark)}`];
  return [
    instant(time),
    `usage ${text(last[index])}${range}`,
    ...named('limit', limit),
    ...named('start', high),
    ...named('stop', low),
    ...happening(chronicle, index, time),
  ].join(' · ');
}

/** To the microsecond: two instants on the screen are told apart at any zoom. */
const instant = (time: number): string => `${(time / 1e9).toFixed(6)} s`;

function happening(
  { awake, failures, kills, time: times }: Chronicle,
  index: number,
  time: number,
): string[] {
  const inside = (each: Stretch): boolean => each.from <= time && time <= each.until;
  const before = times[index - 1] ?? 0;
  const after = times[index + 1] ?? times[index];
  const near = failures.filter(({ from, until }) => until >= before && from <= after);
  const failed = near.reduce((sum, { times: n }) => sum + n, 0);
  const victims = kills.filter(([at]) => at >= before && at <= after).map(([, name]) => `${name} killed`);
  return [
    ...(awake.some(inside) ? ['reclaimer awake'] : []),
    ...(failed > 0 ? [`${count(failed)} limit failures near`] : []),
    ...victims,
  ];
}
