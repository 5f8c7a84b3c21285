import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Opcode } from '../../../src/mount/wire/protocol.ts';
import { Folder, openIn, run } from '../../session/sessions.ts';
import { Kernel } from '../kernel.ts';
import { name, u32, u64 } from '../requests.ts';

const OK = 0;
const [EPERM, ENOENT, ESRCH, EINTR, EIO, EBADF, EACCES] = [1, 2, 3, 4, 5, 9, 13];
const [EBUSY, EEXIST, ENODEV, ENOTDIR, EINVAL, ENAMETOOLONG, ENOSYS, ESTALE] = [
  16, 17, 19, 20, 22, 36, 38, 116,
];
const LIMIT = 'default/memory.limit_in_bytes';
const WRITE_ONLY = 1;
const DIRECT_IO_AND_NOFLUSH = 33;
const O_DIRECT = 0o40000;
const O_TRUNC = 0o1000;

const mkdir = (text: string, mode = 0o777) => Buffer.concat([u32(mode, 0o22), name(text)]);
const stat = async (kernel: Kernel, path: string) => {
  const found = await kernel.ask(Opcode.GETATTR, new Uint8Array(16), { node: await kernel.node(path) });
  const at = (offset: number): number => found?.data.readUInt32LE(16 + offset) ?? -1;
  return {
    mode: at(60).toString(8),
    nlink: at(64),
    uid: at(68),
    gid: at(72),
    ino: at(0),
    size: at(8),
    blksize: at(80),
  };
};

describe('control files', () => {
  test('are opened past the page cache, and each read is made anew', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    const opened = await kernel.ask(Opcode.OPEN, u32(2, 0), { node: await kernel.node(LIMIT) });
    expect(opened?.data.readUInt32LE(8)).toBe(DIRECT_IO_AND_NOFLUSH);
    const handle = await kernel.open(LIMIT);
    expect(await kernel.read(handle)).toBe('134217728\n');
    expect(await kernel.write(handle, '256M\n')).toBe(OK);
    expect([
      await kernel.read(handle),
      await kernel.read(handle, 6, 2),
      await kernel.read(handle, 10),
    ]).toEqual(['268435456\n', '45', '']);
  });

  test.each<[string, string, string | Uint8Array, number]>([
    ['a size beyond the rules', 'default/memory.high_wmark_in_bytes', '256M', EINVAL],
    ['a size behind a megabyte less a page of blanks', LIMIT, `256M${' '.repeat((1 << 20) - 4096)}`, OK],
    ['a file that only tells', 'default/memory.usage_in_bytes', '1', EINVAL],
    ['no pid', 'default/tasks', 'x', EIO],
    ['a pid that nobody has', 'default/tasks', '4194304', ESRCH],
    ['the writer, who is no task of the machine', 'default/tasks', '0', ESRCH],
    ['force_empty', 'default/memory.force_empty', '1', OK],
  ])('a write of %s', async (_, path, text, errno) => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    expect(await kernel.write(await kernel.open(path, WRITE_ONLY), text)).toBe(errno);
  });

  test('answer the faults that were set: a text that is read in pieces is one read', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    await run(kernel.session, 'fault limit_in_bytes EBUSY --after 1 --times 2');
    const handle = await kernel.open(LIMIT);
    expect(await kernel.read(handle, 0, 5)).toBe('13421');
    expect([await kernel.read(handle, 5), await kernel.read(handle, 10)]).toEqual(['7728\n', '']);
    expect(await kernel.read(handle)).toBe(`errno ${EBUSY}`);
    expect(await kernel.write(handle, '256M')).toBe(EBUSY);
    expect([await kernel.write(handle, '256M'), await kernel.read(handle)]).toEqual([OK, '268435456\n']);
  });

  test("answer a write to tasks of a real process's pid with the fault that is due, and count it else", async () => {
    using folder = new Folder();
    const attached: number[] = [];
    const kernel = await Kernel.boot(folder.path, undefined, {
      attach: (pid) => {
        attached.push(pid);
        return Promise.resolve({ ok: true, value: undefined });
      },
    });
    await run(kernel.session, 'fault tasks EINTR --after 1 --on write');
    const handle = await kernel.open('default/tasks', WRITE_ONLY);
    const write = () => kernel.write(handle, '0', { pid: 77 });
    expect([await write(), await write(), await write()]).toEqual([OK, EINTR, OK]);
    expect(attached).toEqual([77, 77]);
  });

  test('a handle does only what it was opened for, and nothing after its end', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    const [reads, writes] = [await kernel.open(LIMIT, 0), await kernel.open(LIMIT, WRITE_ONLY)];
    expect([await kernel.write(reads, '1'), await kernel.read(writes)]).toEqual([EBADF, `errno ${EBADF}`]);
    await kernel.ask(Opcode.RELEASE, Buffer.concat([u64(reads), u32(0, 0), u64(0)]));
    expect(await kernel.read(reads)).toBe(`errno ${EBADF}`);
    expect(await kernel.errno(Opcode.OPEN, u32(O_DIRECT, 0), { node: await kernel.node(LIMIT) })).toBe(
      EINVAL,
    );
  });

  test('have a size that holds their text, so that nobody believes them empty; the page cache gets none', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    expect(await stat(kernel, LIMIT)).toMatchObject({ size: 4096, blksize: 4096 });
    const handle = await kernel.open(LIMIT, 0);
    const forNobody = Buffer.concat([u64(handle, 0), u32(4096, 0), u64(0), u32(0, 0)]);
    expect(await kernel.errno(Opcode.READ, forNobody)).toBe(EINVAL);
    for (let i = 0; i < 1000; i += 1) await run(kernel.session, `spawn t${i}`);
    expect(await stat(kernel, 'default/tasks')).toMatchObject({ size: 16_384, blksize: 16_384 });
  });

  test('that were truncated are looked up again before they are opened to be read', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    const node = await kernel.node(LIMIT);
    const open = (flags: number) => kernel.errno(Opcode.OPEN, u32(flags, 0), { node });
    const truncated = async (): Promise<number> => {
      await open(O_TRUNC | WRITE_ONLY);
      return open(0);
    };
    expect([await truncated(), await open(WRITE_ONLY)]).toEqual([ESTALE, OK]);
    await kernel.node(LIMIT);
    expect(await open(0)).toBe(OK);
    expect(await truncated()).toBe(ESTALE);
    const writer = await kernel.ask(Opcode.OPEN, u32(WRITE_ONLY, 0), { node });
    expect(await kernel.write(Number(writer?.data.readBigUInt64LE(0)), '128M', { node })).toBe(OK);
    expect(await open(0)).toBe(OK);
  });

  test('tasks shows who was in it when it was opened', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    const before = await kernel.open('default/tasks', 0);
    await run(kernel.session, 'spawn t');
    const after = await kernel.open('default/tasks', 0);
    expect([await kernel.read(before), await kernel.read(after)]).toEqual([
      '',
      expect.stringMatching(/^\d+\n$/),
    ]);
  });

  test('of a cgroup that was removed answer ENODEV, memory.stat alone still reads', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    const [limit, figures] = [await kernel.open(LIMIT), await kernel.open('default/memory.stat')];
    expect(await kernel.errno(Opcode.RMDIR, name('default'))).toBe(OK);
    expect([await kernel.read(limit), await kernel.write(limit, '1')]).toEqual([`errno ${ENODEV}`, ENODEV]);
    expect(await kernel.read(figures)).toMatch(/^cache 0\n/);
  });

  test('a pid is offered to who knows real processes, as the process of its thread', async () => {
    using folder = new Folder();
    const asked: unknown[] = [];
    const kernel = await Kernel.boot(folder.path, undefined, {
      attach: (pid, caller, cgroup) => {
        asked.push([pid, caller, cgroup]);
        return Promise.resolve({ ok: true, value: undefined });
      },
    });
    const handle = await kernel.open('default/tasks', WRITE_ONLY);
    expect(await kernel.write(handle, '0', { pid: process.pid })).toBe(OK);
    expect(asked).toEqual([[process.pid, { pid: process.pid, uid: 0, gid: 0 }, '/default']]);
  });
});

describe('directories', () => {
  test.each<[string, number, Uint8Array, number]>([
    ['mkdir', Opcode.MKDIR, mkdir('web'), OK],
    ['mkdir of what is there', Opcode.MKDIR, mkdir('default'), EEXIST],
    ['mkdir of a name of 255 bytes, any bytes', Opcode.MKDIR, mkdir('\xff\n'.repeat(127).concat('x')), OK],
    ['mkdir of a name of 256', Opcode.MKDIR, mkdir('x'.repeat(256)), ENAMETOOLONG],
    ['mkdir of a path', Opcode.MKDIR, mkdir('a/b'), EINVAL],
    ['rmdir of the default cgroup', Opcode.RMDIR, name('default'), OK],
    ['rmdir of nothing', Opcode.RMDIR, name('none'), ENOENT],
    ['rmdir of a file', Opcode.RMDIR, name('tasks'), ENOTDIR],
    ['unlink', Opcode.UNLINK, name('tasks'), EPERM],
    ['symlink', Opcode.SYMLINK, name('a', 'b'), EPERM],
    ['link', Opcode.LINK, Buffer.concat([u64(2), name('a')]), EPERM],
    ['create', Opcode.CREATE, Buffer.concat([u32(0, 0, 0, 0), name('f')]), EACCES],
    ['mknod of a file', Opcode.MKNOD, Buffer.concat([u32(0o100644, 0, 0, 0), name('f')]), EACCES],
    ['mknod of a fifo', Opcode.MKNOD, Buffer.concat([u32(0o010644, 0, 0, 0), name('f')]), EPERM],
    ['rename', Opcode.RENAME, Buffer.concat([u64(1), name('default', 'web')]), OK],
    ['rename of a file', Opcode.RENAME, Buffer.concat([u64(1), name('tasks', 'f')]), ENOTDIR],
    ['an exchange', Opcode.RENAME2, Buffer.concat([u64(1), u32(2, 0), name('default', 'b')]), EINVAL],
    ['fsync', Opcode.FSYNC, Buffer.concat([u64(1), u32(0, 0)]), EINVAL],
    ['fsyncdir', Opcode.FSYNCDIR, Buffer.concat([u64(1), u32(0, 0)]), OK],
    ['setxattr', 21, Buffer.concat([u32(0, 0), name('user.a')]), ENOSYS],
    ['what is malformed', Opcode.SETATTR, u32(1), EINVAL],
  ])('%s', async (_, opcode, body, errno) => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    expect(await kernel.errno(opcode, body)).toBe(errno);
  });

  test('rmdir of a cgroup with tasks is EBUSY, to another parent rename is EIO', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    await run(kernel.session, 'spawn t');
    await run(kernel.session, 'mkdir web');
    expect(await kernel.errno(Opcode.RMDIR, name('default'))).toBe(EBUSY);
    const target = await kernel.node('web');
    expect(await kernel.errno(Opcode.RENAME, Buffer.concat([u64(target), name('default', 'd')]))).toBe(EIO);
  });

  test('a node keeps its number over a rename, and what the kernel has forgotten is stale', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    const node = await kernel.node('default');
    await run(kernel.session, 'mv default web');
    expect(await kernel.node('web')).toBe(node);
    await kernel.ask(Opcode.FORGET, u64(1), { node });
    expect(await kernel.errno(Opcode.GETATTR, new Uint8Array(16), { node })).toBe(OK);
    await kernel.ask(Opcode.FORGET, u64(1), { node });
    expect(await kernel.errno(Opcode.GETATTR, new Uint8Array(16), { node })).toBe(ESTALE);
    expect(kernel.filesystem.table.size).toBe(0);
  });

  test('are the maker’s, whose ids are 0 in the machine when the mount is his', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path, { uid: 1000, gid: 100 });
    await kernel.ask(Opcode.MKDIR, mkdir('his', 0o777), { uid: 1000, gid: 100 });
    await kernel.ask(Opcode.MKDIR, mkdir('hers', 0o770), { uid: 2000, gid: 200 });
    expect([await stat(kernel, '/'), await stat(kernel, 'his'), await stat(kernel, 'hers')]).toMatchObject([
      { mode: '40755', nlink: 5, uid: 1000, gid: 100 },
      { mode: '40755', uid: 1000, gid: 100 },
      { mode: '40750', uid: 2000, gid: 200 },
    ]);
    expect(await stat(kernel, 'hers/tasks')).toMatchObject({ mode: '100644', uid: 2000, gid: 200 });
  });

  test('are listed as they were when the listing began', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    const opened = await kernel.ask(Opcode.OPENDIR, u32(0, 0));
    const handle = Number(opened?.data.readBigUInt64LE(0));
    const list = async (offset: number, size: number): Promise<string[]> => {
      const fields = Buffer.concat([u64(handle, offset), u32(size, 0), u64(0), u32(0, 0)]);
      const data = (await kernel.ask(Opcode.READDIR, fields))?.data ?? Buffer.alloc(0);
      const names: string[] = [];
      for (let at = 0; at < data.length; ) {
        const length = data.readUInt32LE(at + 16);
        names.push(data.toString('latin1', at + 24, at + 24 + length));
        at += 24 + Math.ceil(length / 8) * 8;
      }
      return names;
    };
    expect(await list(0, 64)).toEqual(['.', '..']);
    await run(kernel.session, 'rmdir default');
    expect(await list(2, 4096)).toEqual(['default', ...(await list(3, 4096))]);
    expect(await list(0, 4096)).not.toContain('default');
  });
});

describe('what comes through a mount', () => {
  test('is in the journal as lines of the language, and is there after a restore', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path, { uid: 1000, gid: 100 });
    await kernel.ask(Opcode.MKDIR, mkdir('web', 0o700), { uid: 1000, gid: 100 });
    await kernel.ask(Opcode.MKDIR, mkdir('hers', 0o777), { uid: 2000, gid: 200 });
    const node = await kernel.node('web');
    const attributes = Buffer.concat([
      u32(0b111, 0),
      u64(0, 0, 0, 0, 0, 0),
      u32(0, 0, 0, 0o711, 0, 3000, 300, 0),
    ]);
    await kernel.ask(Opcode.SETATTR, attributes, { node });
    await kernel.write(await kernel.open('web/memory.low_wmark_in_bytes', 1), '4M\n');
    await kernel.write(await kernel.open('web/memory.high_wmark_in_bytes', 1), '2M\n');
    await kernel.ask(Opcode.RENAME, Buffer.concat([u64(1), name('web', 'b')]));
    await kernel.ask(Opcode.RMDIR, name('hers'));
    const text = readFileSync(`${folder.path}/journal`, 'utf8');
    const lines = text.split('\n').map((line) => line.split(' ').slice(2).join(' '));
    expect(lines.slice(lines.indexOf('#booted') + 1)).toEqual(
      expect.arrayContaining([
        'mkdir -m 0700 /web',
        'mkdir --owner 2000:200 /hers',
        'chmod 0711 /web',
        'chown 3000:300 /web',
        'write /web/memory.low_wmark_in_bytes "4M\\n"',
        'fails EINVAL write /web/memory.high_wmark_in_bytes "2M\\n"',
        'mv /web /b',
        'rmdir /hers',
      ]),
    );
    const saved = kernel.session.live.machine.save();
    // As after kill -9: nothing is said to the session.
    kernel.session.live.close();
    const { session } = await openIn(folder.path);
    session.live.clock.setPaused(true, session.live.machine.now);
    const restored = session.live.machine.save();
    const times = { now: 0, idle: 0 };
    expect({ ...restored.state.fs.root.children[0].inode, ...times }).toEqual({
      ...saved.state.fs.root.children[0].inode,
      ...times,
    });
    expect(session.live.machine.cgroups()).toEqual(['/', '/default', '/b']);
    await session.close();
  });

  test('waits in virtual time while others go on, and is given up when its client is sent a signal', async () => {
    using folder = new Folder();
    const kernel = await Kernel.boot(folder.path);
    const { live } = kernel.session;
    live.clock.setPaused(false, live.machine.now);
    for (const line of ['spawn t', 'run t alloc 64M', 'kill t']) await run(kernel.session, line);
    const force = await kernel.open('default/memory.force_empty', WRITE_ONLY);
    const usage = await kernel.open('memory.usage_in_bytes');
    const removal = kernel.ask(Opcode.RMDIR, name('default'), { unique: 1001 });
    const queued = kernel.ask(Opcode.MKDIR, mkdir('web'), { unique: 1003 });
    const interrupt = kernel.ask(Opcode.INTERRUPT, u64(1003));
    expect(await kernel.read(usage)).toBe('0\n');
    expect([await interrupt, (await queued)?.errno, (await removal)?.errno]).toEqual([null, EINTR, OK]);
    expect(await kernel.write(force, '1')).toBe(ENODEV);
  });
});

test('another machine in the place of the one before: what is open answers ENODEV, no number is used again', async () => {
  using one = new Folder();
  using two = new Folder();
  const kernel = await Kernel.boot(one.path);
  const [handle, node] = [await kernel.open(LIMIT), await kernel.node('default')];
  const { session } = await openIn(two.path);
  expect(kernel.filesystem.changeTo(session.live)).toEqual(['default']);
  expect(await kernel.read(handle)).toBe(`errno ${ENODEV}`);
  expect(await kernel.errno(Opcode.GETATTR, new Uint8Array(16), { node })).toBe(ESTALE);
  expect(await kernel.node('default')).toBeGreaterThan(node);
  expect(await kernel.read(await kernel.open(LIMIT))).toBe('134217728\n');
});

test('whatever is asked is answered, and nothing breaks', async () => {
  using folder = new Folder();
  const kernel = await Kernel.boot(folder.path);
  const known = await kernel.node(LIMIT);
  const handles = [await kernel.open(LIMIT), await kernel.open('default/memory.stat')];
  const opcodes = fc.oneof(fc.constantFrom(...Object.values(Opcode)), fc.nat({ max: 64 }));
  const node = fc.oneof(fc.constantFrom(0, 1, 2, 33, known), fc.maxSafeNat());
  const words = fc.array(fc.oneof(fc.constantFrom(0, 1, 2, ...handles, 0x77, 0xffffffff), fc.nat()), {
    maxLength: 24,
  });
  const names = fc.constantFrom(
    '',
    'a\0',
    'a\0b\0',
    'default\0',
    '..\0',
    'a/b\0',
    'tasks\0',
    '\xff\0',
    'nothing',
  );
  await fc.assert(
    fc.asyncProperty(opcodes, node, words, names, async (opcode, at, numbers, text) => {
      const body = Buffer.concat([u32(...numbers.map((each) => each >>> 0)), Buffer.from(text, 'latin1')]);
      const answer = await kernel.ask(opcode, body, { node: at });
      expect(answer === null || (answer.errno >= 0 && answer.errno < 200)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
