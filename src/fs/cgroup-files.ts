import { done, OK, refuse } from '../kernel/errno.ts';
import { decodeText } from '../kernel/text.ts';
import { attachTask } from '../mm/process.ts';
import type { ControlFile } from './types.ts';

/** The control files of kernel/cgroup.c. */

/** cgroup_common_file_write(): PATH_MAX. */
const MAX_WRITE = 4096;
const tooLong = refuse('E2BIG', `more than ${MAX_WRITE - 1} bytes at once`);

const SOURCE = 'kernel/cgroup.c of Linux 2.6.26';

const tasks: ControlFile = {
  name: 'tasks',
  about: 'the pids in the cgroup; a pid written moves that task here, 0 is the writer itself',
  kind: 'lines',
  reads: 'pids, one a line, ascending',
  writes: 'one pid in decimal digits; 0 is the writer itself: the task `sh`',
  rule: 'ESRCH for an unknown pid, EIO without a digit. What a task was charged for stays where it is.',
  initially: 'empty; in the root: sh and the threads of the kernel, every memcontd too',
  source: SOURCE,
  example: 'cat /tasks',
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
    if (data.length >= MAX_WRITE) return tooLong;
    const pid = scanPid(data);
    if (pid === null) return refuse('EIO', 'write one pid in decimal digits');
    const task = pid === 0 ? writer.task : mm.tasksByPid.get(pid);
    if (task === undefined) return refuse('ESRCH', `no task has the pid ${pid}`);
    // attach_task_by_pid(): all tasks of the machine are uid 0's.
    if (pid !== 0 && writer.uid !== 0)
      return refuse('EACCES', `uid ${writer.uid} does not own the task ${pid}`);
    attachTask(mm, task, id);
    return OK;
  },
};

/** What a write to `tasks` names. sscanf("%d"): leading blanks, one `-`, digits, modulo 2^32 as a signed int; null without a digit. */
export function scanPid(data: Uint8Array): number | null {
  const nul = data.indexOf(0);
  const text = String.fromCharCode(...data.subarray(0, nul < 0 ? data.length : nul));
  const match = /^[\t-\r \u00a0]*(-?)([0-9]+)/.exec(text);
  if (match === null) return null;
  const value = BigInt.asIntN(32, BigInt(match[2]));
  return Number(match[1] === '-' ? BigInt.asIntN(32, -value) : value);
}

const notifyOnRelease: ControlFile = {
  name: 'notify_on_release',
  about: '1: the release agent is to be told when the cgroup is empty (kept, not acted upon)',
  kind: 'count',
  reads: '0 or 1',
  writes: 'a decimal number: 0, or any other for 1',
  rule: 'Kept, and not acted upon.',
  initially: "the parent's",
  source: SOURCE,
  example: 'write notify_on_release 1',
  read: (_fs, cgroup) => done(cgroup.notifyOnRelease ? '1\n' : '0\n'),
  write: (_fs, cgroup, data) => {
    if (data.length >= MAX_WRITE) return tooLong;
    // simple_strtoul(buffer, NULL, 10) != 0: no digit is 0, what follows is ignored.
    cgroup.notifyOnRelease = /^0*[1-9]/.test(decodeText(data));
    return OK;
  },
};

const releaseAgent: ControlFile = {
  name: 'release_agent',
  where: 'root',
  about: 'the program that is to be told of empty cgroups (kept, never run)',
  kind: 'text',
  reads: 'a path',
  writes: 'a path',
  rule: 'Kept, and never run. Only the root has it.',
  initially: 'empty',
  source: SOURCE,
  example: 'cat /release_agent',
  read: (fs) => done(`${fs.releaseAgent}\n`),
  write: (fs, _cgroup, data) => {
    if (data.length >= MAX_WRITE) return tooLong;
    fs.releaseAgent = decodeText(data).replace(/[\t-\r ]+$/, '');
    return OK;
  },
};

/** In the order of their registration. */
export const CGROUP_FILES: readonly ControlFile[] = [tasks, notifyOnRelease, releaseAgent];
