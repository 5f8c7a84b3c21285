import { OK, type Result, done, refuse } from '../kernel/errno.ts';
import { textLength } from '../kernel/text.ts';
import { memCgroupCreate } from '../mm/memcontrol.ts';
import type { Mm } from '../mm/types.ts';
import { cgroupFiles } from './cgroup-files.ts';
import { extraFiles } from './extra-files.ts';
import { memoryFiles } from './memory-files.ts';
import type { Cgroup, Cgroupfs, ControlFile } from './types.ts';

/** The directories of the cgroup filesystem: kernel/cgroup.c with what the VFS checks before it. */

const NAME_MAX = 255;

/** A mounted filesystem with its root; the root's memory cgroup must be the first that is made. */
export function newCgroupfs(mm: Mm, extras: boolean): Cgroupfs {
  const memcg = memCgroupCreate(mm, '/');
  const root: Cgroup = {
    id: memcg.id,
    name: '',
    parent: null,
    children: [],
    memcg,
    notifyOnRelease: false,
    removed: false,
  };
  return { mm, root, cgroups: new Map([[root.id, root]]), releaseAgent: '', extras };
}

/** The control files of a directory in the order of a listing: the reverse of their registration, ours last. */
export function controlFiles(fs: Cgroupfs, cgroup: Cgroup): ControlFile[] {
  const registered = [...cgroupFiles(cgroup.parent === null), ...memoryFiles(fs.mm.wmarks)];
  return [...registered.reverse(), ...(fs.extras ? extraFiles(fs.mm.wmarks) : [])];
}

export interface Found {
  readonly cgroup: Cgroup;
  /** null: the directory itself. */
  readonly file: ControlFile | null;
}

/** Walks an absolute path. ENOENT, ENOTDIR, ENAMETOOLONG. */
export function lookup(fs: Cgroupfs, path: string): Result<Found> {
  let cgroup = fs.root;
  let file: ControlFile | null = null;
  for (const name of path.split('/')) {
    if (name === '') continue;
    if (file !== null) return refuse('ENOTDIR', `${file.name} is a file`);
    if (textLength(name) > NAME_MAX) return refuse('ENAMETOOLONG', `a name has ${NAME_MAX} bytes at most`);
    if (name === '.') continue;
    if (name === '..') {
      cgroup = cgroup.parent ?? cgroup;
      continue;
    }
    const child = cgroup.children.find((other) => other.name === name);
    if (child !== undefined) {
      cgroup = child;
      continue;
    }
    file = controlFiles(fs, cgroup).find((other) => other.name === name) ?? null;
    if (file === null) return refuse('ENOENT', `there is no ${name} in ${cgroup.memcg.path}`);
  }
  return done({ cgroup, file });
}

/** The cgroup at a path; ENOTDIR for a control file. */
export function lookupCgroup(fs: Cgroupfs, path: string): Result<Cgroup> {
  const found = lookup(fs, path);
  if (!found.ok) return found;
  if (found.value.file !== null) return refuse('ENOTDIR', `${found.value.file.name} is a file`);
  return done(found.value.cgroup);
}

interface Place {
  readonly parent: Cgroup;
  readonly name: string;
  /** What stands there already. */
  readonly found: Found | null;
}

/** The directory that a path's last name is, or would be, in. */
function placeOf(fs: Cgroupfs, path: string): Result<Place> {
  const names = path.split('/').filter((name) => name !== '');
  const name = names.pop();
  if (name === undefined) return done({ parent: fs.root, name: '', found: { cgroup: fs.root, file: null } });
  const parent = lookupCgroup(fs, `/${names.join('/')}`);
  if (!parent.ok) return parent;
  const found = lookup(fs, path);
  if (!found.ok && found.errno !== 'ENOENT') return found;
  return done({ parent: parent.value, name, found: found.ok ? found.value : null });
}

export function mkdir(fs: Cgroupfs, path: string): Result<undefined> {
  const place = placeOf(fs, path);
  if (!place.ok) return place;
  const { parent, name, found } = place.value;
  if (found !== null) return refuse('EEXIST', `${path} is there already`);
  if (fs.cgroups.size >= MAX_CGROUPS) return refuse('ENOMEM', `a machine has ${MAX_CGROUPS} cgroups at most`);
  const memcg = memCgroupCreate(fs.mm, pathOf(parent, name));
  const cgroup: Cgroup = {
    id: memcg.id,
    name,
    parent,
    children: [],
    memcg,
    // kernel/cgroup.c, cgroup_create(): inherited.
    notifyOnRelease: parent.notifyOnRelease,
    removed: false,
  };
  parent.children.unshift(cgroup);
  fs.cgroups.set(cgroup.id, cgroup);
  return OK;
}

/** Ids fit 16 bits; 0 is nobody. */
const MAX_CGROUPS = 65_535;

const pathOf = (parent: Cgroup, name: string): string =>
  parent.parent === null ? `/${name}` : `${parent.memcg.path}/${name}`;

/** The checks of cgroup_rmdir() before anything is done. */
export function mayRmdir(fs: Cgroupfs, path: string): Result<Cgroup> {
  const last = path.split('/').filter((name) => name !== '').pop();
  if (last === '.') return refuse('EINVAL', 'a path that ends in . can be removed by nobody');
  if (last === '..') return refuse('ENOTEMPTY', 'a path that ends in .. can be removed by nobody');
  const found = lookupCgroup(fs, path);
  if (!found.ok) return found;
  const cgroup = found.value;
  if (cgroup.parent === null) return refuse('EBUSY', 'the root can not be removed');
  const { nrTasks } = cgroup.memcg;
  if (nrTasks > 0) return refuse('EBUSY', `${nrTasks} task(s) are in ${path}: move or kill them first`);
  if (cgroup.children.length > 0) return refuse('EBUSY', `${path} has sub-directories: remove them first`);
  return done(cgroup);
}

/** The end of cgroup_rmdir(): the reclaimer has ended and the group is empty. */
export function finishRmdir(fs: Cgroupfs, cgroup: Cgroup): Result<undefined> {
  const { memcg, parent } = cgroup;
  if (memcg.leakedRefs > 0) return refuse('EBUSY', 'a reference is short since a refused force_empty (erratum)');
  cgroup.removed = true;
  parent?.children.splice(parent.children.indexOf(cgroup), 1);
  fs.cgroups.delete(cgroup.id);
  fs.mm.memcgs[cgroup.id] = null;
  return OK;
}

/** Within its parent only: onto another EEXIST, to another parent EIO, a file ENOTDIR. */
export function rename(fs: Cgroupfs, from: string, to: string): Result<undefined> {
  const source = placeOf(fs, from);
  if (!source.ok) return source;
  const target = placeOf(fs, to);
  if (!target.ok) return target;
  const moved = source.value.found;
  if (moved === null) return refuse('ENOENT', `there is no ${from}`);
  const { cgroup } = moved;
  if (moved.file === null && cgroup.parent === null) return refuse('EBUSY', 'the root can not be renamed');
  const onto = target.value.found;
  if (onto?.cgroup === cgroup && onto.file === moved.file) return OK;
  if (moved.file !== null) return refuse('ENOTDIR', 'only cgroups can be renamed');
  if (onto !== null && onto.file !== null) return refuse('ENOTDIR', `${to} is a file`);
  if (onto !== null) return refuse('EEXIST', `${to} is there already`);
  if (target.value.parent !== cgroup.parent) return refuse('EIO', 'a cgroup stays in its parent');
  cgroup.name = target.value.name;
  renamePaths(cgroup, pathOf(target.value.parent, cgroup.name));
  return OK;
}

function renamePaths(cgroup: Cgroup, path: string): void {
  cgroup.memcg.path = path;
  for (const child of cgroup.children) renamePaths(child, `${path}/${child.name}`);
}
