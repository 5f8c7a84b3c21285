import type * as NodeFs from 'node:fs';
import type * as NodePromises from 'node:fs/promises';
import type { Calls } from './calls.ts';
import { constants } from './constants.ts';
import { wrongType } from './errors.ts';
import { FileHandle } from './file-handle.ts';
import { type Streams, streamsOf } from './streams.ts';
import { type SyncFs, syncFs } from './sync.ts';

/** A machine's files in the shape of node:fs: what is there has the types, the values and the errors of Node's. */

type SyncName = keyof SyncFs;
type PromiseName = Exclude<keyof typeof NodePromises & (typeof PROMISES)[number], 'open'>;
type CallbackName = keyof typeof NodeFs & (typeof CALLBACKS)[number];
type StreamName = keyof Streams;

/** Node's FileHandle, but for what is the process's own: its events, its async hooks, web streams. */
export type CgroupFileHandle = Pick<
  NodePromises.FileHandle,
  | 'fd'
  | 'appendFile'
  | 'chmod'
  | 'chown'
  | 'close'
  | 'createReadStream'
  | 'createWriteStream'
  | 'datasync'
  | 'read'
  | 'readFile'
  | 'readLines'
  | 'readv'
  | 'stat'
  | 'sync'
  | 'truncate'
  | 'utimes'
  | 'write'
  | 'writeFile'
  | 'writev'
  | typeof Symbol.asyncDispose
>;

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

const PATH_CALLS = [
  'access',
  'appendFile',
  'chmod',
  'chown',
  'copyFile',
  'lchown',
  'link',
  'lstat',
  'lutimes',
  'mkdir',
  'mkdtemp',
  'opendir',
  'readFile',
  'readdir',
  'readlink',
  'realpath',
  'rename',
  'rm',
  'rmdir',
  'stat',
  'statfs',
  'symlink',
  'truncate',
  'unlink',
  'utimes',
  'writeFile',
] as const;
const PROMISES = [...PATH_CALLS, 'open'] as const;
const CALLBACKS = [
  ...PATH_CALLS,
  'close',
  'fchmod',
  'fchown',
  'fdatasync',
  'fstat',
  'fsync',
  'ftruncate',
  'futimes',
  'open',
  'read',
  'readv',
  'write',
  'writev',
] as const;

type Call = (...parameters: readonly unknown[]) => unknown;

export function nodeFs(calls: Calls): CgroupFs {
  const sync = syncFs(calls);
  /** It says nothing of errors. */
  const exists = (path: unknown, tell: (there: boolean) => void): void => {
    setImmediate(tell, sync.existsSync(path));
  };
  const byName = sync as unknown as Readonly<Record<string, Call>>;
  const named = <T>(names: readonly string[], make: (call: Call, name: string) => T): Record<string, T> =>
    Object.fromEntries(names.map((name) => [name, make(byName[`${name}Sync`], name)]));
  const callbacks = named(CALLBACKS, called);
  const promises = {
    ...named(PATH_CALLS, promised),
    realpath: promised(sync.realpathSync.native),
    open: async (path: unknown, flags?: unknown, mode?: unknown) =>
      new FileHandle(sync, callbacks, sync.openSync(path, flags, mode)),
    constants,
  };
  // Node says what comes back by overloads of what is asked for; a test holds these to it, call by call.
  return {
    ...sync,
    ...callbacks,
    ...streamsOf(callbacks),
    exists,
    promises,
    constants,
  } as unknown as CgroupFs;
}

/** What takes virtual time has taken it when the promise is made. */
const promised =
  (call: Call) =>
  async (...parameters: readonly unknown[]): Promise<unknown> =>
    call(...parameters.map((each) => (each instanceof FileHandle ? each.fd : each)));

/** The last argument is told how it went, later. */
const called =
  (call: Call, name: string) =>
  (...parameters: readonly unknown[]): void => {
    const tell = parameters.at(-1);
    if (typeof tell !== 'function') throw wrongType('cb', 'of type function', tell);
    const given = parameters.slice(0, -1);
    let answer: readonly unknown[];
    try {
      const value = call(...given);
      const buffer = /^(?:read|write)v?$/.test(name) ? [given[1]] : [];
      answer = value === undefined ? [null] : [null, value, ...buffer];
    } catch (error) {
      answer = [error];
    }
    setImmediate(() => tell(...answer));
  };
