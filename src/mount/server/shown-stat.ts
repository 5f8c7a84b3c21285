import type { Dentry, Owner, Stat } from '../../machine/machine.ts';
import type { LiveMachine } from '../../session/live-machine.ts';
import { VALID } from '../wire/reply.ts';

/** What stat(2) tells through a mount: as the machine has it, but for owners, dates and sizes. */

const BLOCK = 4096;
/** Of a pid and its newline, bytes. */
const PID_WIDTH = 8;

export function shownStat(node: Dentry, stat: Stat, owner: Owner, live: LiveMachine): Stat {
  const size = node.file === null ? 0 : sizeOf(node);
  // A time that the machine has not reached is one that somebody has set.
  const dated = (time: number): number => (time > live.machine.now ? time : live.dates.of(time) * 1e6);
  return {
    ...stat,
    size: stat.size + size,
    blksize: Math.max(stat.blksize, size),
    atime: dated(stat.atime),
    mtime: dated(stat.mtime),
    ctime: dated(stat.ctime),
    // In the machine he whose mount it is is the superuser.
    uid: stat.uid === 0 ? owner.uid : stat.uid,
    gid: stat.gid === 0 ? owner.gid : stat.gid,
  };
}

/** A file that lists who is in a cgroup, and takes pids: of version 1, and of version 2. */
export const listsTasks = (file: string | null): boolean =>
  file === 'tasks' || file === 'cgroup.procs' || file === 'cgroup.threads';

/**
 * Not the recorded 0: splice(2) and sendfile(2) would end before they ask for a text. As sysfs has it:
 * one block, which nobody takes for the length, and which holds the text.
 */
function sizeOf({ cgroup, file }: Dentry): number {
  let size = BLOCK;
  while (listsTasks(file) && size < 2 * PID_WIDTH * cgroup.memcg.nrTasks) size *= 2;
  return size;
}

/** For how long the kernel may believe it, s: of what changes with every task, not at all. */
export const validityOf = ({ file }: Dentry): number => (listsTasks(file) ? 0 : VALID);
