import type { Result } from '../machine/machine.ts';

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
   * Somebody wrote a pid to `tasks` that the machine may not know, or `0`. `pid` is a process (a thread's
   * id has been mapped to its process, `0` to the caller's). Resolves with what write(2) is to answer, when
   * it is in the journal's queue; null: it is no real process, let the machine answer.
   */
  attach(pid: number, caller: Caller, cgroup: string): Promise<Result<undefined>> | null;
  /**
   * Before the text of a control file is made (a read; for `tasks` an open): brings the machine up to date
   * with the real processes. Nothing to wait for: undefined.
   */
  refresh?(cgroup: string, file: string): Promise<void> | undefined;
}
