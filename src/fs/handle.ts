import { done, OK, type Result, refuse } from '../kernel/errno.ts';
import { encodeText } from '../kernel/text.ts';
import { driverOf, faultOf, readFile, writeFile } from './directory.ts';
import { inodeOf, MAX_BYTES, MAY_READ, MAY_WRITE, permission, setAttributes } from './inode.ts';
import { type Found, lookup, mayCreate, type Place, placeOf } from './namei.ts';
import type { Cgroupfs, ControlFile, Credentials, Handle, WriteAnswer, Writer } from './types.ts';

/** Open files: fs/open.c, fs/read_write.c and fs/seq_file.c of 2.6.26 over kernel/cgroup.c. */

export const O_RDONLY = 0;
export const O_WRONLY = 0o1;
export const O_RDWR = 0o2;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;
export const O_DIRECT = 0o40000;
export const O_DIRECTORY = 0o200000;
const O_ACCMODE = 0o3;

export type Whence = 'set' | 'cur' | 'end';

/** As many as a machine keeps open at once. */
const MAX_HANDLES = 65_536;

/** open(2): the lowest free file descriptor. O_TRUNC and O_APPEND mean nothing to control files. */
export function open(fs: Cgroupfs, path: string, flags: number, who: Credentials): Result<number> {
  const target = (flags & O_CREAT) === 0 ? lookup(fs, path, who) : lookupOrCreate(fs, path, flags, who);
  if (!target.ok) return target;
  const { cgroup, file } = target.value;
  const access = flags & O_ACCMODE;
  const readable = access === O_RDONLY || access === O_RDWR;
  const writable = access === O_WRONLY || access === O_RDWR;
  const asked = mayOpen(fs, target.value, flags, readable, writable, who);
  if (!asked.ok) return asked;
  if ((flags & O_TRUNC) !== 0) setAttributes(fs, cgroup, file?.name ?? null, { size: 0 }, { ...who, uid: 0 });
  let fd = fs.handles.indexOf(null);
  if (fd < 0) fd = fs.handles.length;
  if (fd === MAX_HANDLES) return refuse('ENFILE', `${MAX_HANDLES} files are open: close some`);
  const early = file !== null && file.snapshot === 'open' && readable ? readFile(file, fs, cgroup) : null;
  if (early !== null && !early.ok) return early;
  const snapshot = early === null ? null : early.value;
  fs.handles[fd] = { cgroup, file: file?.name ?? null, readable, writable, offset: 0, snapshot };
  return done(fd);
}

function lookupOrCreate(fs: Cgroupfs, path: string, flags: number, who: Credentials): Result<Found> {
  const place = placeOf(fs, path, who);
  if (!place.ok) return place;
  const { found } = place.value;
  if (place.value.slash) return refuse('EISDIR', `${path} is to be a file`);
  if (found === null) return refuseCreate(place.value, path, who);
  if ((flags & O_EXCL) !== 0) return refuse('EEXIST', `${path} is there already`);
  if (found.file === null) return refuse('EISDIR', `${path} is a cgroup`);
  return done(found);
}

function refuseCreate(place: Place, path: string, who: Credentials): Result<Found> {
  const may = mayCreate(place, path, false, who);
  return may.ok ? refuse('EACCES', 'the kernel makes control files, nobody else') : may;
}

/** may_open() and what __dentry_open() refuses. */
function mayOpen(
  fs: Cgroupfs,
  { cgroup, file }: Found,
  flags: number,
  readable: boolean,
  writable: boolean,
  who: Credentials,
): Result<undefined> {
  if (file !== null && (flags & O_DIRECTORY) !== 0) return refuse('ENOTDIR', `${file.name} is a file`);
  const changes = (flags & O_ACCMODE) !== O_RDONLY || (flags & O_TRUNC) !== 0;
  if (file === null && changes) return refuse('EISDIR', 'a cgroup can not be opened for writing');
  const neither = !readable && !writable;
  const mask = (readable || neither ? MAY_READ : 0) | (writable || neither || changes ? MAY_WRITE : 0);
  const allowed = permission(inodeOf(fs, cgroup, file?.name ?? null), mask, who);
  if (!allowed.ok) return allowed;
  return (flags & O_DIRECT) === 0 ? OK : refuse('EINVAL', 'control files know no O_DIRECT');
}

export function handleOf(fs: Cgroupfs, fd: number): Result<Handle> {
  const handle = fs.handles[fd] ?? null;
  return handle === null ? refuse('EBADF', `${fd} is no open file`) : done(handle);
}

export function close(fs: Cgroupfs, fd: number): Result<undefined> {
  const handle = handleOf(fs, fd);
  if (!handle.ok) return handle;
  fs.handles[fd] = null;
  while (fs.handles.at(-1) === null) fs.handles.pop();
  const { cgroup } = handle.value;
  if (cgroup.removed && !fs.handles.some((other) => other?.cgroup === cgroup))
    fs.controller.destroy?.(fs.mm, cgroup.memcg);
  return OK;
}

/** read(2) at the offset, which moves; with `at` pread(2) there. At most `count` bytes. */
export function read(fs: Cgroupfs, fd: number, count: number, at: number | null): Result<Uint8Array> {
  const handle = handleOf(fs, fd);
  if (!handle.ok) return handle;
  const file = handle.value;
  if (at !== null && at < 0) return refuse('EINVAL', 'an offset is not negative');
  const driver = file.file === null ? null : driverOf(fs, file.cgroup, file.file);
  if (at !== null && driver?.snapshot === 'read') return refuse('ESPIPE', NO_PREAD);
  if (!file.readable) return refuse('EBADF', 'the file is not open for reading');
  if (driver === null) return refuse('EISDIR', 'a cgroup is no file');
  const offset = at ?? file.offset;
  const fault = offset === 0 && !file.cgroup.removed ? faultOf(fs, file.cgroup, driver.name, 'read') : null;
  if (fault !== null) return fault;
  const text = textOf(fs, file, driver);
  if (!text.ok) return text;
  const bytes = encodeText(text.value).subarray(offset, offset + Math.max(0, count));
  if (at === null) file.offset += bytes.length;
  return done(bytes);
}

/** seq_open() of 2.6.26 takes FMODE_PREAD and FMODE_PWRITE away. */
const NO_PREAD = 'this file can only be read on from where the last read ended';

/** What a read of an open file is cut from. */
export function textOf(fs: Cgroupfs, handle: Handle, driver: ControlFile): Result<string> {
  // cgroup_seqfile_show() alone does not ask whether the cgroup was removed.
  if (driver.snapshot !== 'read' && handle.cgroup.removed) return refuse('ENODEV', 'the cgroup was removed');
  if (handle.snapshot !== null) return done(handle.snapshot);
  const text = readFile(driver, fs, handle.cgroup);
  if (text.ok && driver.snapshot === 'read') handle.snapshot = text.value;
  return text;
}

/** write(2), or pwrite(2) with `at`: each stands alone, wherever it is. The answer OK means all bytes. */
export function write(
  fs: Cgroupfs,
  fd: number,
  data: Uint8Array,
  at: number | null,
  writer: Writer,
): WriteAnswer {
  const handle = handleOf(fs, fd);
  if (!handle.ok) return handle;
  const { cgroup, file, writable } = handle.value;
  if (at !== null && at < 0) return refuse('EINVAL', 'an offset is not negative');
  const driver = file === null ? null : driverOf(fs, cgroup, file);
  const sequence = driver?.snapshot === 'read';
  if (at !== null && sequence) return refuse('ESPIPE', NO_PREAD);
  if (!writable || driver === null) return refuse('EBADF', 'the file is not open for writing');
  if (cgroup.removed && !sequence && driver.passesRemoved?.(fs.mm) !== true)
    return refuse('ENODEV', 'the cgroup was removed');
  const answer = writeFile(driver, fs, cgroup, data, writer);
  const taken = 'wait' in answer || answer.ok;
  if (taken && at === null && fs.controller.traits.writesMove) handle.value.offset += data.length;
  return answer;
}

/** lseek(2): generic_file_llseek(), for memory.stat seq_lseek(). Answers the new offset. */
export function lseek(fs: Cgroupfs, fd: number, offset: number, whence: Whence): Result<number> {
  const found = handleOf(fs, fd);
  if (!found.ok) return found;
  const handle = found.value;
  const driver = handle.file === null ? null : driverOf(fs, handle.cgroup, handle.file);
  const sequence = driver?.snapshot === 'read';
  if (whence === 'end' && (sequence || driver === null))
    return refuse('EINVAL', 'it has no end to seek from');
  const end = inodeOf(fs, handle.cgroup, handle.file).size;
  const from = whence === 'set' ? 0 : whence === 'cur' ? handle.offset : end;
  const to = from + offset;
  if (to < 0 || (to > MAX_BYTES && !sequence)) return refuse('EINVAL', `an offset is 0 to ${MAX_BYTES}`);
  // traverse(): the text is made anew unless the offset stays, and at once unless it is the beginning.
  if (driver !== null && sequence && to !== handle.offset) {
    handle.snapshot = null;
    if (to > 0) textOf(fs, handle, driver);
  }
  handle.offset = to;
  return done(to);
}
