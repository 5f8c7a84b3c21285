import { scanPid } from '../fs/cgroup-files.ts';
import { type Result, refuse } from '../kernel/errno.ts';
import { processOf } from './process-id.ts';
import type { Caller, RealTasks } from './real-tasks.ts';

/** cgroup_common_file_write(): what is longer is refused before it is looked at. */
const MAX_WRITE = 4096;
/** Linux's greatest; tasks of the machine have pids above it. */
const PID_MAX = 4_194_304;

const NOBODY = refuse('ESRCH', 'no task of the machine writes');

/**
 * What a write to `tasks` answers that the machine should not see: one that is about real
 * processes, or that this user may not make. null: let the machine answer.
 */
export function writeOfTasks(
  data: Uint8Array,
  caller: Caller,
  cgroup: string,
  realTasks: RealTasks | null,
): Promise<Result<undefined>> | Result<undefined> | null {
  const pid = data.length < MAX_WRITE ? scanPid(data) : null;
  if (pid === null) return null;
  const thread = pid === 0 ? caller.pid : pid;
  const real = thread > 0 && thread <= PID_MAX ? processOf(thread) : null;
  const attached = real === null ? null : (realTasks?.attach(real, caller, cgroup) ?? null);
  if (attached !== null) return attached;
  if (pid === 0) return NOBODY;
  // attach_task_by_pid(): all tasks of the machine are uid 0's.
  return caller.uid === 0 ? null : refuse('EACCES', `uid ${caller.uid} does not own the task ${pid}`);
}
