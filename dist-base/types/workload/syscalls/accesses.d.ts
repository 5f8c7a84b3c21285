import type { SystemCall } from './strace-lines.ts';
/** What a program did to the cached pages of a file. Bytes; `file`: by the names that it was told with. */
export interface FileAccess {
    /** Microseconds since 1970; never goes backwards. */
    readonly time: number;
    /**
     * `truncate`: the file is `offset` long from now on, and nothing beyond is cached (also of one that is
     * removed); `drop`: what is clean there is to be forgotten (POSIX_FADV_DONTNEED); `map`: mmap(2), or a
     * program that is run.
     */
    readonly kind: 'read' | 'write' | 'truncate' | 'drop' | 'map';
    readonly file: number;
    readonly offset: number;
    readonly size: number;
}
/** What is asked of the machine that the calls are made on. */
export interface RealFiles {
    /** Bytes; 0 where there is no regular file. */
    sizeOf(path: string): number;
    /** Of a descriptor that the first task had from the start; null: not known. */
    inherited(fd: number): {
        readonly offset: number;
        readonly append: boolean;
    } | null;
}
/** Follows the descriptors and files of a tree of processes, and tells what they read and write. */
export declare class FileAccesses {
    #private;
    /** Things that it saw and can't follow, in words. */
    readonly notes: Set<string>;
    constructor(real: RealFiles, directory: string, tell: (access: FileAccess) => void);
    /** By number. */
    get names(): readonly string[];
    /** Tasks that were heard of and have not ended, by their pids. */
    get tasks(): ReadonlySet<number>;
    /** A call has begun that may make a task whose calls are told before this one's end. */
    cloneBegun(pid: number): void;
    exited(pid: number): void;
    /** It is so late, microseconds since 1970: what follows happens then. */
    at(time: number): void;
    open({ pid, result }: SystemCall, flags: string): void;
    /** `at`: the position that was given, bytes; null: the description's own, which goes on. */
    transfer(kind: 'read' | 'write', pid: number, descriptor: string, at: number | null, size: number): void;
    seek({ pid, args, result }: SystemCall): void;
    duplicate({ pid, args, result }: SystemCall, closeOnExec: boolean): void;
    control(call: SystemCall): void;
    close(pid: number, first: number, last?: number): void;
    truncateOpen({ pid, args }: SystemCall): void;
    truncatePath({ pid, args }: SystemCall): void;
    advise({ pid, args }: SystemCall): void;
    /** `size`: bytes; null: the whole file. */
    map(path: string, offset: number, size: number | null): void;
    remove(pid: number, directory: string | null, path: string): void;
    rename(pid: number, from: readonly [string | null, string], to: readonly [string | null, string]): void;
    clone({ pid, result }: SystemCall, flags: string): void;
    execute({ pid }: SystemCall, directory: string | null, program: string): void;
    changeDirectory(pid: number, path: string | null): void;
}
