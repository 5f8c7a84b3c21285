import { done, refuse } from '../../kernel/errno.ts';
import { pressureText } from '../psi.ts';
import type { ControlFile } from '../types.ts';

/** Pressure stall information, where the machine has it (`machine psi=off`: a kernel without). */

const memory: ControlFile = {
  name: 'memory.pressure',
  about: 'for how long tasks of the cgroup and below were held up for want of memory',
  kind: 'lines',
  reads:
    'some: any task; full: all that would have run. Shares of the last 10, 60 and 300 s in percent, and in all, us',
  writes: 'a trigger; not emulated',
  rule: 'Held up: in reclaim, in the throttle of memory.high, waiting for a page of the working set. Averages are taken every 2 s.',
  initially: 'zeros',
  source: 'kernel/sched/psi.c of Linux 6.1, Documentation/accounting/psi.rst',
  example: 'cat memory.pressure',
  read: ({ mm }, { memcg }) => done(pressureText(mm, memcg)),
  write: () => refuse('EOPNOTSUPP', 'triggers are not emulated: read it'),
};

export const PRESSURE_FILES: readonly ControlFile[] = [memory];
