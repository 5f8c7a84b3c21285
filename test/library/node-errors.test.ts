import nodeFs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { bootMachine } from '../../src/library/index.ts';
import type { CgroupFs } from '../../src/library/node-fs.ts';

/**
 * The same calls over a folder of the host by Node and over a machine by the library. Both hold
 * a directory with the files `tasks` and `notify_on_release` and the directories `a`, `a/b` and `c`.
 */

const real = nodeFs.mkdtempSync(join(nodeFs.realpathSync(tmpdir()), 'memcg-library-'));
afterAll(() => nodeFs.rmSync(real, { recursive: true }));
for (const name of ['tasks', 'notify_on_release']) nodeFs.writeFileSync(join(real, name), '');
const machine = bootMachine({ at: '/sys/fs/cgroup/memory', boot: null });
const emulated = '/sys/fs/cgroup/memory/group';
machine.fs.mkdirSync(emulated);
for (const [fs, root] of [
  [nodeFs, real],
  [machine.fs, emulated],
] as const) {
  for (const name of ['a', 'a/b', 'c']) fs.mkdirSync(join(root, name));
}

type Fs = Pick<typeof nodeFs, keyof CgroupFs & keyof typeof nodeFs>;
type Call = (fs: Fs, at: (name: string) => string) => unknown;

/** What a call came to: its value, or all that Node's errors say, without the folder's name. */
async function comesTo(call: Call, fs: Fs, root: string): Promise<unknown> {
  const plain = (text: unknown): unknown => (typeof text === 'string' ? text.replaceAll(root, 'ROOT') : text);
  try {
    return { value: plain(await call(fs, (name) => join(root, name))) };
  } catch (thrown) {
    if (!(thrown instanceof Error)) return { thrown };
    const { errno, code, syscall, path, dest } = thrown as NodeJS.ErrnoException & { dest?: string };
    // The words about an argument differ from one Node to the next.
    if (code?.startsWith('ERR_')) return { name: thrown.constructor.name, code };
    return {
      name: thrown.name,
      code,
      errno,
      syscall,
      path: plain(path),
      dest: plain(dest),
      message: plain(thrown.message),
    };
  }
}

const FILE = 'tasks';
const MISSING = 'none';
const buffer = Buffer.alloc(8);
const BAD_FD = 987_654;
const wrong = (value: unknown): string => value as string;

/** `fs.readFileSync(...)` and, by the same name, what the promise and the callback come to. */
const threeWays = (
  name: string,
  given: (at: (name: string) => string) => readonly unknown[],
): [string, Call][] => {
  type Any = Record<string, (...all: readonly unknown[]) => unknown>;
  return [
    [`${name}Sync`, (fs, at) => (fs as unknown as Any)[`${name}Sync`](...given(at))],
    [`promises.${name}`, (fs, at) => (fs.promises as unknown as Any)[name](...given(at))],
    [
      `${name} with a callback`,
      (fs, at) => promisify((fs as unknown as Any)[name].bind(fs) as never)(...(given(at) as [])),
    ],
  ];
};

const CALLS: readonly [string, Call][] = [
  ...threeWays('readFile', (at) => [at(MISSING)]),
  ...threeWays('readFile', (at) => [at(MISSING), 'utf8']),
  ...threeWays('readFile', (at) => [at(MISSING), { flag: 'r+' }]),
  ...threeWays('readFile', (at) => [at('a')]),
  ...threeWays('readFile', (at) => [at('a'), { encoding: 'utf8' }]),
  ...threeWays('readFile', (at) => [at(`${FILE}/x`)]),
  ...threeWays('readFile', (at) => [at(`${FILE}/`)]),
  ...threeWays('readFile', () => ['']),
  ...threeWays('readFile', () => [undefined]),
  ...threeWays('readFile', (at) => [at(`${FILE}\0`)]),
  ...threeWays('readFile', (at) => [at(FILE), 'utf9']),
  ...threeWays('readFile', (at) => [at(FILE), { flag: 'q' }]),
  ...threeWays('writeFile', (at) => [at('a'), 'x']),
  ...threeWays('writeFile', (at) => [at('a'), Buffer.from('x')]),
  ...threeWays('writeFile', (at) => [at(`${FILE}/x`), 'x']),
  ...threeWays('writeFile', (at) => [at('none/x'), 'x']),
  ...threeWays('writeFile', (at) => [at(FILE), 'x', { flag: 'wx' }]),
  ...threeWays('writeFile', (at) => [at(FILE), 3]),
  ...threeWays('appendFile', (at) => [at('a'), 'x']),
  ...threeWays('appendFile', (at) => [at('none/x'), 'x']),
  ...threeWays('mkdir', (at) => [at('a')]),
  ...threeWays('mkdir', (at) => [at(FILE)]),
  ...threeWays('mkdir', (at) => [at(`${FILE}/x`)]),
  ...threeWays('mkdir', (at) => [at('none/x')]),
  ...threeWays('mkdir', (at) => [at('n'.repeat(256))]),
  ...threeWays('mkdir', (at) => [at('a/b'), { recursive: true }]),
  ...threeWays('mkdir', (at) => [at(FILE), { recursive: true }]),
  ...threeWays('mkdir', (at) => [at(`${FILE}/x/y`), { recursive: true }]),
  ...threeWays('mkdir', (at) => [at(`a/${'n'.repeat(256)}`), { recursive: true }]),
  ...threeWays('rmdir', (at) => [at(MISSING)]),
  ...threeWays('rmdir', (at) => [at(FILE)]),
  ...threeWays('rmdir', (at) => [at(`${FILE}/x`)]),
  ...threeWays('rmdir', (at) => [`${at('a')}/.`]),
  ...threeWays('readdir', (at) => [at(MISSING)]),
  ...threeWays('readdir', (at) => [at(FILE)]),
  ...threeWays('readdir', (at) => [at(MISSING), { withFileTypes: true }]),
  ...threeWays('readdir', (at) => [at(MISSING), { recursive: true }]),
  ...threeWays('stat', (at) => [at(MISSING)]),
  ...threeWays('stat', (at) => [at(`${FILE}/x`)]),
  ...threeWays('stat', (at) => [at(MISSING), { bigint: true }]),
  ...threeWays('lstat', (at) => [at(MISSING)]),
  ...threeWays('access', (at) => [at(MISSING)]),
  ...threeWays('access', (at) => [at(FILE)]),
  ...threeWays('access', (at) => [at(FILE), 7]),
  ...threeWays('access', (at) => [at('a'), 7]),
  ...threeWays('rename', (at) => [at(MISSING), at('x')]),
  ...threeWays('rename', (at) => [at('a'), at('a/b/x')]),
  ...threeWays('rename', (at) => [at('a'), at('none/x')]),
  ...threeWays('rename', (at) => [at('a'), at(`${FILE}/x`)]),
  ...threeWays('rename', (at) => [at('c'), at('c')]),
  ...threeWays('unlink', (at) => [at(MISSING)]),
  ...threeWays('unlink', (at) => [at('a')]),
  ...threeWays('link', (at) => [at(MISSING), at('x')]),
  ...threeWays('link', (at) => [at(FILE), at('notify_on_release')]),
  ...threeWays('symlink', (at) => ['x', at(FILE)]),
  ...threeWays('readlink', (at) => [at(FILE)]),
  ...threeWays('readlink', (at) => [at(MISSING)]),
  ...threeWays('truncate', (at) => [at(MISSING), 1]),
  ...threeWays('truncate', (at) => [at('a'), 1]),
  ...threeWays('truncate', (at) => [at(FILE), 0]),
  ...threeWays('chmod', (at) => [at(MISSING), 0o600]),
  ...threeWays('chmod', (at) => [at(FILE), '644']),
  ...threeWays('chown', (at) => [at(MISSING), 1, 1]),
  ...threeWays('lchown', (at) => [at(MISSING), 1, 1]),
  ...threeWays('utimes', (at) => [at(MISSING), 1, 1]),
  ...threeWays('utimes', (at) => [at(FILE), new Date(5000), '7']),
  ...threeWays('lutimes', (at) => [at(MISSING), 1, 1]),
  ...threeWays('statfs', (at) => [at(MISSING)]),
  ...threeWays('rm', (at) => [at(MISSING)]),
  ...threeWays('rm', (at) => [at(MISSING), { force: true, recursive: true }]),
  ...threeWays('rm', (at) => [at('a')]),
  ...threeWays('rm', (at) => [at(`${FILE}/x`)]),
  ...threeWays('copyFile', (at) => [at(MISSING), at(FILE)]),
  ...threeWays('copyFile', (at) => [at(FILE), at('none/x')]),
  ...threeWays('copyFile', (at) => [at(FILE), at('a')]),
  ...threeWays('copyFile', (at) => [at(FILE), at('notify_on_release')]),
  ...threeWays('copyFile', (at) => [at(FILE), at('notify_on_release'), 1]),
  ['promises.realpath of nothing', (fs, at) => fs.promises.realpath(at(MISSING))],
  ['realpathSync of nothing', (fs, at) => fs.realpathSync(at(MISSING))],
  ['realpathSync', (fs, at) => fs.realpathSync(at('a/../a/b/'))],
  ['promises.opendir of nothing', (fs, at) => fs.promises.opendir(at(MISSING))],
  ['existsSync of nothing', (fs, at) => fs.existsSync(at(MISSING))],
  ['existsSync', (fs, at) => fs.existsSync(at(FILE))],
  ['existsSync of no path', (fs) => fs.existsSync(wrong(undefined))],
  ['statSync of nothing, if need be', (fs, at) => fs.statSync(at(MISSING), { throwIfNoEntry: false })],
  ['statSync below a file, if need be', (fs, at) => fs.statSync(at(`${FILE}/x`), { throwIfNoEntry: false })],
  ['closeSync of no file', (fs) => fs.closeSync(BAD_FD)],
  ['closeSync of a negative one', (fs) => fs.closeSync(-1)],
  ['closeSync of a word', (fs) => fs.closeSync(wrong('x') as never)],
  ['readSync of no file', (fs) => fs.readSync(BAD_FD, buffer)],
  ['writeSync of no file', (fs) => fs.writeSync(BAD_FD, 'x')],
  ['fstatSync of no file', (fs) => fs.fstatSync(BAD_FD)],
  ['fsyncSync of no file', (fs) => fs.fsyncSync(BAD_FD)],
  ['fdatasyncSync of no file', (fs) => fs.fdatasyncSync(BAD_FD)],
  ['ftruncateSync of no file', (fs) => fs.ftruncateSync(BAD_FD)],
  ['fchmodSync of no file', (fs) => fs.fchmodSync(BAD_FD, 0o600)],
  ['fchownSync of no file', (fs) => fs.fchownSync(BAD_FD, 1, 1)],
  ['futimesSync of no file', (fs) => fs.futimesSync(BAD_FD, 1, 1)],
  ['mkdtempSync below nothing', (fs, at) => fs.mkdtempSync(at('none/x'))],
  ['mkdtempSync below a file', (fs, at) => fs.mkdtempSync(at(`${FILE}/x`))],
  ['readvSync of no file', (fs) => fs.readvSync(BAD_FD, [buffer])],
  ['writevSync of no file', (fs) => fs.writevSync(BAD_FD, [buffer])],
  ['writevSync of no list', (fs) => fs.writevSync(BAD_FD, wrong('x') as never)],
  ['writevSync of a list of something else', (fs) => fs.writevSync(BAD_FD, ['x'] as never)],
  ['readFileSync of no file', (fs) => fs.readFileSync(BAD_FD)],
  ['openSync, exclusively', (fs, at) => fs.openSync(at(FILE), 'ax')],
  ['openSync with flags of no kind', (fs, at) => fs.openSync(at(FILE), 'rw')],
  ['openSync of a directory for writing', (fs, at) => fs.openSync(at('a'), 'r+')],
  ['openSync of a file as a directory', (fs, at) => fs.openSync(at(FILE), nodeFs.constants.O_DIRECTORY)],
  ['a read through a file open for writing', withFile('a', (fs, fd) => fs.readSync(fd, buffer))],
  ['a write through a file open for reading', withFile('r', (fs, fd) => fs.writeSync(fd, 'x'))],
  [
    'a read of nothing through a file open for writing',
    withFile('a', (fs, fd) => fs.readSync(fd, buffer, 0, 0, null)),
  ],
  ['a read beyond the buffer', withFile('r', (fs, fd) => fs.readSync(fd, buffer, 0, 9, 0))],
  ['a write from beyond the buffer', withFile('r+', (fs, fd) => fs.writeSync(fd, buffer, 9))],
  ['a write of no text', withFile('r+', (fs, fd) => fs.writeSync(fd, wrong(undefined)))],
  ['a handle that is closed, read', afterClose((handle) => handle.read(buffer, 0, 1, null))],
  ['a handle that is closed, written', afterClose((handle) => handle.write('x'))],
  ['a handle that is closed, closed again', afterClose((handle) => handle.close())],
  ['the number of a handle that is closed', afterClose((handle) => handle.fd)],
  [
    'a handle open for reading, written',
    async (fs, at) => {
      const handle = await fs.promises.open(at(FILE));
      try {
        return await handle.write('x');
      } finally {
        await handle.close();
      }
    },
  ],
  [
    'names in the order of their bytes',
    (fs, at) =>
      fs
        .readdirSync(at('a'), { withFileTypes: true })
        .filter((each) => each.isDirectory())
        .map(({ name, parentPath }) => [name, parentPath.length > 0]),
  ],
];

function withFile(flags: string, use: (fs: Fs, fd: number) => unknown): Call {
  return (fs, at) => {
    const fd = fs.openSync(at(FILE), flags);
    try {
      return use(fs, fd);
    } finally {
      fs.closeSync(fd);
    }
  };
}

function afterClose(use: (handle: nodeFs.promises.FileHandle) => unknown): Call {
  return async (fs, at) => {
    const handle = await fs.promises.open(at(FILE), 'r+');
    await handle.close();
    return use(handle as nodeFs.promises.FileHandle);
  };
}

describe('what both file systems answer alike is told in the same words', () => {
  test.each(CALLS.map(([name, call], index) => [`${index + 1}. ${name}`, call] as const))(
    '%s',
    async (_name, call) => {
      const found = await comesTo(call, machine.fs as unknown as Fs, emulated);
      expect(found).toEqual(await comesTo(call, nodeFs, real));
    },
  );
});
