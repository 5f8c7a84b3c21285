import { type Result } from '../kernel/errno.ts';
import type { Cgroup, Cgroupfs, Credentials, Inode } from './types.ts';
/** Metadata: fs/attr.c and fs/open.c of 2.6.26 over the inodes of kernel/cgroup.c. */
export declare const S_IFMT = 61440;
export declare const S_IFDIR = 16384;
export declare const S_IFREG = 32768;
/** alloc_super(): s_maxbytes is MAX_NON_LFS, and kernel/cgroup.c leaves it so. */
export declare const MAX_BYTES: number;
/** What stat(2) answers. */
export interface Stat extends Readonly<Inode> {
    readonly nlink: number;
    readonly blocks: number;
    readonly blksize: number;
}
/** The inode number of the next directory; its files' numbers follow it. */
export declare function takeIno(fs: Cgroupfs): number;
/** cgroup_new_inode(): the maker's, and of now. Set-id bits are not for directories (vfs_mkdir()). */
export declare function directoryInode(ino: number, mode: number, who: Credentials, time: number): Inode;
export declare function inodeOf(fs: Cgroupfs, cgroup: Cgroup, file: string | null): Inode;
export declare function statOf(fs: Cgroupfs, cgroup: Cgroup, file: string | null): Stat;
export declare const MAY_EXEC = 1;
export declare const MAY_WRITE = 2;
export declare const MAY_READ = 4;
/** generic_permission(): null, or EACCES. Uid 0 may do all. */
export declare function permission(inode: Inode, mask: number, who: Credentials): Result<undefined>;
/** may_delete()'s part for directories with the sticky bit. */
export declare const sticky: (directory: Inode, victim: Inode, who: Credentials) => boolean;
/** What setattr(2)'s relatives change; what is left out stays. Times in ns. */
export interface AttributeChange {
    readonly mode?: number;
    readonly uid?: number;
    readonly gid?: number;
    readonly size?: number;
    readonly atime?: number;
    readonly mtime?: number;
}
/** notify_change(): inode_change_ok(), then inode_setattr(). */
export declare function setAttributes(fs: Cgroupfs, cgroup: Cgroup, file: string | null, change: AttributeChange, who: Credentials): Result<undefined>;
