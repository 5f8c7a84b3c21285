import { done, OK, type Result, refuse } from '../kernel/errno.ts';
import { isLongerThan } from '../kernel/text.ts';
import { controlFiles } from './directory.ts';
import { inodeOf, MAY_EXEC, MAY_WRITE, permission, sticky } from './inode.ts';
import { type Cgroup, type Cgroupfs, type ControlFile, type Credentials, SUPERUSER } from './types.ts';

/** fs/namei.c of 2.6.26: from paths to directories and files, and what the VFS checks before the filesystem is asked. */

const PATH_MAX = 4096;

export interface Found {
  readonly cgroup: Cgroup;
  /** null: the directory itself. */
  readonly file: ControlFile | null;
}

/** The directory that a path's last name is in, or would be. */
export interface Place {
  readonly parent: Cgroup;
  /** '' when the path ends at the root, or in `.` or `..` (no LAST_NORM). */
  readonly name: string;
  /** What stands there already. */
  readonly found: Found | null;
  /** The path ends with a slash. */
  readonly slash: boolean;
}

/** Walks a path. ENOENT, ENOTDIR, ENAMETOOLONG, EACCES. */
export function lookup(fs: Cgroupfs, path: string, who: Credentials = SUPERUSER): Result<Found> {
  const names = namesOf(path);
  if (!names.ok) return names;
  let here: Found = { cgroup: startOf(fs, path, who), file: null };
  for (const name of names.value) {
    const next = step(fs, here, name, who);
    if (!next.ok) return next;
    here = next.value;
  }
  if (here.file !== null && path.endsWith('/')) return refuse('ENOTDIR', `${here.file.name} is a file`);
  return done(here);
}

/** The cgroup at a path; ENOTDIR for a control file. */
export function lookupCgroup(fs: Cgroupfs, path: string, who: Credentials = SUPERUSER): Result<Cgroup> {
  const found = lookup(fs, path, who);
  if (!found.ok) return found;
  if (found.value.file !== null) return refuse('ENOTDIR', `${found.value.file.name} is a file`);
  return done(found.value.cgroup);
}

/** LOOKUP_PARENT, then lookup_hash(): the last name needn't be there. */
export function placeOf(fs: Cgroupfs, path: string, who: Credentials = SUPERUSER): Result<Place> {
  const names = namesOf(path);
  if (!names.ok) return names;
  const slash = path.endsWith('/');
  const name = names.value.at(-1) ?? '';
  let here: Found = { cgroup: startOf(fs, path, who), file: null };
  for (const each of names.value.slice(0, -1)) {
    const next = step(fs, here, each, who);
    if (!next.ok) return next;
    here = next.value;
  }
  if (here.file !== null) return refuse('ENOTDIR', `${here.file.name} is a file`);
  if (name === '') return done({ parent: here.cgroup, name, found: here, slash });
  const last = step(fs, here, name, who);
  if (!last.ok && last.errno !== 'ENOENT') return last;
  const dots = name === '.' || name === '..';
  return done({ parent: here.cgroup, name: dots ? '' : name, found: last.ok ? last.value : null, slash });
}

function namesOf(path: string): Result<string[]> {
  if (path === '') return refuse('ENOENT', 'an empty path names nothing');
  if (isLongerThan(path, PATH_MAX - 1))
    return refuse('ENAMETOOLONG', `a path has ${PATH_MAX - 1} bytes at most`);
  return done(path.split('/').filter((name) => name !== ''));
}

const startOf = (fs: Cgroupfs, path: string, who: Credentials): Cgroup =>
  path.startsWith('/') ? fs.root : (who.cwd ?? fs.root);

function step(fs: Cgroupfs, { cgroup, file }: Found, name: string, who: Credentials): Result<Found> {
  if (file !== null) return refuse('ENOTDIR', `${file.name} is a file`);
  const allowed = permission(cgroup.inode, MAY_EXEC, who);
  if (!allowed.ok) return allowed;
  const { nameMax } = fs.controller.traits;
  if (nameMax !== null && isLongerThan(name, nameMax))
    return refuse('ENAMETOOLONG', `a name has ${nameMax} bytes at most`);
  if (name === '.') return done({ cgroup, file: null });
  if (name === '..') return done({ cgroup: cgroup.parent ?? cgroup, file: null });
  const child = cgroup.childByName.get(name);
  if (child !== undefined) return done({ cgroup: child, file: null });
  const there = controlFiles(fs, cgroup).find((other) => other.name === name);
  if (there === undefined) {
    const instead = cgroup.removed ? '' : fs.controller.insteadOf(fs.mm, cgroup.memcg, name);
    return refuse('ENOENT', `there is no ${name} in ${cgroup.memcg.path}${instead}`);
  }
  return done({ cgroup, file: there });
}

/** lookup_create() and may_create(): EEXIST, ENOENT, EACCES. */
export function mayCreate(
  place: Place,
  path: string,
  directory: boolean,
  who: Credentials,
): Result<undefined> {
  if (place.name === '') return refuse('EEXIST', `${path} is there already`);
  if (place.slash && !directory && place.found === null)
    return refuse('ENOENT', `${path} names no directory`);
  if (place.found !== null) return refuse('EEXIST', `${path} is there already`);
  if (place.parent.removed) return refuse('ENOENT', 'the directory was removed');
  return permission(place.parent.inode, MAY_WRITE | MAY_EXEC, who);
}

/** may_delete(): ENOENT, EACCES, EPERM, then ENOTDIR or EISDIR by what is wanted. */
export function mayDelete(
  fs: Cgroupfs,
  place: Place,
  directory: boolean,
  who: Credentials,
): Result<undefined> {
  const { parent, name, found } = place;
  if (found === null) return refuse('ENOENT', `there is no ${name}`);
  const allowed = permission(parent.inode, MAY_WRITE | MAY_EXEC, who);
  if (!allowed.ok) return allowed;
  const victim = inodeOf(fs, found.cgroup, found.file?.name ?? null);
  if (sticky(parent.inode, victim, who))
    return refuse('EPERM', 'the directory is sticky, and it is not yours');
  if (directory && found.file !== null) return refuse('ENOTDIR', `${name} is a file`);
  if (!directory && found.file === null) return refuse('EISDIR', `${name} is a cgroup`);
  return OK;
}

/** unlink(2): control files stay. */
export function unlink(fs: Cgroupfs, path: string, who: Credentials): Result<undefined> {
  const place = placeOf(fs, path, who);
  if (!place.ok) return place;
  const { name, slash, found } = place.value;
  if (name === '') return refuse('EISDIR', `${path} is a cgroup`);
  if (slash && found?.file) return refuse('ENOTDIR', `${name} is a file`);
  const may = mayDelete(fs, place.value, false, who);
  return may.ok ? refuse('EPERM', 'the kernel makes and removes control files, nobody else') : may;
}

/** creat(2), and mknod(2) of a regular file: cgroupfs has no create(). */
export function create(fs: Cgroupfs, path: string, who: Credentials): Result<undefined> {
  return refuseNew(fs, path, who, 'EACCES');
}

/** symlink(2), and mknod(2) of anything but a regular file. */
export function makeSpecial(fs: Cgroupfs, path: string, who: Credentials): Result<undefined> {
  return refuseNew(fs, path, who, 'EPERM');
}

/** link(2) */
export function link(fs: Cgroupfs, from: string, to: string, who: Credentials): Result<undefined> {
  const source = lookup(fs, from, who);
  return source.ok ? refuseNew(fs, to, who, 'EPERM') : source;
}

function refuseNew(
  fs: Cgroupfs,
  path: string,
  who: Credentials,
  errno: 'EPERM' | 'EACCES',
): Result<undefined> {
  const place = placeOf(fs, path, who);
  if (!place.ok) return place;
  const may = mayCreate(place.value, path, false, who);
  return may.ok ? refuse(errno, 'a cgroup holds its control files and sub-directories, nothing else') : may;
}
