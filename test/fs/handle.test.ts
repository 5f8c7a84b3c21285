import { describe, expect, test } from 'vitest';
import { O_CREAT, O_DIRECTORY, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } from '../../src/fs/handle.ts';
import { encodeText } from '../../src/kernel/text.ts';
import { ns } from '../../src/kernel/units.ts';
import { Machine, type Result, type Vfs } from '../../src/machine/machine.ts';

const LOW = '/g/memory.low_wmark_in_bytes';
const STAT = '/g/memory.stat';

function machineWith(...paths: string[]): Machine {
  const machine = Machine.boot();
  for (const path of paths) machine.vfs().mkdir(path);
  return machine;
}

function value<T>(result: Result<T> | null): T {
  if (result === null) throw new Error('it takes time');
  if (!result.ok) throw new Error(result.errno);
  return result.value;
}

const errno = (result: Result<unknown> | null): string =>
  result === null ? 'later' : result.ok ? 'ok' : result.errno;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const readAll = (vfs: Vfs, fd: number): string => text(value(vfs.read(fd, 4096)));

describe('an open file', () => {
  test('cuts what it reads anew at its offset', () => {
    const vfs = machineWith('/g').vfs();
    const fd = value(vfs.open(LOW, O_RDWR));
    value(vfs.write(fd, encodeText('48M')));
    expect(text(value(vfs.read(fd, 3)))).toBe('503');
    value(vfs.write(fd, encodeText('1G')));
    expect(readAll(vfs, fd)).toBe('3741824\n');
  });

  test('of tasks lists who was there when it was opened', () => {
    const machine = machineWith('/g');
    const vfs = machine.vfs();
    const fd = value(vfs.open('/g/tasks'));
    machine.perform({ op: 'spawn', task: 'late', cgroup: '/g' });
    expect(readAll(vfs, fd)).toBe('');
    expect(value(machine.read('/g/tasks'))).not.toBe('');
  });

  test('of memory.stat keeps the text of its first read until it seeks, and takes no pread', () => {
    const machine = machineWith('/g');
    const vfs = machine.vfs();
    const fd = value(vfs.open(STAT));
    expect(text(value(vfs.read(fd, 6)))).toBe('cache ');
    machine.perform({ op: 'spawn', task: 'a', cgroup: '/g' });
    machine.perform({ op: 'run', task: 'a', behaviour: { kind: 'alloc', pages: 3 as never } });
    machine.run(null);
    expect(readAll(vfs, fd)).toContain('rss 0\n');
    value(vfs.lseek(fd, 0, 'set'));
    expect(readAll(vfs, fd)).toContain('rss 12288\n');
    expect(errno(vfs.pread(fd, 1, 0))).toBe('ESPIPE');
  });

  test('is saved, loaded and forked with its offset', () => {
    const machine = machineWith('/g');
    const fd = value(machine.vfs().open(LOW));
    value(machine.vfs().read(fd, 4));
    const fork = machine.fork();
    value(machine.vfs().close(fd));
    expect(readAll(fork.vfs(), fd)).toBe('372036854775807\n');
    expect(errno(machine.vfs().read(fd, 1))).toBe('EBADF');
  });

  test('has the lowest number that is free', () => {
    const vfs = machineWith('/g').vfs();
    const fds = [LOW, STAT, '/g'].map((path) => value(vfs.open(path)));
    expect(fds).toEqual([0, 1, 2]);
    value(vfs.close(1));
    expect(value(vfs.open(LOW))).toBe(1);
  });

  test('outlives its cgroup as an error, memory.stat as an empty one', () => {
    const machine = machineWith('/g');
    const vfs = machine.vfs();
    const low = value(vfs.open(LOW, O_RDWR));
    const stat = value(vfs.open(STAT, O_RDWR));
    expect(vfs.rmdir('/g')).toBeNull();
    machine.run(null);
    vfs.mkdir('/other');
    expect(errno(vfs.read(low, 10))).toBe('ENODEV');
    expect(errno(vfs.write(low, encodeText('1')))).toBe('ENODEV');
    expect(readAll(vfs, stat)).toContain('active 0\n');
    expect(errno(vfs.write(stat, encodeText('1')))).toBe('EINVAL');
    expect(value(vfs.stat(low)).nlink).toBe(0);
  });

  test('that takes time to write is answered when the machine has run', () => {
    const machine = machineWith('/g');
    const vfs = machine.vfs();
    const fd = value(vfs.open('/g/memory.force_empty', O_WRONLY));
    expect(vfs.write(fd, encodeText('1'))).toBeNull();
    expect(machine.run(null)).toMatchObject({ why: 'done', result: { ok: true } });
  });
});

describe('open(2)', () => {
  test.each([
    ['a directory for writing', '/g', O_WRONLY, 'EISDIR'],
    ['a directory to be created', '/g', O_CREAT, 'EISDIR'],
    ['a file as a directory', LOW, O_DIRECTORY, 'ENOTDIR'],
    ['a file with a slash', `${LOW}/`, O_RDONLY, 'ENOTDIR'],
    ['nothing', '', O_RDONLY, 'ENOENT'],
    ['a path that is too long', `/${'a/'.repeat(2048)}`, O_RDONLY, 'ENAMETOOLONG'],
    ['a name that is too long', `/${'a'.repeat(256)}`, O_RDONLY, 'ENAMETOOLONG'],
    ['a file through a file', `${LOW}/x`, O_RDONLY, 'ENOTDIR'],
    ['a file to be cut', LOW, O_RDONLY | O_TRUNC, 'ok'],
  ])('of %s answers as the kernel', (_what, path, flags, expected) => {
    expect(errno(machineWith('/g').vfs().open(path, flags))).toBe(expected);
  });
});

describe('metadata', () => {
  test("of a new directory is its maker's, less the umask; of its files 0644 of the same owner", () => {
    const machine = machineWith('/g');
    value(machine.vfs().chmod('/g', 0o777));
    const user = machine.vfs({ uid: 7, gid: 8, umask: 0o077 });
    value(user.mkdir('/g/own'));
    expect(value(user.stat('/g/own'))).toMatchObject({ mode: 0o040700, uid: 7, gid: 8, nlink: 2, size: 0 });
    expect(value(user.stat('/g/own/tasks'))).toMatchObject({ mode: 0o100644, uid: 7, gid: 8, nlink: 1 });
    expect(value(user.stat('/g')).nlink).toBe(3);
  });

  test('counts virtual time, and a write leaves it alone', () => {
    const machine = machineWith('/g');
    machine.perform({ op: 'sleep', until: ns(5e9) });
    machine.run(null);
    const vfs = machine.vfs();
    value(vfs.write(value(vfs.open(LOW, O_WRONLY)), encodeText('1M')));
    expect(value(vfs.stat(LOW))).toMatchObject({ atime: 0, mtime: 0, ctime: 0 });
    value(vfs.utimes(LOW, 1, 2));
    expect(value(vfs.stat(LOW))).toMatchObject({ atime: 1, mtime: 2, ctime: 5e9 });
  });

  test('has a number of its own for each directory and file', () => {
    const vfs = machineWith('/g', '/g/h').vfs();
    const numbers = ['/', '/g', '/g/h'].flatMap((path) =>
      value(vfs.readdir(path))
        .slice(2)
        .map(({ ino }) => ino),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('lets nobody but the owner and uid 0 change it', () => {
    const machine = machineWith('/g');
    const user = machine.vfs({ uid: 7, gid: 8 });
    expect(errno(user.chmod(LOW, 0o666))).toBe('EPERM');
    expect(errno(user.chown(LOW, 7, null))).toBe('EPERM');
    expect(errno(user.utimes(LOW, 0, 0))).toBe('EPERM');
    value(machine.vfs().chown(LOW, 7, 8));
    expect(errno(user.chmod(LOW, 0o600))).toBe('ok');
    expect(errno(user.chown(LOW, 9, null))).toBe('EPERM');
  });

  test.each([
    ['the owner', { uid: 7, gid: 1 }, 0o400, 'ok'],
    ['the owner, whom the group may more than', { uid: 7, gid: 8 }, 0o040, 'EACCES'],
    ['the group', { uid: 9, gid: 8 }, 0o040, 'ok'],
    ['one of several groups', { uid: 9, gid: 1, groups: [8] }, 0o040, 'ok'],
    ['others', { uid: 9, gid: 9 }, 0o004, 'ok'],
    ['others when only the group may', { uid: 9, gid: 9 }, 0o440, 'EACCES'],
    ['uid 0, always', {}, 0, 'ok'],
  ])('decides by %s', (_who, caller, mode, expected) => {
    const machine = machineWith('/g');
    value(machine.vfs().chown(LOW, 7, 8));
    value(machine.vfs().chmod(LOW, mode));
    expect(errno(machine.vfs(caller).open(LOW))).toBe(expected);
  });

  test('a directory that may not be searched hides what is in it', () => {
    const machine = machineWith('/g');
    value(machine.vfs().chmod('/g', 0o744));
    const user = machine.vfs({ uid: 7 });
    expect(errno(user.open(LOW))).toBe('EACCES');
    expect(errno(user.readdir('/g'))).toBe('ok');
  });
});

describe('rename(2)', () => {
  test.each([
    ['a file', '/a/tasks', '/a/other', 'ENOTDIR'],
    ['a file onto a directory', '/tasks', '/a', 'EISDIR'],
    ['a directory into itself', '/a', '/a/c/d', 'EINVAL'],
    ['a directory onto one that holds it', '/a/c', '/a', 'ENOTEMPTY'],
    ['a directory onto itself', '/a', '/a', 'ok'],
    ['the root', '/', '/x', 'EBUSY'],
    ['a directory by its dot', '/a/.', '/x', 'EBUSY'],
  ])('of %s answers as the kernel', (_what, from, to, expected) => {
    expect(errno(machineWith('/a', '/a/c').vfs().rename(from, to))).toBe(expected);
  });
});
