import { close, O_RDWR, open, write } from '../fs/handle.ts';
import { type Cgroupfs, SUPERUSER, type WriteAnswer } from '../fs/types.ts';
import { OK, type Result, refuse } from '../kernel/errno.ts';
import type { MachineState } from './state.ts';

/** Control files that a script keeps open, each known by the path that led to it then. */

export function keepOpen({ fs }: MachineState, path: string): Result<undefined> {
  if (keptOpen(fs, path) >= 0) return refuse('EBUSY', `${path} is open already: close it first`);
  const fd = open(fs, path, O_RDWR, SUPERUSER);
  if (!fd.ok) return fd;
  const handle = fs.handles[fd.value];
  if (handle !== null) handle.keptAs = path;
  return OK;
}

export function closeKept({ fs }: MachineState, path: string): Result<undefined> {
  const fd = keptOpen(fs, path);
  return fd < 0 ? notOpen(path) : close(fs, fd);
}

/** Wherever its cgroup is by now, and whether it is still there. */
export function rewrite({ fs, sh }: MachineState, path: string, data: Uint8Array): WriteAnswer {
  const fd = keptOpen(fs, path);
  return fd < 0 ? notOpen(path) : write(fs, fd, data, null, { task: sh, uid: 0 });
}

const keptOpen = ({ handles }: Cgroupfs, path: string): number =>
  handles.findIndex((handle) => handle?.keptAs === path);

const notOpen = (path: string) => refuse('EBADF', `${path} is not open: open it first`);
