import { count } from '../kernel/numbers.ts';
import type { CgroupResult } from '../script/result.ts';

/** Re-reads that nobody saw are no figure: how that is said, wherever figures are. */

export const UNKNOWN = 'unknown';

/** `3`; `unknown` of what nobody knows. */
export const known = (value: number | null, text: (value: number) => string = count): string =>
  value === null ? UNKNOWN : text(value);

/** What that means, and how to learn them. */
export const REREADS_UNKNOWN =
  're-reads unknown: the recording does not say what was read again, and neither refaults nor the stalls and the ' +
  'time that they add are counted; `record --trace` learns them, or `--files` says which files were read';

export const hasUnknown = (cgroups: readonly Pick<CgroupResult, 'stat'>[]): boolean =>
  cgroups.some(({ stat }) => stat.refaults === null);
