import { type Whence } from '../fs/handle.ts';
import { type Stat } from '../fs/inode.ts';
import { type DirectoryEntry } from '../fs/readdir.ts';
import { type Cgroup } from '../fs/types.ts';
import { type Result } from '../kernel/errno.ts';
import type { MachineState } from './state.ts';
/** Whose system calls these are; what is left out is uid 0's, by the task `sh`, from the root. */
export interface Caller {
    readonly uid?: number;
    readonly gid?: number;
    readonly groups?: readonly number[];
    readonly umask?: number;
    /** The task of the machine that calls: what 0 means when it is written to `tasks`. */
    readonly pid?: number;
}
/** What statfs(2) answers. */
export interface FsStat {
    readonly type: number;
    readonly bsize: number;
    readonly blocks: number;
    readonly namelen: number;
}
/**
 * System calls on the cgroup filesystem, with the kernel's answers. A path that
 * does not begin with / goes out from `at`. Open files are part of the machine's
 * state. Where `null` is answered the call takes virtual time: run() until done.
 */
export declare class Vfs {
    #private;
    constructor(state: MachineState, caller: Caller, cwd?: Cgroup | null);
    /** openat(2)'s relatives: relative paths go out from that open directory. */
    at(fd: number): Result<Vfs>;
    /** `flags` are Linux's O_*. Answers the file descriptor. */
    open(path: string, flags?: number): Result<number>;
    close(fd: number): Result<undefined>;
    /** At most `count` bytes from the offset on; none at the end. */
    read(fd: number, count: number): Result<Uint8Array>;
    pread(fd: number, count: number, offset: number): Result<Uint8Array>;
    /** OK: all bytes were taken. */
    write(fd: number, data: Uint8Array): Result<undefined> | null;
    pwrite(fd: number, data: Uint8Array, offset: number): Result<undefined> | null;
    lseek(fd: number, offset: number, whence: Whence): Result<number>;
    /** A path, or an open file. */
    stat(target: string | number): Result<Stat>;
    statfs(): FsStat;
    /** As getdents(2) lists it: `.` and `..`, sub-directories newest first, then the files. */
    readdir(target: string | number): Result<DirectoryEntry[]>;
    chmod(target: string | number, mode: number): Result<undefined>;
    /** null leaves what it is. */
    chown(target: string | number, uid: number | null, gid: number | null): Result<undefined>;
    /** Times in ns since boot. */
    utimes(target: string | number, atime: number, mtime: number): Result<undefined>;
    /** Changes the size that stat() shows, and nothing else: what is written is not kept as text. */
    truncate(target: string | number, size: number): Result<undefined>;
    /** do_fsync(): control files have none, directories have nothing to do. */
    fsync(fd: number): Result<undefined>;
    mmap(fd: number): Result<undefined>;
    /** The events, of those asked for, that are there. */
    poll(fd: number, events: number): Result<number>;
    /** vfs_setxattr(), without an LSM. */
    setxattr(target: string | number, name: string): Result<undefined>;
    mkdir(path: string, mode?: number): Result<undefined>;
    rmdir(path: string): Result<undefined> | null;
    rename(from: string, to: string): Result<undefined>;
    unlink(path: string): Result<undefined>;
    symlink(target: string, path: string): Result<undefined>;
    link(from: string, to: string): Result<undefined>;
    /** `mode` with the type of S_IFMT; none is a regular file. */
    mknod(path: string, mode: number): Result<undefined>;
}
