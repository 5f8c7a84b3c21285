import { done, OK, refuse } from '../../kernel/errno.ts';
import { decodeText } from '../../kernel/text.ts';
import { parseTrigger } from '../../mm/psi-trigger.ts';
import { pressureText } from '../psi.ts';
import type { ControlFile } from '../types.ts';

/** Pressure stall information, where the machine has it (`machine psi=off`: a kernel without). */

const BAD_TRIGGER = refuse(
  'EINVAL',
  'write `some` or `full`, us of stall, and us of the window: 500000 to 10000000, and no less than the stall',
);

const memory: ControlFile = {
  name: 'memory.pressure',
  about: 'for how long tasks of the cgroup and below were held up for want of memory',
  kind: 'lines',
  reads:
    'some: any task; full: all that would have run. Shares of the last 10, 60 and 300 s in percent, and in all, us',
  writes:
    'a trigger, `some 150000 1000000`: poll(2) of this open file tells when so many us of such a window were stalled',
  polling: 'trigger',
  rule: 'Held up: in reclaim, in the throttle of memory.high, waiting for a page of the working set. Averages are taken every 2 s.',
  initially: 'zeros',
  source: 'kernel/sched/psi.c of Linux 6.1, Documentation/accounting/psi.rst',
  example: 'cat memory.pressure',
  read: ({ mm }, { memcg }) => done(pressureText(mm, memcg)),
  write: (_fs, _cgroup, data) => (parseTrigger(decodeText(data)) === null ? BAD_TRIGGER : OK),
};

export const PRESSURE_FILES: readonly ControlFile[] = [memory];
