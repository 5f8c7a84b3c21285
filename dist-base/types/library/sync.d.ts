import type { Calls } from './calls.ts';
import { Dir, Dirent } from './stats.ts';
export type SyncFs = ReturnType<typeof syncFs>;
export declare function syncFs(calls: Calls): {
    copyFileSync: (from: unknown, to: unknown, mode?: unknown) => void;
    readvSync: (fd: unknown, buffers: unknown, position?: unknown) => number;
    rmSync: (path: unknown, options?: unknown) => void;
    writevSync: (fd: unknown, buffers: unknown, position?: unknown) => number;
    accessSync: (path: unknown, mode?: unknown) => void;
    appendFileSync: (path: unknown, data: unknown, options?: unknown) => void;
    chmodSync: (path: unknown, mode: unknown) => void;
    chownSync: (path: unknown, uid: number, gid: number) => void;
    closeSync: (fd: unknown) => void;
    existsSync: (path: unknown) => boolean;
    fchmodSync: (fd: unknown, mode: unknown) => void;
    fchownSync: (fd: unknown, uid: number, gid: number) => void;
    fdatasyncSync: (fd: unknown) => void;
    fstatSync: (fd: unknown, options?: unknown) => import("fs").BigIntStats | import("fs").Stats;
    fsyncSync: (fd: unknown) => void;
    ftruncateSync: (fd: unknown, length?: unknown) => void;
    futimesSync: (fd: unknown, atime: unknown, mtime: unknown) => void;
    lchownSync: (path: unknown, uid: number, gid: number) => void;
    linkSync: (from: unknown, to: unknown) => void;
    lstatSync: (path: unknown, options?: unknown) => import("fs").BigIntStats | import("fs").Stats | undefined;
    lutimesSync: (path: unknown, atime: unknown, mtime: unknown) => void;
    mkdirSync: (path: unknown, options?: unknown) => string | undefined;
    mkdtempSync: (prefix: unknown, options?: unknown) => string | Buffer;
    /** The mode would be a new file's: there are none. */
    openSync: (path: unknown, flags?: unknown, mode?: unknown) => number;
    opendirSync: (path: unknown) => Dir;
    readFileSync: (path: unknown, options?: unknown) => string | Buffer;
    readSync: (fd: unknown, buffer: unknown, ...rest: readonly unknown[]) => number;
    readdirSync: (path: unknown, options?: unknown) => (string | Buffer<ArrayBufferLike> | Dirent<string> | Dirent<Buffer<ArrayBufferLike>>)[];
    /** There are no links. */
    readlinkSync: (path: unknown) => never;
    realpathSync: ((path: unknown) => string) & {
        native: (path: unknown) => string;
    };
    renameSync: (from: unknown, to: unknown) => void;
    rmdirSync: (path: unknown) => void;
    statSync: (path: unknown, options?: unknown) => import("fs").BigIntStats | import("fs").Stats | undefined;
    statfsSync: (path: unknown, options?: unknown) => {
        [k: string]: bigint;
    } | {
        type: number;
        bsize: number;
        blocks: number;
        bfree: number;
        bavail: number;
        files: number;
        ffree: number;
    };
    symlinkSync: (target: unknown, path: unknown) => void;
    truncateSync: (path: unknown, length?: unknown) => void;
    unlinkSync: (path: unknown) => void;
    utimesSync: (path: unknown, atime: unknown, mtime: unknown) => void;
    writeFileSync: (path: unknown, data: unknown, options?: unknown) => void;
    /** (fd, string, position, encoding), or (fd, buffer, offset, length, position). */
    writeSync: (fd: unknown, data: unknown, ...rest: readonly unknown[]) => number;
};
