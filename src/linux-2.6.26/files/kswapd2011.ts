import type { Cgroup, ControlFile } from '../../fs/types.ts';
import { done, OK, refuse } from '../../kernel/errno.ts';
import { parseWrittenSize } from '../../kernel/memparse.ts';
import type { Bytes } from '../../kernel/units.ts';
import { reclaimWmarks } from '../policy/kswapd2011.ts';
import { placeMarks } from '../policy/policy.ts';
import type { Kswapd2011State } from '../policy/state.ts';
import { showSize } from '../res-counter.ts';

/** Ying Han, "[PATCH V5 00/10] memcg: per cgroup background reclaim": its files. low is the higher mark. */

function stateOf({ memcg: { policy } }: Cgroup): Kswapd2011State {
  if (policy?.rule !== 'kswapd2011') throw new Error('the rule is not kswapd2011');
  return policy;
}

/** mem_cgroup_high_wmark_distance_write() and its twin: the high distance is the larger, always. */
function distance(
  name: string,
  key: 'highDistance' | 'lowDistance',
  broken: (state: Kswapd2011State, value: Bytes) => string | null,
  about: string,
): ControlFile {
  return {
    name,
    about,
    read: (_fs, cgroup) => done(`${stateOf(cgroup)[key]}\n`),
    write: ({ mm }, cgroup, data) => {
      const { memcg } = cgroup;
      const state = stateOf(cgroup);
      const value = parseWrittenSize(data);
      if (cgroup.parent === null) return refuse('EINVAL', 'the root has no watermarks');
      if (value === null) return refuse('EINVAL', 'a distance is a size below the limit');
      if (value >= memcg.res.limit) return refuse('EINVAL', notBelow(value, memcg.res.limit));
      const rule = broken(state, value);
      if (rule !== null) return refuse('EINVAL', rule);
      state[key] = value;
      placeMarks(mm, memcg);
      return OK;
    },
  };
}

const notBelow = (value: Bytes, limit: Bytes): string =>
  `${showSize(value)} is not below limit_in_bytes (${showSize(limit)})`;

const tooNear = ({ lowDistance: low }: Kswapd2011State, value: Bytes): string | null =>
  value < low || (low !== 0n && value === low)
    ? `${showSize(value)} is not above low_wmark_distance (${showSize(low)}): lower that first`
    : null;

const tooFar = ({ highDistance: high }: Kswapd2011State, value: Bytes): string | null =>
  value > high || (high !== 0n && value === high)
    ? `${showSize(value)} is not below high_wmark_distance (${showSize(high)}): raise that first`
    : null;

const wmarks: ControlFile = {
  name: 'memory.reclaim_wmarks',
  about:
    'low_wmark, above which reclaim starts, and high_wmark, where it stops: the limit less the distances',
  read: (_fs, cgroup) => {
    const { low, high } = reclaimWmarks(stateOf(cgroup), cgroup.memcg.res.limit);
    return done(`low_wmark ${low}\nhigh_wmark ${high}\n`);
  },
  write: () => refuse('EINVAL', 'this file is read only: write the distances'),
};

export const KSWAPD2011_FILES: readonly ControlFile[] = [
  distance(
    'memory.high_wmark_distance',
    'highDistance',
    tooNear,
    'how far below the limit reclaim in the background stops; 0: it is off ("stop at")',
  ),
  distance(
    'memory.low_wmark_distance',
    'lowDistance',
    tooFar,
    'how far below the limit reclaim in the background starts ("start at")',
  ),
  wmarks,
];
