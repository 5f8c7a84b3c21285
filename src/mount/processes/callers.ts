import { refuse } from '../../kernel/errno.ts';
import type { Owner, Result } from '../../machine/machine.ts';
import { asWritten } from './pid-namespace.ts';

/** Who uses a mount: in whose numbers, and as which real process. */

/** Who made a request, as /dev/fuse tells it. */
export interface Caller {
  /** A thread's id, in the pid namespace of the server; 0: a process that can't be seen from there. */
  readonly pid: number;
  /** In the machine's numbers: 0 is the owner of the mount. */
  readonly uid: number;
  readonly gid: number;
}

/**
 * What a mount asks of whoever knows real processes. Without it a pid that no task of
 * the machine has is ESRCH, and so is `0`, the writer, who is no task of the machine.
 */
export interface RealTasks {
  /**
   * Somebody wrote a pid to `tasks` that the machine may not know, or `0`. `pid` is a thread's, in our own
   * pid namespace (`0` is the caller's), and one that leads a process stands for its memory. Resolves with what write(2) is to answer, when
   * it is in the journal's queue; null: it is no real process, let the machine answer.
   */
  attach(pid: number, caller: Caller, cgroup: string): Promise<Result<undefined>> | null;
  /**
   * Before the text of a control file is made (a read; for `tasks` an open): brings the machine up to date
   * with the real processes. Nothing to wait for: undefined.
   */
  refresh?(cgroup: string, file: string): Promise<void> | undefined;
}

/**
 * Whose mount it is, in the numbers of the system. In the machine he is the superuser: his
 * ids are its 0, and what is its 0's is his.
 */
export const insideIds = (owner: Owner, { uid, gid }: Owner): Owner => ({
  uid: uid === owner.uid ? 0 : uid,
  gid: gid === owner.gid ? 0 : gid,
});

/** Linux's greatest; tasks of the machine have pids above it. */
const PID_MAX = 4_194_304;

const NOBODY = refuse('ESRCH', 'no task of the machine writes');

/**
 * What a write of a pid to a file that lists tasks answers that the machine should not see: one that is about real
 * processes, or that this user may not make. `mayMove`: whether its files let him; null: who owns the task may.
 * null: let the machine answer.
 */
export function writeOfTasks(
  pid: number,
  writer: Caller,
  cgroup: string,
  realTasks: RealTasks | null,
  mayMove: (pid: number) => Result<undefined> | null,
): Promise<Result<undefined>> | Result<undefined> | null {
  const isReal = pid >= 0 && pid <= PID_MAX && writer.pid > 0;
  const real = pid === 0 ? writer.pid : isReal ? asWritten(pid, writer.pid) : null;
  const may = mayMove(real ?? pid);
  if (may?.ok === false) return may;
  const caller = may === null ? writer : { ...writer, uid: 0 };
  const attached = !isReal || real === null ? null : (realTasks?.attach(real, caller, cgroup) ?? null);
  if (attached !== null) return attached;
  if (pid === 0) return NOBODY;
  // attach_task_by_pid(): all tasks of the machine are uid 0's.
  return caller.uid === 0 ? null : refuse('EACCES', `uid ${caller.uid} does not own the task ${pid}`);
}
