import { done, OK, type Result, refuse } from '../kernel/errno.ts';
import type { Mm } from '../mm/kernel.ts';
import { directoryInode, takeIno } from './inode.ts';
import { type Found, mayCreate, mayDelete, type Place, placeOf } from './namei.ts';
import { type Cgroup, type Cgroupfs, type Controller, type Credentials, SUPERUSER } from './types.ts';

/** Making, removing and renaming the directories of the cgroup filesystem: kernel/cgroup.c. */

/** A mounted filesystem with its root; the root's memory cgroup must be the first that is made. */
export function newCgroupfs(mm: Mm, controller: Controller, extras: boolean): Cgroupfs {
  const memcg = controller.create(mm, '/', null);
  const root: Cgroup = {
    id: memcg.id,
    name: '',
    parent: null,
    children: [],
    childByName: new Map(),
    memcg,
    notifyOnRelease: false,
    removed: false,
    inode: directoryInode(1, controller.traits.rootMode, SUPERUSER, 0),
    fileInodes: new Map(),
    made: { uid: 0, gid: 0, time: 0 },
  };
  const cgroups = new Map([[root.id, root]]);
  return {
    mm,
    controller,
    root,
    cgroups,
    releaseAgent: '',
    extras,
    handles: [],
    faults: [],
    nextIno: 1 + controller.traits.maxFiles,
  };
}

/** mkdir(2); `mode` is cut by the caller's umask. It is the caller's unless `owner` says whose. */
export function mkdir(
  fs: Cgroupfs,
  path: string,
  mode = 0o777,
  who: Credentials = SUPERUSER,
  owner: Pick<Credentials, 'uid' | 'gid'> = who,
): Result<undefined> {
  const place = placeOf(fs, path, who);
  if (!place.ok) return place;
  const may = mayCreate(place.value, path, true, who);
  if (!may.ok) return may;
  const { parent, name } = place.value;
  const refused = fs.controller.mayMake(fs.mm, parent.memcg, name);
  if (refused !== null) return refused;
  if (fs.cgroups.size >= MAX_CGROUPS) return refuse('ENOMEM', `a machine has ${MAX_CGROUPS} cgroups at most`);
  const memcg = fs.controller.create(fs.mm, pathOf(parent, name), parent.memcg);
  const time = fs.mm.sched.now;
  const cgroup: Cgroup = {
    id: memcg.id,
    name,
    parent,
    children: [],
    childByName: new Map(),
    memcg,
    // kernel/cgroup.c, cgroup_create(): inherited.
    notifyOnRelease: parent.notifyOnRelease,
    removed: false,
    inode: directoryInode(takeIno(fs), mode, { ...who, uid: owner.uid, gid: owner.gid }, time),
    fileInodes: new Map(),
    made: { uid: owner.uid, gid: owner.gid, time },
  };
  parent.children.unshift(cgroup);
  parent.childByName.set(name, cgroup);
  fs.cgroups.set(cgroup.id, cgroup);
  return OK;
}

/** Ids fit 16 bits; 0 is nobody. */
const MAX_CGROUPS = 65_535;

const pathOf = (parent: Cgroup, name: string): string =>
  parent.parent === null ? `/${name}` : `${parent.memcg.path}/${name}`;

/** The checks of rmdir(2) and cgroup_rmdir() before anything is done. */
export function mayRmdir(fs: Cgroupfs, path: string, who: Credentials = SUPERUSER): Result<Cgroup> {
  const last = path
    .split('/')
    .filter((name) => name !== '')
    .pop();
  if (last === '.') return refuse('EINVAL', 'a path that ends in . can be removed by nobody');
  if (last === '..') return refuse('ENOTEMPTY', 'a path that ends in .. can be removed by nobody');
  const place = placeOf(fs, path, who);
  if (!place.ok) return place;
  if (last === undefined) return refuse('EBUSY', 'the root can not be removed');
  const may = mayDelete(fs, place.value, true, who);
  if (!may.ok) return may;
  const cgroup = place.value.found?.cgroup;
  if (cgroup === undefined) return refuse('ENOENT', `there is no ${path}`);
  const { nrTasks } = cgroup.memcg;
  if (nrTasks > 0) return refuse('EBUSY', `${nrTasks} task(s) are in ${path}: move or kill them first`);
  if (cgroup.children.length > 0) return refuse('EBUSY', `${path} has sub-directories: remove them first`);
  return done(cgroup);
}

/** The end of cgroup_rmdir(): the reclaimer has ended and the group is empty. */
export function finishRmdir(fs: Cgroupfs, cgroup: Cgroup): Result<undefined> {
  const { memcg, parent } = cgroup;
  const held = fs.controller.holdsBack(memcg);
  if (held !== null) return held;
  cgroup.removed = true;
  parent?.children.splice(parent.children.indexOf(cgroup), 1);
  parent?.childByName.delete(cgroup.name);
  fs.cgroups.delete(cgroup.id);
  fs.controller.remove(fs.mm, memcg);
  // simple_rmdir(): the times of both directories. (cgroup_mkdir() leaves its parent's alone.)
  const time = fs.mm.sched.now;
  cgroup.inode.ctime = time;
  if (parent !== null) touchTimes(parent, time);
  return OK;
}

const touchTimes = ({ inode }: Cgroup, time: number): void => {
  inode.mtime = time;
  inode.ctime = time;
};

/** Within its parent only: onto another EEXIST, to another parent EIO, a file ENOTDIR. */
export function rename(
  fs: Cgroupfs,
  from: string,
  to: string,
  who: Credentials = SUPERUSER,
): Result<undefined> {
  const source = placeOf(fs, from, who);
  if (!source.ok) return source;
  const target = placeOf(fs, to, who);
  if (!target.ok) return target;
  if (source.value.name === '' || target.value.name === '') return refuse('EBUSY', 'the path names no entry');
  const moved = source.value.found;
  if (moved === null) return refuse('ENOENT', `there is no ${from}`);
  if (moved.file !== null && (source.value.slash || target.value.slash)) {
    return refuse('ENOTDIR', `${moved.file.name} is a file`);
  }
  return cgroupRename(fs, moved, source.value, target.value, who);
}

/** sys_renameat()'s last checks, vfs_rename(), cgroup_rename(). */
function cgroupRename(fs: Cgroupfs, moved: Found, source: Place, target: Place, who: Credentials) {
  const { cgroup } = moved;
  const onto = target.found;
  const directory = moved.file === null;
  if (directory && holds(cgroup, target.parent)) return refuse('EINVAL', 'a directory can not hold itself');
  if (onto?.file === null && onto.cgroup !== cgroup && holds(onto.cgroup, source.parent)) {
    return refuse('ENOTEMPTY', 'the target holds the source');
  }
  if (onto?.cgroup === cgroup && onto.file === moved.file) return OK;
  const may = mayDelete(fs, source, directory, who);
  if (!may.ok) return may;
  const mayPut =
    onto === null ? mayCreate(target, target.name, true, who) : mayDelete(fs, target, directory, who);
  if (!mayPut.ok) return mayPut;
  if (!fs.controller.traits.renames) return refuse('EPERM', 'a cgroup keeps its name');
  if (!directory) return refuse('ENOTDIR', 'only cgroups can be renamed');
  if (onto !== null) return refuse('EEXIST', `${target.name} is there already`);
  if (target.parent !== source.parent) return refuse('EIO', 'a cgroup stays in its parent');
  target.parent.childByName.delete(cgroup.name);
  target.parent.childByName.set(target.name, cgroup);
  cgroup.name = target.name;
  renamePaths(cgroup, pathOf(target.parent, cgroup.name));
  touchTimes(target.parent, fs.mm.sched.now);
  cgroup.inode.ctime = fs.mm.sched.now;
  return OK;
}

/** Whether `inner` is that directory, or below it. */
function holds(outer: Cgroup, inner: Cgroup): boolean {
  for (let at: Cgroup | null = inner; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

function renamePaths(cgroup: Cgroup, path: string): void {
  cgroup.memcg.path = path;
  for (const child of cgroup.children) renamePaths(child, `${path}/${child.name}`);
}
