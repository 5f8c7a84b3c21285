import type * as fs from '../fs/types.ts';
import { insteadOf } from '../fs/versions.ts';
import { OK, type Refusal, refuse } from '../kernel/errno.ts';
import { ROOT_MEMCG } from '../mm/memcgs.ts';
import { bitOf, controlOf, mayHostTasks, NO_LIMIT } from './cgroup.ts';
import { CGROUP_FILES } from './files/cgroup-files.ts';
import { LIMIT_FILES } from './files/hierarchy-files.ts';
import { MEMORY_FILES } from './files/memory-files.ts';
import { PIDS_FILES } from './files/pids-files.ts';
import { STAT_FILES } from './files/stat-files.ts';
import { SWAP_FILES } from './files/swap-files.ts';
import { memCgroupCreate, removeMemcg } from './memcontrol.ts';
import { descendants, parentOf } from './tree.ts';
import type { Cgroup, Cgroupfs, ControlFile, MemCgroup, Mm, Task } from './types.ts';

/** The directories and control files of cgroup version 2. */

/** cgroup_kf_ops.atomic_write_len: longer writes reach no file; nor do those of no bytes. */
const MAX_WRITE = 4096;
const TOO_LONG = refuse('E2BIG', `more than ${MAX_WRITE} bytes at once`);

function throughKernfs(file: ControlFile): ControlFile {
  const { write } = file;
  if (write === undefined) return file;
  return {
    ...file,
    write: (fs, cgroup, data, writer) => {
      if (data.length === 0) return OK;
      return data.length > MAX_WRITE ? TOO_LONG : write(fs, cgroup, data, writer);
    },
  };
}

/** Every control file of this kernel, in the order of a listing: a file more is a line in one of these lists. */
export const CONTROL_FILES: readonly ControlFile[] = [
  ...CGROUP_FILES,
  ...LIMIT_FILES,
  ...STAT_FILES,
  ...MEMORY_FILES,
  ...SWAP_FILES,
  ...PIDS_FILES,
]
  .map(throughKernfs)
  .sort((a, b) => (a.name < b.name ? -1 : 1));

const filesOf = (place: 'root' | 'below'): readonly ControlFile[] =>
  CONTROL_FILES.filter(({ where }) => where === undefined || where === place);

const ROOT = filesOf('root');
const BELOW = filesOf('below');

/** By the controllers that a cgroup has, those of the cgroup itself always. */
const byControllers = new Map<number, readonly ControlFile[]>();

function filesWith(controllers: number): readonly ControlFile[] {
  const known = byControllers.get(controllers);
  if (known !== undefined) return known;
  const files = BELOW.filter(({ name }) => {
    const bit = name === 'cpu.stat' ? 0 : bitOf(name.slice(0, name.indexOf('.')));
    return bit === 0 || (controllers & bit) !== 0;
  });
  byControllers.set(controllers, files);
  return files;
}

/** cgroup_check_hierarchy_limits(), and that a name is one line of /proc/PID/cgroup. */
function mayMake(mm: Mm, parent: MemCgroup, name: string): Refusal | null {
  if (name.includes('\n')) return refuse('EINVAL', 'a name has no line breaks');
  let level = 1;
  for (let at: MemCgroup | null = parent; at !== null; at = parentOf(mm, at), level += 1) {
    const { maxDepth, maxDescendants } = at.cgroup;
    if (maxDescendants !== NO_LIMIT && descendants(mm, at).live >= maxDescendants)
      return refuse('EAGAIN', `${at.path} may have ${maxDescendants} below it (cgroup.max.descendants)`);
    if (level > maxDepth)
      return refuse('EAGAIN', `${at.path} may have ${maxDepth} levels below it (cgroup.max.depth)`);
  }
  return null;
}

/** What has been there, by its name: memory and pids are enabled by the parent. */
function notEnabled({ memcgs }: Mm, memcg: MemCgroup, name: string): string {
  if (!BELOW.some((file) => file.name === name)) return '';
  if (memcg.id === ROOT_MEMCG) return ': the root has no such file';
  const above = memcgs[memcg.parent]?.path ?? '/';
  const controller = name.slice(0, name.indexOf('.'));
  return `: enable ${controller} there first: write +${controller} to ${above === '/' ? '' : above}/cgroup.subtree_control`;
}

export const CONTROLLER: fs.Controller = {
  traits: {
    rootMode: 0o555,
    nameMax: null,
    maxFiles: 64,
    renames: false,
    resizes: false,
    writesMove: true,
    magic: 0x63677270,
    linksWhenRemoved: 2,
  },
  create: (mm: Mm, path, parent: MemCgroup | null) => memCgroupCreate(mm, path, parent),
  mayMake,
  mayEnter: (_fs: Cgroupfs, cgroup: Cgroup, _task: Task | null) => mayHostTasks(cgroup),
  holdsBack: () => null,
  remove: removeMemcg,
  files: (mm: Mm, memcg: MemCgroup) => {
    if (memcg.id === ROOT_MEMCG) return ROOT;
    const parent = memcg.online ? mm.memcgs[memcg.parent] : null;
    return parent ? filesWith(controlOf(memcg.cgroup, parent.cgroup)) : BELOW;
  },
  possibleFiles: (_mm, root) => (root ? ROOT : BELOW),
  allFiles: () => CONTROL_FILES,
  insteadOf: (mm: Mm, memcg: MemCgroup, name) =>
    insteadOf(name, 2, (two) => (memcg.id === ROOT_MEMCG ? ROOT : BELOW).some((file) => file.name === two)) ||
    notEnabled(mm, memcg, name),
};
