import type { Cgroup, ControlFile } from '../../fs/types.ts';
import { done, OK, refuse } from '../../kernel/errno.ts';
import { parsePageCounter } from '../../kernel/memparse.ts';
import type { Bytes } from '../../kernel/units.ts';
import { placeMarks } from '../policy/policy.ts';
import { ask } from '../policy/proactive-reclaim.ts';
import type { MemoryHighState } from '../policy/state.ts';
import { PAGE_COUNTER_MAX, wholePages } from '../res-counter.ts';

/** cgroup v2 (Documentation/admin-guide/cgroup-v2.rst): memory.high and memory.reclaim. */

export const COUNTER_RULE =
  'a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M, G, T, P or E at most, or max';

export const showCounter = (value: Bytes): string => (value === PAGE_COUNTER_MAX ? 'max\n' : `${value}\n`);

function stateOf({ memcg: { policy } }: Cgroup): MemoryHighState {
  if (policy?.rule !== 'memory.high') throw new Error('the rule is not memory.high');
  return policy;
}

export const memoryHigh: ControlFile = {
  name: 'memory.high',
  about: 'who leaves the usage above this reclaims and is held back on the way to user mode; max: nobody',
  read: (_fs, cgroup) => done(showCounter(stateOf(cgroup).high)),
  write: ({ mm }, cgroup, data) => {
    const value = parsePageCounter(data, 'max');
    if (value === null) return refuse('EINVAL', COUNTER_RULE);
    stateOf(cgroup).high = value;
    placeMarks(mm, cgroup.memcg);
    // memory_high_write(): what is above already the writer reclaims, as far as that goes.
    const above = wholePages(value);
    if (!mm.reclaimd || cgroup.memcg.res.usage <= above) return OK;
    return { wait: 'reclaim', cgroup, asked: ask(Number.MAX_SAFE_INTEGER, above), strict: false };
  },
};

export const memoryReclaim: ControlFile = {
  name: 'memory.reclaim',
  about: 'a size written is reclaimed before the write returns; EAGAIN when so much can not be had',
  read: () => refuse('EINVAL', 'memory.reclaim can only be written'),
  write: (_fs, cgroup, data) => {
    const value = parsePageCounter(data, '');
    if (value === null) return refuse('EINVAL', COUNTER_RULE);
    return { wait: 'reclaim', cgroup, asked: ask(wholePages(value)), strict: true };
  },
};
