import { count, duration, percent, times } from '../../kernel/numbers.ts';
import type { Comparison } from '../stage/stage.ts';

/** Which of two futures is better, in words. */
export interface Judgement {
  readonly word: 'better' | 'worse' | 'neither better nor worse';
  /** What decides it, and what else is better or worse, with figures. */
  readonly says: string;
}

/** What hurts, the worst first: the first in which the futures really differ decides. */
const MATTERS: readonly (readonly [name: string, said: string])[] = [
  ['OOM kills', 'OOM kills'],
  ['time stalled', 'tasks waited'],
  ['limit failures', 'limit failures'],
  ['refaults', 'refaults'],
  ['reclaimer CPU', 'the reclaimer worked'],
];
/** A difference that is no larger share of the greater of both counts for nothing. */
const LEAST = 0.02;

export function judge(comparison: readonly Comparison[]): Judgement {
  const differences = MATTERS.flatMap(([name, said]) => {
    const found = comparison.find((each) => each.name === name);
    return found === undefined || isAlike(found)
      ? []
      : [{ isLess: found.whatIf < found.was, says: told(found, said) }];
  });
  const [first] = differences;
  if (first === undefined)
    return { word: 'neither better nor worse', says: `nothing that hurts is different${done(comparison)}` };
  const words = (isLess: boolean): string =>
    differences.flatMap((each) => (each.isLess === isLess ? [each.says] : [])).join(', ');
  const against = words(!first.isLess);
  const but = against === '' ? '' : `; but ${against}`;
  return { word: first.isLess ? 'better' : 'worse', says: `${words(first.isLess)}${but}${done(comparison)}` };
}

const isAlike = ({ was, whatIf }: Comparison): boolean =>
  Math.abs(whatIf - was) <= LEAST * Math.max(was, whatIf);

/** `no refaults instead of 1,204`, `tasks waited 7.1 ms instead of 51 ms (86 % less)`. */
function told({ as, was, whatIf: is }: Comparison, said: string): string {
  const how = was > 0 && is > 0 ? ` (${change(was, is)})` : '';
  if (as === 'time') {
    const time = (value: number): string => (value === 0 ? 'not at all' : duration(value));
    return `${said} ${time(is)} instead of ${time(was)}${how}`;
  }
  const what = is === 1 ? said.replace(/s$/, '') : said;
  return `${is === 0 ? 'no' : count(is)} ${what} instead of ${was === 0 ? 'none' : count(was)}${how}`;
}

/** `86 % less`, `2.4 times as much`. */
function change(was: number, is: number): string {
  if (is < was) return `${percent(1 - is / was)} less`;
  return is < 2 * was
    ? `${percent(is / was - 1)} more`
    : `${times(is / was).replace(/x$/, '')} times as much`;
}

/** Futures in which not the same was done can only be compared with care. */
function done(comparison: readonly Comparison[]): string {
  const { was = 0, whatIf: is = 0 } = comparison.find(({ name }) => name === 'pages charged') ?? {};
  if (was === 0 || Math.abs(is - was) <= 0.1 * was) return '';
  return `; in the same time tasks got ${change(was, is)} pages`;
}
