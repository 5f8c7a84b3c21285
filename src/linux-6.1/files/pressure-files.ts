import { done, OK, refuse } from '../../kernel/errno.ts';
import { decodeText } from '../../kernel/text.ts';
import { parseTrigger } from '../../mm/psi-trigger.ts';
import { enablePressure, pressureText, type Resource } from '../psi.ts';
import type { ControlFile } from '../types.ts';
import { flagOf } from './cgroup-files.ts';

/** Pressure stall information, where the machine has it (`machine psi=off`: a kernel without). */

const SOURCE = 'kernel/sched/psi.c of Linux 6.1, Documentation/accounting/psi.rst';

const BAD_TRIGGER = refuse(
  'EINVAL',
  'write `some` or `full`, us of stall, and us of the window: 500000 to 10000000, and no less than the stall',
);

const pressure = (resource: Resource, want: string, rule: string): ControlFile => ({
  name: `${resource}.pressure`,
  about: `for how long tasks of the cgroup and below were held up for want of ${want}`,
  kind: 'lines',
  reads:
    'some: any task; full: all that would have run. Shares of the last 10, 60 and 300 s in percent, and in all, us',
  writes:
    'a trigger, `some 150000 1000000`: poll(2) of this open file tells when so many us of such a window were stalled',
  polling: 'trigger',
  rule: `${rule} Averages are taken every 2 s.`,
  initially: 'zeros',
  source: SOURCE,
  example: `cat ${resource}.pressure`,
  read: ({ mm }, { memcg }) => done(pressureText(mm, memcg, resource)),
  write: (_fs, _cgroup, data) => (parseTrigger(decodeText(data)) === null ? BAD_TRIGGER : OK),
});

/** That cgroup.pressure hides. */
export const HIDDEN_FILES: readonly ControlFile[] = [
  pressure(
    'cpu',
    'a CPU',
    'Held up: runnable, and on no CPU. In the root `full` has no meaning and is 0; interrupts take no time here.',
  ),
  pressure('io', 'a disk', 'Held up: waiting for a page to be read or written, or for fewer dirty pages.'),
  pressure(
    'memory',
    'memory',
    'Held up: in reclaim, in the throttle of memory.high, waiting for a page of the working set.',
  ),
];

const cgroupPressure: ControlFile = {
  name: 'cgroup.pressure',
  about: 'whether pressure of the cgroup is counted',
  kind: 'text',
  reads: '1: it is; 0',
  writes: '0: it is counted no more, and its files are gone; 1: from now on',
  rule: 'ERANGE for another number, EINVAL for what is none.',
  initially: '1',
  source: SOURCE,
  example: 'write cgroup.pressure 0',
  read: (_fs, { memcg }) => done(memcg.pressure.enabled ? '1\n' : '0\n'),
  write: ({ mm }, { memcg }, data) => {
    const value = flagOf(data, 0);
    if (value.ok) enablePressure(mm, memcg, value.value === 1);
    return value.ok ? OK : value;
  },
};

export const PRESSURE_FILES: readonly ControlFile[] = [...HIDDEN_FILES, cgroupPressure];
