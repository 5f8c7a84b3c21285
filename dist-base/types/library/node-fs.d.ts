import type * as NodeFs from 'node:fs';
import type * as NodePromises from 'node:fs/promises';
import type { Calls } from './calls.ts';
import { constants } from './constants.ts';
import { type Streams } from './streams.ts';
import { type SyncFs } from './sync.ts';
/** A machine's files in the shape of node:fs: what is there has the types, the values and the errors of Node's. */
type SyncName = keyof SyncFs;
type PromiseName = Exclude<keyof typeof NodePromises & (typeof PROMISES)[number], 'open'>;
type CallbackName = keyof typeof NodeFs & (typeof CALLBACKS)[number];
type StreamName = keyof Streams;
/** Node's FileHandle, but for what is the process's own: its events, its async hooks, web streams. */
export type CgroupFileHandle = Pick<NodePromises.FileHandle, 'fd' | 'appendFile' | 'chmod' | 'chown' | 'close' | 'createReadStream' | 'createWriteStream' | 'datasync' | 'read' | 'readFile' | 'readLines' | 'readv' | 'stat' | 'sync' | 'truncate' | 'utimes' | 'write' | 'writeFile' | 'writev' | typeof Symbol.asyncDispose>;
/** `node:fs/promises` over a machine. */
export interface CgroupFsPromises extends Pick<typeof NodePromises, PromiseName> {
    open(...parameters: Parameters<typeof NodePromises.open>): Promise<CgroupFileHandle>;
    readonly constants: typeof constants;
}
/** `node:fs` over a machine: the synchronous calls, those with a callback, streams, and `promises`. */
export interface CgroupFs extends Pick<typeof NodeFs, SyncName | CallbackName | StreamName | 'exists'> {
    readonly promises: CgroupFsPromises;
    readonly constants: typeof constants;
}
declare const PROMISES: readonly ["access", "appendFile", "chmod", "chown", "copyFile", "lchown", "link", "lstat", "lutimes", "mkdir", "mkdtemp", "opendir", "readFile", "readdir", "readlink", "realpath", "rename", "rm", "rmdir", "stat", "statfs", "symlink", "truncate", "unlink", "utimes", "writeFile", "open"];
declare const CALLBACKS: readonly ["access", "appendFile", "chmod", "chown", "copyFile", "lchown", "link", "lstat", "lutimes", "mkdir", "mkdtemp", "opendir", "readFile", "readdir", "readlink", "realpath", "rename", "rm", "rmdir", "stat", "statfs", "symlink", "truncate", "unlink", "utimes", "writeFile", "close", "fchmod", "fchown", "fdatasync", "fstat", "fsync", "ftruncate", "futimes", "open", "read", "readv", "write", "writev"];
export declare function nodeFs(calls: Calls): CgroupFs;
export {};
