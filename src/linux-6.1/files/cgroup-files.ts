import { inodeOf, MAY_WRITE, permission } from '../../fs/inode.ts';
import { SUPERUSER, type Writer } from '../../fs/types.ts';
import { done, OK, type Refusal, type Result, refuse } from '../../kernel/errno.ts';
import { kstrtoint, strippedText } from '../../kernel/memparse.ts';
import { attachTask, sendKill } from '../../mm/process.ts';
import {
  bitOf,
  cgroupControl,
  controllersText,
  domainOf,
  enableThreaded,
  isPopulated,
  mayHostTasks,
  typeOf,
} from '../cgroup.ts';
import { applyFreeze, isFrozen, tasksOf } from '../freezer.ts';
import { writeSubtreeControl } from '../subtree-control.ts';
import type { Cgroup, Cgroupfs, ControlFile, Task } from '../types.ts';

/** The control files of kernel/cgroup/cgroup.c that say who is where, and with which controllers. */

const SOURCE = 'kernel/cgroup/cgroup.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst';

const pidsText = (tasks: readonly Task[]): string =>
  tasks
    .map(({ pid }) => pid)
    .sort((a, b) => a - b)
    .map((pid) => `${pid}\n`)
    .join('');

/** The tasks of a domain: its own, and those in the threaded cgroups below it. */
const processesOf = (fs: Cgroupfs, cgroup: Cgroup): Task[] => [
  ...tasksOf(fs.mm, cgroup.memcg),
  ...cgroup.children.filter(({ memcg }) => memcg.cgroup.threaded).flatMap((child) => processesOf(fs, child)),
];

/** cgroup_procs_write_permission(): the file of the cgroup that holds both must be writable, too. */
export function mayMove(fs: Cgroupfs, from: Cgroup, to: Cgroup, uid: number): Result<undefined> {
  const above = new Set<Cgroup>();
  for (let at: Cgroup | null = from; at !== null; at = at.parent) above.add(at);
  let common = to;
  while (!above.has(common) && common.parent !== null) common = common.parent;
  const may = permission(inodeOf(fs, common, 'cgroup.procs'), MAY_WRITE, { ...SUPERUSER, uid, gid: uid });
  return may.ok
    ? may
    : refuse('EACCES', `${common.memcg.path} holds both cgroups, and its cgroup.procs ${may.why}`);
}

/** null: EINVAL. */
export function pidIn(data: Uint8Array): number | null {
  const pid = kstrtoint(data);
  return typeof pid === 'number' && pid >= 0 ? pid : null;
}

/** __cgroup_procs_write() */
function move(
  fs: Cgroupfs,
  to: Cgroup,
  data: Uint8Array,
  writer: Writer,
  thread: boolean,
): Result<undefined> {
  const { mm } = fs;
  const pid = pidIn(data);
  if (pid === null) return refuse('EINVAL', 'write one pid in digits');
  const task = pid === 0 ? writer.task : mm.tasksByPid.get(pid);
  // Who is dying has left its cgroup.
  if (task === undefined || task.killed) return refuse('ESRCH', `no process has the pid ${pid}`);
  if (task.kind !== 'task' && task.kind !== 'sh' && task.kind !== 'real')
    return refuse('EINVAL', `${task.name} is a thread of the kernel, and stays in the root`);
  const from = fs.cgroups.get(task.memcg) ?? fs.root;
  const may = mayMove(fs, from, to, writer.uid);
  if (!may.ok) return may;
  const refused = mayHostTasks(to);
  if (refused !== null) return refused;
  if (thread && domainOf(from) !== domainOf(to))
    return refuse(
      'EOPNOTSUPP',
      'a thread stays in its domain: write the pid to cgroup.procs to move the process',
    );
  attachTask(mm, task, to.id);
  return OK;
}

const procs: ControlFile = {
  name: 'cgroup.procs',
  about: 'the pids in the cgroup; a pid written moves that process here, 0 is the writer itself',
  kind: 'lines',
  reads: 'pids, one a line, ascending; in a domain of threads those of the threaded cgroups below, too',
  writes: 'one pid, decimal, octal or hexadecimal; 0 is the writer itself: the task `sh`',
  rule:
    'EINVAL for what is no number, ESRCH for an unknown pid, EBUSY where controllers are enabled for those below. ' +
    'What a process was charged for stays where it is.',
  initially: 'empty; in the root: sh and the threads of the kernel',
  source: SOURCE,
  example: 'cat /cgroup.procs',
  read: (fs, cgroup) =>
    cgroup.memcg.cgroup.threaded
      ? refuse('EOPNOTSUPP', 'processes are in the domain above: here cgroup.threads says who is here')
      : done(pidsText(processesOf(fs, cgroup))),
  write: (fs, cgroup, data, writer) => move(fs, cgroup, data, writer, false),
};

const threads: ControlFile = {
  name: 'cgroup.threads',
  about: 'the threads in the cgroup; a pid written moves that thread here from elsewhere in its domain',
  kind: 'lines',
  reads: 'pids, one a line, ascending',
  writes: 'one pid, as for cgroup.procs',
  rule: 'As cgroup.procs; EOPNOTSUPP for a thread of another domain. Tasks are of one thread each.',
  initially: 'empty; in the root: sh and the threads of the kernel',
  source: SOURCE,
  example: 'cat /cgroup.threads',
  read: ({ mm }, { memcg }) => done(pidsText(tasksOf(mm, memcg))),
  write: (fs, cgroup, data, writer) => move(fs, cgroup, data, writer, true),
};

const type: ControlFile = {
  name: 'cgroup.type',
  where: 'below',
  about: 'domain; threaded: its tasks are threads of its domain; threaded written makes it so, for good',
  kind: 'text',
  reads: 'domain, domain threaded, domain invalid or threaded',
  writes: 'threaded',
  rule: 'EOPNOTSUPP for who has processes, or memory or io enabled below; and below a domain that has.',
  initially: 'domain',
  source: SOURCE,
  example: 'cat cgroup.type',
  read: (_fs, cgroup) => done(`${typeOf(cgroup)}\n`),
  write: (_fs, cgroup, data) =>
    strippedText(data) === 'threaded'
      ? (enableThreaded(cgroup) ?? OK)
      : refuse('EINVAL', 'threaded is all that can be written here'),
};

const controllers: ControlFile = {
  name: 'cgroup.controllers',
  mode: 0o444,
  about: 'the controllers that can be enabled for the cgroups below',
  kind: 'text',
  rule: 'What is enabled in the parent’s cgroup.subtree_control; in the root all.',
  initially: 'memory pids; in the root: cpu io memory pids',
  source: SOURCE,
  example: 'cat /cgroup.controllers',
  read: (_fs, cgroup) => done(controllersText(cgroupControl(cgroup))),
};

const BAD_CONTROL = refuse('EINVAL', 'write controllers with + or - before each: +memory -pids');

const subtreeControl: ControlFile = {
  name: 'cgroup.subtree_control',
  about:
    'the controllers that are enabled for the cgroups below: they have its files, and limits of their own',
  kind: 'text',
  writes: 'controllers, + or - before each, blanks between: +memory -pids',
  rule:
    'ENOENT for what is not in cgroup.controllers, EBUSY while processes are here, or to disable what is enabled ' +
    'below. One word that is wrong, and nothing is done.',
  initially: 'empty; in the root: memory pids',
  source: SOURCE,
  example: 'write /cgroup.subtree_control +memory',
  read: (_fs, { memcg }) => done(controllersText(memcg.cgroup.subtreeControl)),
  write: (fs, cgroup, data) => {
    let enable = 0;
    let disable = 0;
    for (const word of strippedText(data).split(' ')) {
      if (word === '') continue;
      const bit = bitOf(word.slice(1));
      if (bit === 0 || (word[0] !== '+' && word[0] !== '-')) return BAD_CONTROL;
      enable = word[0] === '+' ? enable | bit : enable & ~bit;
      disable = word[0] === '-' ? disable | bit : disable & ~bit;
    }
    return writeSubtreeControl(fs, cgroup, enable, disable) ?? OK;
  },
};

const events: ControlFile = {
  name: 'cgroup.events',
  mode: 0o444,
  where: 'below',
  about: 'whether somebody is in the cgroup or below, and whether all of them are frozen',
  kind: 'lines',
  rule: 'populated and frozen, 0 or 1.',
  initially: 'populated 0, frozen 0',
  source: SOURCE,
  example: 'cat cgroup.events:populated',
  polling: 'events',
  read: ({ mm }, cgroup) =>
    done(`populated ${Number(isPopulated(cgroup))}\nfrozen ${Number(isFrozen(mm, cgroup.memcg))}\n`),
};

/** A number written to a file that takes `least` to 1. */
export function flagOf(data: Uint8Array, least: 0 | 1): Result<number> {
  const value = kstrtoint(data);
  if (value === 'EINVAL') return refuse('EINVAL', 'write a number');
  if (value === 'ERANGE' || value < least || value > 1)
    return refuse('ERANGE', least === 1 ? '1 is all that can be written here' : 'write 0 or 1');
  return done(value);
}

const freeze: ControlFile = {
  name: 'cgroup.freeze',
  where: 'below',
  about: '1: all tasks in the cgroup and below are held where they are; 0 lets them go on',
  kind: 'count',
  reads: '0 or 1',
  writes: '0 or 1',
  rule: 'ERANGE for another number. A task is held when it is back in user mode; cgroup.events says when all are.',
  initially: '0',
  source: 'kernel/cgroup/freezer.c of Linux 6.1',
  example: 'write cgroup.freeze 1',
  read: (_fs, { memcg }) => done(`${Number(memcg.cgroup.freeze)}\n`),
  write: ({ mm }, cgroup, data) => {
    const value = flagOf(data, 0);
    if (!value.ok) return value;
    cgroup.memcg.cgroup.freeze = value.value === 1;
    applyFreeze(mm, cgroup);
    return OK;
  },
};

function killAll(fs: Cgroupfs, cgroup: Cgroup): Refusal | null {
  if (cgroup.memcg.cgroup.threaded)
    return refuse('EOPNOTSUPP', 'threads are not killed by themselves: write to the domain above');
  const doomed = (each: Cgroup): Task[] => [
    ...tasksOf(fs.mm, each.memcg).filter(({ kind, killed }) => kind === 'task' && !killed),
    ...each.children.flatMap(doomed),
  ];
  for (const task of doomed(cgroup)) sendKill(fs.mm, task);
  return null;
}

const kill: ControlFile = {
  name: 'cgroup.kill',
  mode: 0o200,
  where: 'below',
  about: '1 kills all in the cgroup and below',
  kind: 'count',
  writes: '1',
  refusal: 'cgroup.kill can only be written',
  rule: 'ERANGE for another number, EOPNOTSUPP in a threaded cgroup.',
  initially: '-',
  source: SOURCE,
  example: 'write cgroup.kill 1',
  write: (fs, cgroup, data) => {
    const value = flagOf(data, 1);
    return value.ok ? (killAll(fs, cgroup) ?? OK) : value;
  },
};

export const CGROUP_FILES: readonly ControlFile[] = [
  procs,
  threads,
  type,
  controllers,
  subtreeControl,
  events,
  freeze,
  kill,
];
