import { type Result } from '../kernel/errno.ts';
import type { Cgroupfs, ControlFile, Credentials, Handle, WriteAnswer, Writer } from './types.ts';
/** Open files: fs/open.c, fs/read_write.c and fs/seq_file.c of 2.6.26 over kernel/cgroup.c. */
export declare const O_RDONLY = 0;
export declare const O_WRONLY = 1;
export declare const O_RDWR = 2;
export declare const O_CREAT = 64;
export declare const O_EXCL = 128;
export declare const O_TRUNC = 512;
export declare const O_APPEND = 1024;
export declare const O_DIRECT = 16384;
export declare const O_DIRECTORY = 65536;
export type Whence = 'set' | 'cur' | 'end';
/** open(2): the lowest free file descriptor. O_TRUNC and O_APPEND mean nothing to control files. */
export declare function open(fs: Cgroupfs, path: string, flags: number, who: Credentials): Result<number>;
export declare function handleOf(fs: Cgroupfs, fd: number): Result<Handle>;
export declare function close(fs: Cgroupfs, fd: number): Result<undefined>;
/** read(2) at the offset, which moves; with `at` pread(2) there. At most `count` bytes. */
export declare function read(fs: Cgroupfs, fd: number, count: number, at: number | null): Result<Uint8Array>;
/** What a read of an open file is cut from. */
export declare function textOf(fs: Cgroupfs, handle: Handle, driver: ControlFile): Result<string>;
/** write(2), or pwrite(2) with `at`: each stands alone, wherever it is. The answer OK means all bytes. */
export declare function write(fs: Cgroupfs, fd: number, data: Uint8Array, at: number | null, writer: Writer): WriteAnswer;
/** lseek(2): generic_file_llseek(), for memory.stat seq_lseek(). Answers the new offset. */
export declare function lseek(fs: Cgroupfs, fd: number, offset: number, whence: Whence): Result<number>;
