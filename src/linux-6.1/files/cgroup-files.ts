import { done, OK, refuse } from '../../kernel/errno.ts';
import { decodeText } from '../../kernel/text.ts';
import { attachTask } from '../../mm/process.ts';
import type { ControlFile } from '../types.ts';

/** The control files of kernel/cgroup/cgroup.c, as far as they are here. */

const SOURCE = 'kernel/cgroup/cgroup.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst';

const procs: ControlFile = {
  name: 'cgroup.procs',
  about: 'the pids in the cgroup; a pid written moves that process here, 0 is the writer itself',
  kind: 'lines',
  reads: 'pids, one a line, ascending',
  writes: 'one pid in decimal digits; 0 is the writer itself: the task `sh`',
  rule: 'EINVAL for what is no number, ESRCH for an unknown pid. What a process was charged for stays where it is.',
  initially: 'empty; in the root: sh and the threads of the kernel',
  source: SOURCE,
  example: 'cat /cgroup.procs',
  snapshot: 'open',
  read: ({ mm }, { id }) => {
    const pids = mm.tasks.filter((task) => task.memcg === id).map((task) => task.pid);
    return done(
      pids
        .sort((a, b) => a - b)
        .map((pid) => `${pid}\n`)
        .join(''),
    );
  },
  write: ({ mm }, { id }, data, writer) => {
    const text = decodeText(data).trim();
    if (!/^[0-9]+$/.test(text)) return refuse('EINVAL', 'write one pid in decimal digits');
    const pid = Number(text);
    const task = pid === 0 ? writer.task : mm.tasksByPid.get(pid);
    if (task === undefined) return refuse('ESRCH', `no process has the pid ${pid}`);
    attachTask(mm, task, id);
    return OK;
  },
};

const controllers: ControlFile = {
  name: 'cgroup.controllers',
  mode: 0o444,
  about: 'the controllers that can be enabled for the cgroups below',
  kind: 'text',
  rule: 'memory alone is emulated.',
  initially: 'memory',
  source: SOURCE,
  example: 'cat /cgroup.controllers',
  read: () => done('memory\n'),
};

const subtreeControl: ControlFile = {
  name: 'cgroup.subtree_control',
  about: 'the controllers that are enabled for the cgroups below; memory always is',
  kind: 'text',
  writes: '+memory',
  rule: 'The controller is enabled everywhere from the beginning.',
  initially: 'memory',
  source: SOURCE,
  example: 'write /cgroup.subtree_control +memory',
  read: () => done('memory\n'),
  write: (_fs, _cgroup, data) =>
    decodeText(data).trim() === '+memory' ? OK : refuse('EINVAL', '+memory is all that can be written here'),
};

/** In the order of a listing. */
export const CGROUP_FILES: readonly ControlFile[] = [procs, controllers, subtreeControl];
