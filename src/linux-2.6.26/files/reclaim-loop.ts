import type { Cgroup, ControlFile } from '../../fs/types.ts';
import { done, OK, refuse } from '../../kernel/errno.ts';
import { parseInteger, parsePageCounter } from '../../kernel/memparse.ts';
import { PAGE_SIZE } from '../../kernel/units.ts';
import { placeMarks } from '../policy/policy.ts';
import { MAX_BATCH } from '../policy/reclaim-loop.ts';
import type { ReclaimLoopState } from '../policy/state.ts';
import { COUNTER_RULE, showCounter } from './memory-high.ts';

/** The knobs of the loop. No kernel has them: they stand for its configuration. */

function stateOf({ memcg: { policy } }: Cgroup): ReclaimLoopState {
  if (policy?.rule !== 'reclaim-loop') throw new Error('the rule is not reclaim-loop');
  return policy;
}

const mark = (name: string, key: 'start' | 'target', about: string): ControlFile => ({
  name,
  about,
  read: (_fs, cgroup) => done(showCounter(stateOf(cgroup)[key])),
  write: ({ mm }, cgroup, data) => {
    const value = parsePageCounter(data, 'max');
    if (value === null) return refuse('EINVAL', COUNTER_RULE);
    stateOf(cgroup)[key] = value;
    placeMarks(mm, cgroup.memcg);
    return OK;
  },
});

const batch: ControlFile = {
  name: 'memory.reclaim_loop.batch',
  about: 'the most that the loop writes to memory.reclaim at once, to 32M',
  read: (_fs, cgroup) => done(`${stateOf(cgroup).batch}\n`),
  write: (_fs, cgroup, data) => {
    const value = parsePageCounter(data, 'max');
    if (value === null) return refuse('EINVAL', COUNTER_RULE);
    if (value < PAGE_SIZE || value > MAX_BATCH) return refuse('EINVAL', 'a batch is 4K to 32M');
    stateOf(cgroup).batch = value;
    return OK;
  },
};

/** An hour. */
const MAX_INTERVAL = 3_600_000;

const interval: ControlFile = {
  name: 'memory.reclaim_loop.interval_ms',
  about: 'how long the loop sleeps between two looks at the usage, in ms',
  read: (_fs, cgroup) => done(`${stateOf(cgroup).interval}\n`),
  write: (_fs, cgroup, data) => {
    const value = parseInteger(data);
    if (value === null || value < 1 || value > MAX_INTERVAL) {
      return refuse('EINVAL', `an interval is 1 to ${MAX_INTERVAL} ms`);
    }
    stateOf(cgroup).interval = value;
    return OK;
  },
};

export const LOOP_FILES: readonly ControlFile[] = [
  mark(
    'memory.reclaim_loop.start',
    'start',
    'the loop reclaims when it finds the usage above this ("start at")',
  ),
  mark(
    'memory.reclaim_loop.target',
    'target',
    'down to here the loop reclaims ("stop at"); above start it is start',
  ),
  batch,
  interval,
];
