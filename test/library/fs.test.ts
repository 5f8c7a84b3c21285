import type nodeFs from 'node:fs';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { bootMachine, type CgroupFs } from '../../src/library/index.ts';

const AT = '/sys/fs/cgroup/memory';
const machine = bootMachine({ at: AT, boot: null, cpus: 1 });
const { fs } = machine;
machine.runSync('mkdir web');
const fresh = machine.save();
beforeEach(() => machine.load(fresh));

const LIMIT = `${AT}/web/memory.limit_in_bytes`;
const LOW = `${AT}/web/memory.low_wmark_in_bytes`;
const UNSET = '9223372036854775807\n';
const codeOf = (call: () => unknown): string => {
  try {
    call();
    return 'none';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? `${error}`;
  }
};

test('it is what software that takes node:fs as an argument takes', () => {
  const whole: Pick<
    typeof nodeFs,
    'readFileSync' | 'writeFileSync' | 'statSync' | 'readdirSync' | 'readFile'
  > = fs;
  expect(whole.readFileSync(LIMIT, 'utf8')).toBe(UNSET);
});

describe('a control file', () => {
  test('is read as bytes or as text, by path, URL, bytes of a path, and number', async () => {
    expect(fs.readFileSync(LIMIT)).toEqual(Buffer.from(UNSET));
    expect(fs.readFileSync(Buffer.from(LIMIT), 'latin1')).toBe(UNSET);
    expect(fs.readFileSync(pathToFileURL(LIMIT), { encoding: 'utf8' })).toBe(UNSET);
    expect(await fs.promises.readFile(LIMIT, 'utf8')).toBe(UNSET);
    expect(await promisify(fs.readFile)(LIMIT, 'utf8')).toBe(UNSET);
    const fd = fs.openSync(LIMIT, 'r');
    expect(fs.readFileSync(fd, 'utf8')).toBe(UNSET);
    fs.closeSync(fd);
  });

  test.each(['w', 'a', 'r+', 'w+', 'a+', 0o1, 0o1101])('takes what is written with the flag %s', (flag) => {
    fs.writeFileSync(LOW, '8M', { flag: flag as string });
    expect(fs.readFileSync(LOW, 'utf8')).toBe(`${8 * 1024 ** 2}\n`);
  });

  test('answers the faults that were set, as often as a file is read from its beginning or written', async () => {
    machine.runSync('fault web/limit_in_bytes EBUSY --times 3 --after 1');
    expect(fs.readFileSync(LIMIT, 'utf8')).toBe(UNSET);
    expect(codeOf(() => fs.readFileSync(LIMIT))).toBe('EBUSY');
    expect(codeOf(() => fs.writeFileSync(LIMIT, '64M'))).toBe('EBUSY');
    await expect(fs.promises.readFile(LIMIT)).rejects.toMatchObject({ code: 'EBUSY', syscall: 'read' });
    expect(fs.readFileSync(LIMIT, 'utf8')).toBe(UNSET);
    machine.runSync('fault web/limit_in_bytes EIO');
    const fd = fs.openSync(LIMIT, 'r');
    expect(codeOf(() => fs.readSync(fd, Buffer.alloc(4)))).toBe('EIO');
    expect(fs.readFileSync(fd, 'utf8')).toBe(UNSET);
    fs.closeSync(fd);
  });

  test('has the size 0, is of mode 0644 and on another device than what is around it', () => {
    const stat = fs.statSync(LIMIT);
    expect([stat.size, stat.mode, stat.isFile(), stat.isDirectory()]).toEqual([0, 0o100644, true, false]);
    expect(stat.dev).toBe(fs.statSync(AT).dev);
    expect(stat.dev).not.toBe(fs.statSync('/sys/fs/cgroup').dev);
    expect(fs.statSync(LIMIT, { bigint: true }).mode).toBe(0o100644n);
  });

  test('each write(2) stands alone, and writeFile of nothing writes nothing, as in Node', () => {
    fs.writeFileSync(LOW, '8M');
    const fd = fs.openSync(LOW, 'w');
    expect(fs.writeSync(fd, '4')).toBe(1);
    expect(fs.readFileSync(LOW, 'utf8')).toBe('4096\n');
    fs.writeFileSync(fd, '');
    expect(fs.readFileSync(LOW, 'utf8')).toBe('4096\n');
    expect(fs.writeSync(fd, Buffer.from('x12Mx'), 1, 3)).toBe(3);
    expect(fs.readFileSync(LOW, 'utf8')).toBe(`${12 * 1024 ** 2}\n`);
    // write(2) of no bytes is a write of the number 0.
    expect(fs.writeSync(fd, Buffer.alloc(0))).toBe(0);
    expect(fs.readFileSync(LOW, 'utf8')).toBe('0\n');
    fs.closeSync(fd);
  });

  test('is read piece by piece, at an offset, and into the middle of a buffer', () => {
    const fd = fs.openSync(LIMIT, 'r');
    const buffer = Buffer.alloc(6, '.');
    expect(fs.readSync(fd, buffer, 1, 3, null)).toBe(3);
    expect(buffer.toString()).toBe('.922..');
    expect(fs.readSync(fd, buffer, { offset: 0, length: 2, position: 18 })).toBe(2);
    expect(buffer.toString()).toBe('7\n22..');
    expect(fs.readSync(fd, buffer)).toBe(6);
    expect(buffer.toString()).toBe('337203');
    fs.closeSync(fd);
    expect(codeOf(() => fs.readSync(fd, buffer))).toBe('EBADF');
  });

  test('is there for a handle until that is closed, and a handle closes itself', async () => {
    const handle = await fs.promises.open(LOW, 'r+');
    expect(await handle.write('8M')).toEqual({ bytesWritten: 2, buffer: '8M' });
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(16), position: 0 });
    expect(buffer.subarray(0, bytesRead).toString()).toBe(`${8 * 1024 ** 2}\n`);
    expect((await handle.stat()).isFile()).toBe(true);
    await handle[Symbol.asyncDispose]();
    expect(handle.fd).toBe(-1);
  });

  test('flows through Node’s streams, and line by line', async () => {
    expect(await text(fs.createReadStream(LIMIT))).toBe(UNSET);
    expect(await text(fs.createReadStream(LIMIT, { start: 1, end: 3 }))).toBe('223');
    await pipeline(['8M'], fs.createWriteStream(LOW));
    expect(fs.readFileSync(LOW, 'utf8')).toBe(`${8 * 1024 ** 2}\n`);
    await expect(pipeline(['x'], fs.createWriteStream(LOW))).rejects.toMatchObject({ code: 'EINVAL' });
    await expect(text(fs.createReadStream(`${AT}/none`))).rejects.toMatchObject({ code: 'ENOENT' });

    const handle = await fs.promises.open(`${AT}/web/memory.stat`);
    const lines: string[] = [];
    for await (const line of handle.readLines()) lines.push(line);
    expect(lines[0]).toBe('cache 0');
    expect(handle.fd).toBe(-1);
    const kept = await fs.promises.open(LIMIT);
    expect(await text(kept.createReadStream({ autoClose: false }))).toBe(UNSET);
    await kept.close();
    const written = await fs.promises.open(LOW, 'w');
    await pipeline(['4M'], written.createWriteStream());
    expect([written.fd, fs.readFileSync(LOW, 'utf8')]).toEqual([-1, `${4 * 1024 ** 2}\n`]);
  });

  test('is called for each part of a readv or writev, up to the first that is refused', async () => {
    const parts = [Buffer.alloc(3), new Uint8Array(0), Buffer.alloc(50), Buffer.alloc(9)];
    const handle = await fs.promises.open(LIMIT, 'r');
    expect(await handle.readv(parts)).toEqual({ bytesRead: UNSET.length, buffers: parts });
    expect(parts.map((part) => Buffer.from(part).toString().replaceAll('\0', ''))).toEqual([
      ...['922', '', UNSET.slice(3), ''],
    ]);
    expect(fs.readvSync(handle.fd, [parts[0]], 1)).toBe(3);
    expect(parts[0].toString()).toBe('223');
    await handle.close();

    const fd = fs.openSync(LOW, 'w');
    expect(fs.writevSync(fd, [Buffer.from('4M'), Buffer.from('8M')])).toBe(4);
    expect(fs.readFileSync(LOW, 'utf8')).toBe(`${8 * 1024 ** 2}\n`);
    expect(fs.writevSync(fd, [Buffer.from('12M'), Buffer.from('x'), Buffer.from('4M')])).toBe(3);
    expect(fs.readFileSync(LOW, 'utf8')).toBe(`${12 * 1024 ** 2}\n`);
    expect(codeOf(() => fs.writevSync(fd, [Buffer.from('x'), Buffer.from('4M')]))).toBe('EINVAL');
    expect(fs.writevSync(fd, [Buffer.alloc(0)])).toBe(0);
    const told = await new Promise((resolve) =>
      fs.writev(fd, [Buffer.from('4M')], (...answer) => resolve(answer)),
    );
    expect(told).toEqual([null, 2, [Buffer.from('4M')]]);
    fs.closeSync(fd);
  });

  test('is copied as libuv copies: its size is 0, so it stays what it was', () => {
    fs.writeFileSync(LOW, '8M');
    fs.copyFileSync(LIMIT, LOW);
    expect(fs.readFileSync(LOW, 'utf8')).toBe(`${8 * 1024 ** 2}\n`);
    expect(codeOf(() => fs.copyFileSync(LIMIT, LOW, fs.constants.COPYFILE_EXCL))).toBe('EEXIST');
    expect(codeOf(() => fs.copyFileSync(LIMIT, `${AT}/web/new`))).toBe('EACCES');
  });

  test('is there or not, says exists', async () => {
    expect(await new Promise((resolve) => fs.exists(LIMIT, resolve))).toBe(true);
    expect(await new Promise((resolve) => fs.exists(`${AT}/none`, resolve))).toBe(false);
  });

  test.each([
    ['memory.high_wmark_in_bytes', 'x', 'EINVAL: invalid argument, write', /digits/],
    ['memory.usage_in_bytes', '1', 'EINVAL: invalid argument, write', /read only/],
    ['tasks', 'x', 'EIO: i/o error, write', /one pid/],
    ['tasks', '77', 'ESRCH: no such process, write', /pid 77/],
    ['tasks', '9'.repeat(4096), 'E2BIG: argument list too long, write', /4095/],
  ])('%s refuses %.10s with the kernel’s errno in Node’s words, and says why', (name, text, message, why) => {
    const error = (() => {
      try {
        return fs.writeFileSync(`${AT}/web/${name}`, text);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ message, syscall: 'write', cause: expect.stringMatching(why) });
    expect(error).not.toHaveProperty('path');
  });
});

describe('what the kernel answers otherwise than other file systems', () => {
  test.each<[string, (here: CgroupFs) => unknown, string]>([
    ['a group that holds groups is busy, not "not empty"', (here) => here.rmdirSync(AT), 'EBUSY'],
    ['nobody makes files', (here) => here.writeFileSync(`${AT}/web/new`, 'x'), 'EACCES'],
    ['nobody removes files', (here) => here.unlinkSync(LIMIT), 'EPERM'],
    ['nor by rm', (here) => here.rmSync(LIMIT, { force: true }), 'EPERM'],
    ['rm -r of a group that holds groups', (here) => here.rmSync(AT, { recursive: true }), 'EBUSY'],
    ['nobody makes links', (here) => here.symlinkSync('x', `${AT}/web/new`), 'EPERM'],
    ['a group stays in its parent', (here) => here.renameSync(`${AT}/web`, `${AT}/a/web`), 'EIO'],
    ['no group takes the place of another', (here) => here.renameSync(`${AT}/web`, `${AT}/a`), 'EEXIST'],
    ['files are on no disk', (here) => here.fsyncSync(here.openSync(LIMIT, 'r')), 'EINVAL'],
    [
      'what can not be read is refused when it is',
      (here) => here.readFileSync(`${AT}/memory.force_empty`),
      'EINVAL',
    ],
  ])('%s', (_what, call, code) => {
    fs.mkdirSync(`${AT}/a`);
    expect(codeOf(() => call(fs))).toBe(code);
  });
});

describe('groups', () => {
  test('are made with all above them, listed by name, renamed and removed', async () => {
    expect(fs.mkdirSync(`${AT}/a/b/c`, { recursive: true })).toBe(`${AT}/a`);
    expect(await fs.promises.mkdir(`${AT}/a/b/c`, { recursive: true })).toBeUndefined();
    expect(fs.readdirSync(AT).slice(0, 2)).toEqual(['a', 'memory.failcnt']);
    const groups = fs
      .readdirSync(AT, { recursive: true, withFileTypes: true })
      .filter((each) => each.isDirectory());
    expect(groups.map(({ name, parentPath }) => `${parentPath}/${name}`)).toEqual(
      ['a', 'web', 'a/b', 'a/b/c'].map((name) => `${AT}/${name}`),
    );
    fs.renameSync(`${AT}/a/b`, `${AT}/a/d`);
    expect(fs.existsSync(`${AT}/a/d/c/tasks`)).toBe(true);
    for (const name of ['a/d/c', 'a/d', 'a']) await fs.promises.rmdir(`${AT}/${name}`);
    expect(fs.existsSync(`${AT}/a`)).toBe(false);
  });

  test('are removed with the files that are in them, and made under names of their own', async () => {
    const made = fs.mkdtempSync(`${AT}/web/run-`);
    expect(made).toMatch(/\/web\/run-[\w-]{6}$/);
    expect(await fs.promises.mkdtemp(`${AT}/web/run-`)).not.toBe(made);
    for (const name of fs.readdirSync(`${AT}/web`).filter((each) => each.startsWith('run-')))
      await fs.promises.rm(`${AT}/web/${name}`, { recursive: true });
    expect(fs.existsSync(made)).toBe(false);
    fs.rmSync(made, { force: true });
  });

  test('are listed in the kernel’s order, newest first, by who reads the directory itself', async () => {
    fs.mkdirSync(`${AT}/a`);
    fs.mkdirSync(`${AT}/z`);
    const names: string[] = [];
    for await (const entry of await fs.promises.opendir(AT)) names.push(entry.name);
    expect(names.slice(0, 4)).toEqual(['z', 'a', 'web', 'memory.stat']);
  });

  test('have names of bytes', () => {
    const name = Buffer.concat([Buffer.from(`${AT}/`), Buffer.from([0xff, 0x0a])]);
    fs.mkdirSync(name);
    expect(fs.readdirSync(AT, 'buffer').at(-1)).toEqual(Buffer.from([0xff, 0x0a]));
    expect(fs.readdirSync(AT).at(-1)).toBe('\ufffd\n');
    fs.rmdirSync(name);
  });
});

describe('the mount point', () => {
  test('is where the way to it leads, and nothing else is there', () => {
    expect(fs.readdirSync('/sys/fs')).toEqual(['cgroup']);
    expect(fs.existsSync('/sys/../sys/./fs/cgroup/memory/web/../web/tasks')).toBe(true);
    expect(fs.realpathSync(`${AT}/../memory/web`)).toBe(`${AT}/web`);
    expect(fs.readdirSync(`${AT}/..`)).toEqual(['memory']);
    expect(codeOf(() => fs.readFileSync('/etc/passwd'))).toBe('ENOENT');
    expect(codeOf(() => fs.readFileSync('/sys/fs/cgroup/memoryx/tasks'))).toBe('ENOENT');
    expect(codeOf(() => fs.mkdirSync('/sys/fs/cgroup'))).toBe('EEXIST');
    expect(codeOf(() => fs.mkdirSync('/sys/fs/cgroup/cpu'))).toBe('EACCES');
    expect(codeOf(() => fs.mkdirSync('/tmp/x', { recursive: true }))).toBe('EACCES');
    expect(codeOf(() => fs.renameSync(`${AT}/web`, '/sys/fs/web'))).toBe('ENOENT');
  });

  test('is where relative paths go out from, and / unless it is said', () => {
    expect(fs.existsSync('web/tasks')).toBe(true);
    expect(bootMachine().fs.existsSync('/default/tasks')).toBe(true);
    expect(bootMachine().fs.existsSync('../../default/tasks')).toBe(true);
    expect(() => bootMachine({ at: 'sys' })).toThrow(RangeError);
    expect(() => bootMachine({ at: '/sys/../x' })).toThrow("'/sys/../x': a mount point is an absolute path");
  });
});

describe('somebody else', () => {
  test('may do what the modes say', () => {
    const own = machine.fsOf({ uid: 1000, gid: 1000 });
    expect(own.readFileSync(LIMIT, 'utf8')).toBe(UNSET);
    expect(codeOf(() => own.writeFileSync(LIMIT, '64M'))).toBe('EACCES');
    expect(codeOf(() => own.accessSync(LIMIT, 2))).toBe('EACCES');
    expect(codeOf(() => own.mkdirSync(`${AT}/mine`))).toBe('EACCES');
    fs.chownSync(`${AT}/web`, 1000, -1);
    own.mkdirSync(`${AT}/web/mine`, 0o700);
    expect(fs.statSync(`${AT}/web/mine`)).toMatchObject({ uid: 1000, gid: 1000, mode: 0o40700 });
  });

  test('is who 0 stands for in tasks', () => {
    machine.runSync('spawn worker /');
    const pid = machine.tasks().find(({ name }) => name === 'worker')?.pid;
    machine.fsOf({ task: 'worker' }).writeFileSync(`${AT}/web/tasks`, '0');
    expect(fs.readFileSync(`${AT}/web/tasks`, 'utf8')).toBe(`${pid}\n`);
    expect(() => machine.fsOf({ task: 'nobody' })).toThrow('there is no task nobody');
  });

  test('is a process of the host, once it was let in', () => {
    expect(codeOf(() => fs.writeFileSync(`${AT}/web/tasks`, `${process.pid}`))).toBe('ESRCH');
    machine.runSync`adopt ${process.pid} /`;
    fs.writeFileSync(`${AT}/web/tasks`, `${process.pid}`);
    expect(fs.readFileSync(`${AT}/web/tasks`, 'utf8')).toBe(`${process.pid}\n`);
    machine.runSync`exit ${process.pid}`;
    fs.rmdirSync(`${AT}/web`);
  });
});

test('calls that take virtual time have taken it when they are over', async () => {
  machine.runSync('spawn reader web\nrun reader stream data 64M\nkill reader');
  const before = machine.now;
  await fs.promises.writeFile(`${AT}/web/memory.force_empty`, '1');
  expect(fs.readFileSync(`${AT}/web/memory.usage_in_bytes`, 'utf8')).toBe('0\n');
  expect(machine.now).toBeGreaterThan(before);
  fs.writeFileSync(LOW, '8M');
  fs.writeFileSync(`${AT}/web/memory.high_wmark_in_bytes`, '64M');
  fs.rmdirSync(`${AT}/web`);
  expect(machine.tasks().some(({ name, killed }) => name === 'memcontd' && !killed)).toBe(false);
});

test('numbers of open files are none of the process’s own', () => {
  expect(fs.openSync(LIMIT, 'r')).toBeGreaterThan(100_000);
  expect(codeOf(() => fs.writeSync(1, 'x'))).toBe('EBADF');
});
