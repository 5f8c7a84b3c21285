import type * as NodeFs from 'node:fs';
import type * as NodePromises from 'node:fs/promises';
import type { Calls } from './calls.ts';
import { constants } from './constants.ts';
import { wrongType } from './errors.ts';
import { FileHandle } from './file-handle.ts';
import { type SyncFs, syncFs } from './sync.ts';

/** A machine's files in the shape of node:fs: what is there has the types, the values and the errors of Node's. */

type SyncName = keyof SyncFs;
type PromiseName = Exclude<keyof typeof NodePromises & (typeof PROMISES)[number], 'open'>;
type CallbackName = keyof typeof NodeFs & (typeof CALLBACKS)[number];

/** Node's FileHandle without its streams. */
export type CgroupFileHandle = Pick<
  NodePromises.FileHandle,
  | 'fd'
  | 'appendFile'
  | 'chmod'
  | 'chown'
  | 'close'
  | 'datasync'
  | 'read'
  | 'readFile'
  | 'stat'
  | 'sync'
  | 'truncate'
  | 'utimes'
  | 'write'
  | 'writeFile'
  | typeof Symbol.asyncDispose
>;

/** `node:fs/promises` over a machine. */
export interface CgroupFsPromises extends Pick<typeof NodePromises, PromiseName> {
  open(...parameters: Parameters<typeof NodePromises.open>): Promise<CgroupFileHandle>;
  readonly constants: typeof constants;
}

/** `node:fs` over a machine: the synchronous calls, those with a callback, and `promises`. */
export interface CgroupFs extends Pick<typeof NodeFs, SyncName | CallbackName> {
  readonly promises: CgroupFsPromises;
  readonly constants: typeof constants;
}

const PATH_CALLS = [
  'access',
  'appendFile',
  'chmod',
  'chown',
  'lchown',
  'link',
  'lstat',
  'lutimes',
  'mkdir',
  'opendir',
  'readFile',
  'readdir',
  'readlink',
  'realpath',
  'rename',
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
  'write',
] as const;

type Call = (...parameters: readonly unknown[]) => unknown;

export function nodeFs(calls: Calls): CgroupFs {
  const sync = syncFs(calls);
  const byName = sync as unknown as Readonly<Record<string, Call>>;
  const named = <T>(names: readonly string[], make: (call: Call, name: string) => T): Record<string, T> =>
    Object.fromEntries(names.map((name) => [name, make(byName[`${name}Sync`], name)]));
  const promises = {
    ...named(PATH_CALLS, promised),
    realpath: promised(sync.realpathSync.native),
    open: async (path: unknown, flags?: unknown, mode?: unknown) =>
      new FileHandle(sync, sync.openSync(path, flags, mode)),
    constants,
  };
  // Node says what comes back by overloads of what is asked for; a test holds these to it, call by call.
  return { ...sync, ...named(CALLBACKS, called), promises, constants } as unknown as CgroupFs;
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
      const buffer = name === 'read' || name === 'write' ? [given[1]] : [];
      answer = value === undefined ? [null] : [null, value, ...buffer];
    } catch (error) {
      answer = [error];
    }
    setImmediate(() => tell(...answer));
  };
