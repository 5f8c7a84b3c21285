import type * as fs from '../fs/types.ts';
import { insteadOf } from '../fs/versions.ts';
import { OK, type Refusal, refuse } from '../kernel/errno.ts';
import { ROOT_MEMCG } from '../mm/memcgs.ts';
import { bitOf, controlOf, mayHostTasks, NO_LIMIT } from './cgroup.ts';
import { CGROUP_FILES, mayMove, pidIn } from './files/cgroup-files.ts';
import { LIMIT_FILES } from './files/hierarchy-files.ts';
import { MEMORY_FILES } from './files/memory-files.ts';
import { PIDS_FILES } from './files/pids-files.ts';
import { HIDDEN_FILES, PRESSURE_FILES } from './files/pressure-files.ts';
import { STAT_FILES } from './files/stat-files.ts';
import { SWAP_FILES } from './files/swap-files.ts';
import { memCgroupCreate, removeMemcg } from './memcontrol.ts';
import { policies, policyNamed } from './policies.ts';
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

/** In the order of a listing. */
const listed = (files: readonly ControlFile[]): readonly ControlFile[] =>
  files.map(throughKernfs).sort((a, b) => (a.name < b.name ? -1 : 1));

/** Of the kernel as it is: a file more is a line in one of these lists. */
const KERNEL_FILES: readonly ControlFile[] = [
  ...CGROUP_FILES,
  ...LIMIT_FILES,
  ...STAT_FILES,
  ...MEMORY_FILES,
  ...SWAP_FILES,
  ...PIDS_FILES,
];

/** Every control file that a machine can have. */
export const CONTROL_FILES = listed([
  ...KERNEL_FILES,
  ...PRESSURE_FILES,
  ...policies.flatMap(({ files }) => [...files]),
]);

/** The files of a machine. */
interface Directories {
  readonly all: readonly ControlFile[];
  readonly root: readonly ControlFile[];
  readonly below: readonly ControlFile[];
  /** Those below by the controllers that a cgroup has, those of the cgroup itself always. */
  readonly byControllers: Map<number, readonly ControlFile[]>;
}

const directories = new Map<string, Directories>();

/** By its policy, and whether it counts pressure. */
function directoriesOf({ own: { policy, psi } }: Mm): Directories {
  const key = `${policy} ${psi}`;
  const known = directories.get(key);
  if (known !== undefined) return known;
  const all = listed([...KERNEL_FILES, ...(psi ? PRESSURE_FILES : []), ...policyNamed(policy).files]);
  const of = (place: 'root' | 'below') => all.filter(({ where = place }) => where === place);
  const made: Directories = { all, root: of('root'), below: of('below'), byControllers: new Map() };
  directories.set(key, made);
  return made;
}

/** cgroup_pressure_write() shows or hides these. */
const HIDDEN = new Set(HIDDEN_FILES.map(({ name }) => name));

const shownIn = ({ pressure }: MemCgroup, files: readonly ControlFile[]): readonly ControlFile[] =>
  pressure.enabled ? files : files.filter(({ name }) => !HIDDEN.has(name));

/** Statistics of every cgroup. */
const WITHOUT_CONTROLLER = new Set(['cpu.stat', ...HIDDEN]);

function filesWith(mm: Mm, controllers: number): readonly ControlFile[] {
  const { below, byControllers } = directoriesOf(mm);
  const known = byControllers.get(controllers);
  if (known !== undefined) return known;
  const files = below.filter(({ name }) => {
    const bit = WITHOUT_CONTROLLER.has(name) ? 0 : bitOf(name.slice(0, name.indexOf('.')));
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
function notEnabled(mm: Mm, memcg: MemCgroup, name: string): string {
  if (!directoriesOf(mm).below.some((file) => file.name === name)) return '';
  if (memcg.id === ROOT_MEMCG) return ': the root has no such file';
  const above = mm.memcgs[memcg.parent]?.path ?? '/';
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
  pidIn,
  mayMove: (fs: Cgroupfs, from: Cgroup, to: Cgroup, uid) => mayMove(fs, from, to, uid),
  holdsBack: () => null,
  remove: removeMemcg,
  files: (mm: Mm, memcg: MemCgroup) => {
    if (memcg.id === ROOT_MEMCG) return shownIn(memcg, directoriesOf(mm).root);
    const parent = memcg.online ? mm.memcgs[memcg.parent] : null;
    if (!parent) return directoriesOf(mm).below;
    return shownIn(memcg, filesWith(mm, controlOf(memcg.cgroup, parent.cgroup)));
  },
  possibleFiles: (mm: Mm, root) => directoriesOf(mm)[root ? 'root' : 'below'],
  allFiles: (mm: Mm) => directoriesOf(mm).all,
  insteadOf: (mm: Mm, memcg: MemCgroup, name) =>
    insteadOf(name, 2, (two) =>
      CONTROLLER.possibleFiles(mm, memcg.id === ROOT_MEMCG, false).some((file) => file.name === two),
    ) || notEnabled(mm, memcg, name),
};
