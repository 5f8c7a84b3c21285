import { exactSize } from '../kernel/numbers.ts';
import { bytesOf, isSet, type Pages, pages } from '../kernel/units.ts';
import { cardOf, figureNamesIn } from '../machine/kernels.ts';
import { type CgroupLook, type CgroupUsage, DEFAULT_OPTIONS } from '../machine/machine.ts';
import { join, shortName, shown } from '../script/paths.ts';
import { quote } from '../script/words.ts';

/** Marks to try, as a line that can be typed: it keeps low <= high <= limit. */

export interface Marks {
  readonly low?: number;
  readonly high?: number;
  readonly limit?: number;
}

const MEBIBYTE = 256;

/** Sizes that people write: whole MiB above 8 MiB, below that quarters, and 64 KiB below 2 MiB. */
const stepOf = (size: number): number => (size > 8 * MEBIBYTE ? MEBIBYTE : size > 2 * MEBIBYTE ? 64 : 16);
export const roundUp = (size: number): number => Math.ceil(size / stepOf(size)) * stepOf(size);
export const roundDown = (size: number): number =>
  Math.max(1, Math.floor(size / stepOf(size)) * stepOf(size));

/**
 * The room between high and limit without which a burst meets the limit, pages: what is charged in
 * the 5 ms that memcontd may take to get a CPU, but no more than is sensible for the limit.
 */
export const roomNeeded = (limit: number, chargedPerSecond: number): number =>
  Math.min(Math.max(chargedPerSecond * 0.005, limit / 64), limit / 8);

/** Marks below a limit: an eighth is room, up to 64 MiB or what a burst needs; low leaves as much again. */
export function marksBelow(limit: number, chargedPerSecond: number): Required<Pick<Marks, 'low' | 'high'>> {
  const room = Math.min(limit / 8, Math.max(64 * MEBIBYTE, chargedPerSecond * 0.005));
  const high = roundDown(limit - room);
  return { low: Math.min(roundDown(high - room), high), high };
}

/** Marks as near to the limit as they may be: for a group that needs every page. */
export function marksAtTheTop(limit: number, chargedPerSecond: number): ReturnType<typeof marksBelow> {
  const room = Math.max(16, roomNeeded(limit, chargedPerSecond) / 2);
  const high = roundDown(limit - room);
  return { low: Math.min(roundDown(high - room), high), high };
}

/** Marks that what can't be reclaimed fits under, with some room for what can. */
export function marksAbove(floor: number, { high, limit }: CgroupUsage): Marks {
  const room = Math.max(16, floor / 32);
  const low = roundUp(floor + room);
  const highest = Math.max(isSet(high) ? high : 0, roundUp(low + Math.max(room, floor / 16)));
  if (!isSet(limit) || highest < limit) return { low, high: highest };
  return { low, high: highest, limit: roundUp(highest + Math.max(room, highest / 16)) };
}

/** As it is typed: the prefix may be left out. */
export const fileOf = (cgroup: string, name: string): string => shown(join(cgroup, name));

/** `set` takes any order of marks; one alone is a `write`. In the knobs of the machine's policy. */
export function typed(look: Pick<CgroupLook, 'path' | 'usage' | 'policy' | 'kernel'>, wanted: Marks): string {
  const { path, usage, policy } = look;
  const limit = pages(wanted.limit ?? usage.limit);
  const high = pages(wanted.high === undefined ? usage.high : Math.min(wanted.high, limit));
  const low = pages(wanted.low === undefined ? usage.low : Math.min(wanted.low, high));
  const isChanged = high !== usage.high || low !== usage.low || limit !== usage.limit;
  const names = figureNamesIn(look);
  const card = cardOf(look);
  const isOwn = policy === DEFAULT_OPTIONS.policy;
  // A machine whose policy has no marks writes the kernel's own, if it has any.
  if (!isOwn && card.start !== null && isChanged && isSet(limit) && isSet(high)) {
    const knobs = card.knobs({ limit, high, low }).map(({ file, value }) => `${shortName(file)}=${value}`);
    return quote(['set', shown(path), ...knobs]);
  }
  const changes = [
    { file: names.low?.file ?? '', from: usage.low, to: isOwn ? low : usage.low },
    { file: names.high?.file ?? '', from: usage.high, to: isOwn || card.start === null ? high : usage.high },
    { file: names.limit.file, from: usage.limit, to: limit },
  ].filter(({ file, from, to }) => file !== '' && from !== to && isSet(to));
  const [first, second] = changes;
  if (first === undefined) return '';
  const text = (size: Pages): string => exactSize(bytesOf(size));
  if (second === undefined) return quote(['write', fileOf(path, first.file), text(first.to)]);
  return quote(['set', shown(path), ...changes.map(({ file, to }) => `${file}=${text(to)}`)]);
}
