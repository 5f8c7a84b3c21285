import { done, OK, refuse } from '../../kernel/errno.ts';
import { kstrtoint, strippedText } from '../../kernel/memparse.ts';
import { NO_LIMIT } from '../cgroup.ts';
import { nrTasksBelow } from '../freezer.ts';
import type { ControlFile } from '../types.ts';

/** The control files of kernel/cgroup/pids.c. Nobody forks inside a cgroup here: tasks are moved in, which no limit holds up. */

const SOURCE = 'kernel/cgroup/pids.c of Linux 6.1';
/** PID_MAX_LIMIT */
const PID_MAX = 4_194_304;

const current: ControlFile = {
  name: 'pids.current',
  mode: 0o444,
  where: 'below',
  about: 'how many tasks are in the cgroup and below',
  kind: 'count',
  rule: 'Moving a task in is refused by no limit.',
  initially: '0',
  source: SOURCE,
  example: 'cat pids.current',
  read: ({ mm }, { memcg }) => done(`${nrTasksBelow(mm, memcg)}\n`),
};

const peak: ControlFile = {
  name: 'pids.peak',
  mode: 0o444,
  where: 'below',
  about: 'how many tasks there were at most',
  kind: 'count',
  rule: 'In the cgroup and below.',
  initially: '0',
  source: SOURCE,
  example: 'cat pids.peak',
  read: (_fs, { memcg }) => done(`${memcg.cgroup.pidsPeak}\n`),
};

const max: ControlFile = {
  name: 'pids.max',
  where: 'below',
  about: 'how many tasks may be forked in the cgroup and below',
  kind: 'count',
  reads: 'a number, or max',
  writes: 'a number, or max',
  rule: 'Kept. Tasks here are moved in, which the kernel does not refuse.',
  initially: 'max',
  source: SOURCE,
  example: 'write pids.max 100',
  read: (_fs, { memcg: { cgroup } }) => done(cgroup.pidsMax === NO_LIMIT ? 'max\n' : `${cgroup.pidsMax}\n`),
  write: (_fs, { memcg }, data) => {
    const value = strippedText(data) === 'max' ? NO_LIMIT : kstrtoint(data);
    if (typeof value !== 'number' || value < 0 || (value > PID_MAX && value !== NO_LIMIT))
      return refuse('EINVAL', `write 0 to ${PID_MAX}, or max`);
    memcg.cgroup.pidsMax = value;
    return OK;
  },
};

const events: ControlFile = {
  name: 'pids.events',
  mode: 0o444,
  where: 'below',
  about: 'how often a fork was refused',
  kind: 'lines',
  rule: 'Nobody forks inside a cgroup here: 0.',
  initially: 'max 0',
  source: SOURCE,
  example: 'cat pids.events:max',
  polling: 'events',
  read: () => done('max 0\n'),
};

export const PIDS_FILES: readonly ControlFile[] = [current, events, max, peak];
