import { OK, type Result, refuse } from '../kernel/errno.ts';
import { driverOf, fileNumber } from './directory.ts';
import type { Cgroup, Cgroupfs, Credentials, Inode } from './types.ts';

/** Metadata: fs/attr.c and fs/open.c of 2.6.26 over the inodes of kernel/cgroup.c. */

export const S_IFMT = 0o170000;
export const S_IFDIR = 0o040000;
export const S_IFREG = 0o100000;
const S_ISVTX = 0o1000;
const S_IALLUGO = 0o7777;
/** alloc_super(): s_maxbytes is MAX_NON_LFS, and kernel/cgroup.c leaves it so. */
export const MAX_BYTES = 2 ** 31 - 1;
const BLOCK_SIZE = 4096;

/** What stat(2) answers. */
export interface Stat extends Readonly<Inode> {
  readonly nlink: number;
  readonly blocks: number;
  readonly blksize: number;
}

/** The inode number of the next directory; its files' numbers follow it. */
export function takeIno(fs: Cgroupfs): number {
  const ino = fs.nextIno;
  fs.nextIno += fs.controller.traits.maxFiles;
  return ino;
}

/** cgroup_new_inode(): the maker's, and of now. Set-id bits are not for directories (vfs_mkdir()). */
export function directoryInode(ino: number, mode: number, who: Credentials, time: number): Inode {
  const bits = mode & ~who.umask & (0o777 | S_ISVTX);
  return {
    ino,
    mode: S_IFDIR | bits,
    uid: who.uid,
    gid: who.gid,
    size: 0,
    atime: time,
    mtime: time,
    ctime: time,
  };
}

export function inodeOf(fs: Cgroupfs, cgroup: Cgroup, file: string | null): Inode {
  if (file === null) return cgroup.inode;
  return cgroup.fileInodes.get(file) ?? freshFile(fs, cgroup, file);
}

/** cgroup_add_file(): 0644 whatever the umask. */
function freshFile(fs: Cgroupfs, cgroup: Cgroup, file: string): Inode {
  const { inode, made } = cgroup;
  const { uid, gid, time } = made;
  const mode = S_IFREG | (driverOf(fs, cgroup, file)?.mode ?? 0o644);
  const ino = inode.ino + 1 + fileNumber(fs, file);
  return { ino, mode, uid, gid, size: 0, atime: time, mtime: time, ctime: time };
}

/** The same, to be changed: kept from now on. */
function keptInode(fs: Cgroupfs, cgroup: Cgroup, file: string | null): Inode {
  const inode = inodeOf(fs, cgroup, file);
  if (file !== null) cgroup.fileInodes.set(file, inode);
  return inode;
}

export function statOf(fs: Cgroupfs, cgroup: Cgroup, file: string | null): Stat {
  const { linksWhenRemoved } = fs.controller.traits;
  const nlink = cgroup.removed ? linksWhenRemoved : file === null ? 2 + cgroup.children.length : 1;
  return { ...inodeOf(fs, cgroup, file), nlink, blocks: 0, blksize: BLOCK_SIZE };
}

export const MAY_EXEC = 1;
export const MAY_WRITE = 2;
export const MAY_READ = 4;

/** generic_permission(): null, or EACCES. Uid 0 may do all. */
export function permission(inode: Inode, mask: number, who: Credentials): Result<undefined> {
  const { mode, uid, gid } = inode;
  const shift = who.uid === uid ? 6 : inGroup(who, gid) ? 3 : 0;
  if (who.uid === 0 || ((mode >> shift) & mask) === mask) return OK;
  return refuse(
    'EACCES',
    `mode ${(mode & S_IALLUGO).toString(8)} of uid ${uid} does not let uid ${who.uid} do that`,
  );
}

const inGroup = (who: Credentials, gid: number): boolean => who.gid === gid || who.groups.includes(gid);

/** may_delete()'s part for directories with the sticky bit. */
export const sticky = (directory: Inode, victim: Inode, who: Credentials): boolean =>
  (directory.mode & S_ISVTX) !== 0 && who.uid !== 0 && who.uid !== victim.uid && who.uid !== directory.uid;

/** What setattr(2)'s relatives change; what is left out stays. Times in ns. */
export interface AttributeChange {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly size?: number;
  readonly atime?: number;
  readonly mtime?: number;
}

const S_ISUID = 0o4000;
const S_ISGID = 0o2000;
const S_IXGRP = 0o010;

/** notify_change(): inode_change_ok(), then inode_setattr(). */
export function setAttributes(
  fs: Cgroupfs,
  cgroup: Cgroup,
  file: string | null,
  change: AttributeChange,
  who: Credentials,
): Result<undefined> {
  const now = fs.mm.sched.now;
  const refused = changeRefused(inodeOf(fs, cgroup, file), change, who);
  if (refused !== null) return refuse(refused, `uid ${who.uid} may not change that`);
  if ((change.size ?? 0) > MAX_BYTES) return refuse('EFBIG', `a file here has ${MAX_BYTES} bytes at most`);
  const inode = keptInode(fs, cgroup, file);
  if (change.uid !== undefined || change.gid !== undefined) {
    inode.uid = change.uid ?? inode.uid;
    inode.gid = change.gid ?? inode.gid;
    if (file !== null) inode.mode &= (inode.mode & S_IXGRP) !== 0 ? ~(S_ISUID | S_ISGID) : ~S_ISUID;
  }
  if (change.mode !== undefined) {
    const kept = who.uid === 0 || inGroup(who, inode.gid) ? S_IALLUGO : S_IALLUGO & ~S_ISGID;
    inode.mode = (inode.mode & S_IFMT) | (change.mode & kept);
  }
  if (change.size !== undefined && fs.controller.traits.resizes) {
    inode.size = change.size;
    inode.mtime = now;
  }
  inode.atime = change.atime ?? inode.atime;
  inode.mtime = change.mtime ?? inode.mtime;
  inode.ctime = now;
  return OK;
}

function changeRefused(inode: Inode, change: AttributeChange, who: Credentials): 'EPERM' | null {
  if (who.uid === 0) return null;
  const owner = who.uid === inode.uid;
  if (change.uid !== undefined && !(owner && change.uid === inode.uid)) return 'EPERM';
  if (change.gid !== undefined && !(owner && (inGroup(who, change.gid) || change.gid === inode.gid)))
    return 'EPERM';
  if ((change.mode ?? change.atime ?? change.mtime) !== undefined && !owner) return 'EPERM';
  return null;
}
