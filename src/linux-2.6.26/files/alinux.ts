import type { Cgroup, ControlFile } from '../../fs/types.ts';
import { done, OK, type Refusal, refuse } from '../../kernel/errno.ts';
import { parseInteger } from '../../kernel/memparse.ts';
import type { Bytes } from '../../kernel/units.ts';
import { wmarksOf } from '../policy/alinux.ts';
import { placeMarks } from '../policy/policy.ts';
import type { AlinuxState } from '../policy/state.ts';
import { PAGE_COUNTER_MAX } from '../res-counter.ts';

/** Alibaba Cloud Linux: the files of its manual's "Memcg backend asynchronous reclaim". */

function stateOf({ memcg: { policy } }: Cgroup): AlinuxState {
  if (policy?.rule !== 'alinux') throw new Error('the rule is not alinux');
  return policy;
}

/** A whole number from `least` to `most`. */
function knob(
  name: string,
  key: 'ratio' | 'scale' | 'minAdj',
  least: number,
  most: number,
  about: string,
): ControlFile {
  return {
    name,
    about,
    read: (_fs, cgroup) => done(`${stateOf(cgroup)[key]}\n`),
    write: ({ mm }, cgroup, data) => {
      const value = parseInteger(data);
      if (value === null || value < least || value > most) return outside(name, least, most);
      stateOf(cgroup)[key] = value;
      placeMarks(mm, cgroup.memcg);
      return OK;
    },
  };
}

const outside = (name: string, least: number, most: number): Refusal =>
  refuse('EINVAL', `${name} is a whole number from ${least} to ${most}`);

/** Calculated from the knobs and the limit. */
const mark = (name: string, which: 'high' | 'low', about: string): ControlFile => ({
  name,
  about,
  read: (_fs, cgroup) => done(`${markOf(cgroup, which)}\n`),
  write: () => refuse('EINVAL', 'this file is read only: write memory.wmark_ratio and wmark_scale_factor'),
});

const markOf = (cgroup: Cgroup, which: 'high' | 'low'): Bytes =>
  wmarksOf(stateOf(cgroup), cgroup.memcg.res.limit)?.[which] ?? PAGE_COUNTER_MAX;

export const ALINUX_FILES: readonly ControlFile[] = [
  knob(
    'memory.wmark_ratio',
    'ratio',
    0,
    100,
    'where reclaim in the background starts, in per cent of the limit; 0: it is off',
  ),
  mark('memory.wmark_high', 'high', 'a charge that leaves the usage above this starts reclaim ("start at")'),
  mark('memory.wmark_low', 'low', 'reclaim goes on until the usage is at or below this ("stop at")'),
  knob(
    'memory.wmark_scale_factor',
    'scale',
    1,
    1000,
    'how far memory.wmark_low is below memory.wmark_high, in 1/10,000 of the limit',
  ),
  knob(
    'memory.wmark_min_adj',
    'minAdj',
    -25,
    50,
    "what the machine's min watermark is raised by for this cgroup, per cent (kept, not acted upon)",
  ),
];
