import nodeFs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import {
  bootMachine,
  type CgroupFileHandle,
  type CgroupFs,
  type CgroupFsPromises,
} from '../../src/library/index.ts';

/**
 * What Node's module has and a machine's does not, and why. The compiler holds these lists to the types: what
 * they leave out has to be here, and what is here they have to leave out.
 */
type LeftOut<Nodes, Ours> = Record<Exclude<keyof Nodes & string, keyof Ours>, string>;

const CLASSES = "a class of Node's: what is opened or looked at here has its methods";
const WATCH = 'control files of this kernel tell nobody that they change';
const TREE = 'a copy of a tree of groups ends at its first control file, which nobody can remove: EPERM';
const MAC = 'macOS alone has it, and it is deprecated';
const BLOB = 'a Blob is read by its size, and that is 0';

const FS: LeftOut<typeof nodeFs, CgroupFs> = {
  Dir: CLASSES,
  Dirent: CLASSES,
  ReadStream: CLASSES,
  Stats: CLASSES,
  StatsFs: CLASSES,
  WriteStream: CLASSES,
  cp: TREE,
  cpSync: TREE,
  lchmod: MAC,
  lchmodSync: MAC,
  openAsBlob: BLOB,
  unwatchFile: WATCH,
  watch: WATCH,
  watchFile: WATCH,
};
const PROMISES: LeftOut<typeof nodeFs.promises, CgroupFsPromises> = {
  cp: TREE,
  lchmod: MAC,
  watch: WATCH,
};
const HANDLE: LeftOut<Omit<FileHandle, keyof NodeJS.EventEmitter>, CgroupFileHandle> = {
  readableWebStream: 'Readable.toWeb makes one of createReadStream',
};

/** Of one release and not of another, or without types. */
const OLD = 'deprecated: fs.constants has it';
const INTERNAL = 'of no documentation';
const GLOB = 'it came with Node 22: readdir, recursive, finds groups';
const DISPOSABLE = 'it came with Node 24: mkdtemp makes a group, rmdir removes it';
const LATER: Readonly<Record<string, string>> = {
  F_OK: OLD,
  R_OK: OLD,
  W_OK: OLD,
  X_OK: OLD,
  FileReadStream: CLASSES,
  FileWriteStream: CLASSES,
  Utf8Stream: `it came with Node 24: ${CLASSES}`,
  _toUnixTimestamp: INTERNAL,
  getAsyncId: INTERNAL,
  glob: GLOB,
  globSync: GLOB,
  mkdtempDisposable: DISPOSABLE,
  mkdtempDisposableSync: DISPOSABLE,
  openAsBlobSync: BLOB,
};

const machine = bootMachine();
const handles = {
  node: await nodeFs.promises.open(import.meta.filename),
  ours: await machine.fs.promises.open('/default/tasks'),
};
afterAll(() => Promise.all([handles.node.close(), handles.ours.close()]));
const namesOf = (handle: object): string[] =>
  [handle, Object.getPrototypeOf(handle)]
    .flatMap((each) => Object.getOwnPropertyNames(each))
    .filter((name) => !name.startsWith('_'));

describe.each([
  ['fs', Object.keys(nodeFs), Object.keys(machine.fs), FS],
  ['fs.promises', Object.keys(nodeFs.promises), Object.keys(machine.fs.promises), PROMISES],
  ['FileHandle', namesOf(handles.node), namesOf(handles.ours), HANDLE],
])('%s', (_what, node, ours, leftOut) => {
  test(`has all that Node ${process.versions.node} has, but for what is left out and why`, () => {
    const reasons: Readonly<Record<string, string>> = { ...LATER, ...leftOut };
    const missing = node.filter((name) => !ours.includes(name));
    expect(missing.filter((name) => reasons[name] === undefined)).toEqual([]);
    expect(Object.keys(leftOut).filter((name) => ours.includes(name))).toEqual([]);
  });

  test('has nothing else', () => {
    expect(ours.filter((name) => !node.includes(name))).toEqual([]);
  });
});
