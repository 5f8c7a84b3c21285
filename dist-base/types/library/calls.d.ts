import type { Credentials } from '../fs/types.ts';
import { type Result } from '../kernel/errno.ts';
import type { FsStat, Vfs } from '../machine/machine.ts';
import type { MountPoint } from './mount-point.ts';
import type { StatOf } from './stats.ts';
export interface Entry {
    readonly name: string;
    readonly directory: boolean;
}
/** A path, or a file descriptor. */
export type Target = string | number;
/** System calls by paths of the program; what is refused is thrown as Node throws it. */
export declare class Calls {
    #private;
    readonly mount: MountPoint;
    constructor(reach: () => Vfs, who: Credentials, mount: MountPoint, finish: (begun: Result<undefined> | null) => Result<undefined>);
    open(path: string, flags: number): number;
    close(fd: number): void;
    read(fd: number, count: number, position: number | null): Uint8Array;
    /** Takes all bytes. */
    write(fd: number, data: Uint8Array, position: number | null): void;
    stat(target: Target, syscall: string): StatOf;
    statfs(path: string): FsStat;
    /** access(2): F_OK is 0. */
    access(path: string, mode: number): void;
    /** Without . and .., in the kernel's order. */
    readdir(path: string, syscall: string): Entry[];
    mkdir(path: string, mode: number): void;
    rmdir(path: string): void;
    unlink(path: string): void;
    rename(from: string, to: string): void;
    link(from: string, to: string): void;
    symlink(target: string, path: string): void;
    chmod(target: Target, mode: number, syscall: string): void;
    chown(target: Target, uid: number, gid: number, syscall: string): void;
    /** Times in ns since boot. */
    utimes(target: Target, atime: number, mtime: number, syscall: string): void;
    ftruncate(fd: number, size: number): void;
    fsync(fd: number, syscall: string): void;
}
