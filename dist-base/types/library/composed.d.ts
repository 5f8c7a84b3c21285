import type { Calls } from './calls.ts';
/** What is one call of node:fs and several of the kernel's. */
export declare function composed(calls: Calls): {
    /**
     * As libuv copies: so many bytes as the file has by its size. A control file's size is 0, so it copies nothing
     * but the mode, and a file that is not there can't be made.
     */
    copyFileSync: (from: unknown, to: unknown, mode?: unknown) => void;
    readvSync: (fd: unknown, buffers: unknown, position?: unknown) => number;
    /**
     * As Node goes about it: with `recursive`, the directory before what is in it. So a group goes whose files nobody
     * can remove, and one that holds groups is busy.
     */
    rmSync: (path: unknown, options?: unknown) => void;
    writevSync: (fd: unknown, buffers: unknown, position?: unknown) => number;
};
