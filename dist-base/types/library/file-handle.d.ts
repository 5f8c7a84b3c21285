import type { ReadStream, WriteStream } from 'node:fs';
import { type Interface } from 'node:readline';
import { type Callbacks } from './streams.ts';
import type { SyncFs } from './sync.ts';
/** fs.promises' FileHandle: an open file that knows how to be closed. */
export declare class FileHandle {
    #private;
    constructor(fs: SyncFs, callbacks: Callbacks, fd: number);
    /** -1 when it is closed. */
    get fd(): number;
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
    /** (buffer, offset, length, position), (buffer, options), or ({ buffer, offset, length, position }). */
    read(first?: unknown, ...rest: readonly unknown[]): Promise<{
        bytesRead: number;
        buffer: unknown;
    }>;
    /** (string, position, encoding), (buffer, offset, length, position), or (buffer, options). */
    write(data: unknown, ...rest: readonly unknown[]): Promise<{
        bytesWritten: number;
        buffer: unknown;
    }>;
    readFile(options?: unknown): Promise<string | Buffer>;
    writeFile(data: unknown, options?: unknown): Promise<void>;
    appendFile(data: unknown, options?: unknown): Promise<void>;
    readv(buffers: unknown, position?: unknown): Promise<{
        readonly bytesRead: number;
        readonly buffers: unknown;
    }>;
    writev(buffers: unknown, position?: unknown): Promise<{
        readonly bytesWritten: number;
        readonly buffers: unknown;
    }>;
    /** It closes the file at its end, unless it is told not to. */
    createReadStream(options?: unknown): ReadStream;
    createWriteStream(options?: unknown): WriteStream;
    readLines(options?: unknown): Interface;
    stat(options?: unknown): Promise<import("fs").BigIntStats | import("fs").Stats>;
    chmod(mode: unknown): Promise<void>;
    chown(uid: number, gid: number): Promise<void>;
    utimes(atime: unknown, mtime: unknown): Promise<void>;
    truncate(length?: unknown): Promise<void>;
    sync(): Promise<void>;
    datasync(): Promise<void>;
}
