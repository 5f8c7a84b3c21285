import type { PolicyName } from '../machine/machine.ts';
import type { Mark } from './marks.ts';

/** What a policy calls a mark, and the file that holds it, less `memory.`. */
export interface MarkName {
  readonly name: string;
  readonly file: string;
}

const LIMIT: MarkName = { name: 'limit', file: 'limit_in_bytes' };
const RFC = {
  limit: LIMIT,
  high: { name: 'high', file: 'high_wmark_in_bytes' },
  low: { name: 'low', file: 'low_wmark_in_bytes' },
};

/** By where reclaim starts (our high) and stops (our low); null: it has no such mark of its own. */
const NAMES: Readonly<Record<PolicyName, Readonly<Record<Mark['name'], MarkName | null>>>> = {
  rfc: RFC,
  none: RFC,
  alinux: {
    limit: LIMIT,
    high: { name: 'high', file: 'wmark_high' },
    low: { name: 'low', file: 'wmark_low' },
  },
  // Inverted: its low is the higher one.
  kswapd2011: {
    limit: LIMIT,
    high: { name: 'low', file: 'reclaim_wmarks' },
    low: { name: 'high', file: 'reclaim_wmarks' },
  },
  'memory.high': { limit: LIMIT, high: { name: 'memory.high', file: 'high' }, low: null },
  'reclaim-loop': {
    limit: LIMIT,
    high: { name: 'start', file: 'reclaim_loop.start' },
    low: { name: 'target', file: 'reclaim_loop.target' },
  },
};

export const markName = (policy: PolicyName, mark: Mark): MarkName | null => NAMES[policy][mark.name];
