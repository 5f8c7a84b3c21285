import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Opcode } from '../../../src/mount/wire/protocol.ts';
import { decodeRequest } from '../../../src/mount/wire/request.ts';
import { name, request, u32, u64 } from '../requests.ts';

const body = (bytes: Buffer) => decodeRequest(bytes)?.body;

describe('a request is read from the bytes of include/uapi/linux/fuse.h', () => {
  test('the header says who asks, and about what', () => {
    const head = { unique: 2 ** 33 + 2, node: 2 ** 40, uid: 1000, gid: 100, pid: 4321 };
    const bytes = request(Opcode.GETATTR, new Uint8Array(16), head);
    expect(decodeRequest(bytes)).toEqual({ header: head, body: { op: 'getattr' } });
  });

  const range = { handle: 7, offset: 4096, size: 65_536 };
  const rangeBytes = [u64(7, 4096), u32(65_536, 0), u64(0), u32(0, 0)];
  test.each<[string, number, Buffer[], object]>([
    ['LOOKUP', 1, [name('web')], { op: 'lookup', name: 'web' }],
    ['LOOKUP of bytes that are no UTF-8', 1, [name('\xff')], { op: 'lookup', name: '\udcff' }],
    ['FORGET', 2, [u64(3)], { op: 'forget', nodes: [{ node: 1, lookups: 3 }] }],
    ['MKNOD', 8, [u32(0o100644, 0, 0o22, 0), name('f')], { op: 'mknod', mode: 0o100644 }],
    ['MKDIR', 9, [u32(0o777, 0o22), name('d')], { op: 'mkdir', mode: 0o777, umask: 0o22, name: 'd' }],
    ['UNLINK', 10, [name('tasks')], { op: 'unlink', name: 'tasks' }],
    ['RMDIR', 11, [name('web')], { op: 'rmdir', name: 'web' }],
    ['RENAME', 12, [u64(9), name('a', 'b')], { op: 'rename', newParent: 9, flags: 0, from: 'a', to: 'b' }],
    ['OPEN', 14, [u32(0o1001, 0)], { op: 'open', flags: 0o1001 }],
    ['READ', 15, rangeBytes, { op: 'read', ...range, caches: true }],
    ['STATFS', 17, [], { op: 'statfs' }],
    ['RELEASE', 18, [u64(7), u32(0, 0), u64(0)], { op: 'release', handle: 7 }],
    ['FSYNC', 20, [u64(7), u32(0, 0)], { op: 'fsync', handle: 7 }],
    [
      'INIT',
      26,
      [u32(7, 45, 131_072, 0xff)],
      { op: 'init', major: 7, minor: 45, maxReadahead: 131_072, flags: 0xff },
    ],
    ['OPENDIR', 27, [u32(0, 0)], { op: 'opendir', flags: 0 }],
    ['READDIR', 28, rangeBytes, { op: 'readdir', ...range }],
    ['RELEASEDIR', 29, [u64(7), u32(0, 0), u64(0)], { op: 'releasedir', handle: 7 }],
    ['CREATE', 35, [u32(0, 0, 0, 0), name('f')], { op: 'create' }],
    ['INTERRUPT', 36, [u64(12)], { op: 'interrupt', unique: 12 }],
    ['DESTROY', 38, [], { op: 'destroy' }],
    ['POLL', 40, [u64(7, 9), u32(0, 0)], { op: 'poll', handle: 7, wakeUp: null }],
    ['POLL of who waits', 40, [u64(7, 9), u32(1, 0)], { op: 'poll', handle: 7, wakeUp: 9 }],
    [
      'BATCH_FORGET',
      42,
      [u32(2, 0), u64(5, 1, 6, 2)],
      {
        op: 'forget',
        nodes: [
          { node: 5, lookups: 1 },
          { node: 6, lookups: 2 },
        ],
      },
    ],
    [
      'RENAME2',
      45,
      [u64(9), u32(1, 0), name('a', 'b')],
      { op: 'rename', newParent: 9, flags: 1, from: 'a', to: 'b' },
    ],
    ['what we do not have', 39, [u64(0)], { op: 'unknown', opcode: 39 }],
  ])('%s', (_, opcode, pieces, expected) => {
    expect(body(request(opcode, Buffer.concat(pieces)))).toEqual(expected);
  });

  test('WRITE: the data begins at byte 80', () => {
    const data = Buffer.from('64M\n');
    const bytes = request(
      Opcode.WRITE,
      Buffer.concat([u64(7, 0), u32(data.length, 0), u64(0), u32(1, 0), data]),
    );
    expect(bytes.indexOf(data)).toBe(80);
    expect(body(bytes)).toEqual({ op: 'write', handle: 7, data });
  });

  test('SETATTR: each value where struct fuse_setattr_in has it', () => {
    const bytes = Buffer.concat([
      u32(0x33, 0),
      u64(0, 0, 0, 11, 12, 13),
      u32(21, 22, 23, 0o700, 0, 1000, 100, 0),
    ]);
    expect(bytes.length).toBe(88);
    expect(body(request(Opcode.SETATTR, bytes))).toEqual({
      op: 'setattr',
      valid: 0x33,
      mode: 0o700,
      uid: 1000,
      gid: 100,
      times: { atime: 11, atimeNs: 21, mtime: 12, mtimeNs: 22 },
    });
  });
});

describe('what is malformed', () => {
  test('is nobody’s request when it is not as long as it says', () => {
    const bytes = request(Opcode.STATFS);
    bytes.writeUInt32LE(41, 0);
    expect([decodeRequest(bytes), decodeRequest(bytes.subarray(0, 39))]).toEqual([null, null]);
  });

  test.each<[string, number, Buffer]>([
    ['a name without its end', Opcode.LOOKUP, Buffer.from('web')],
    ['an empty name', Opcode.RMDIR, Buffer.from('\0')],
    ['one name of two', Opcode.RENAME, Buffer.concat([u64(1), name('a')])],
    ['a body that is too short', Opcode.SETATTR, Buffer.alloc(87)],
    ['a write of more than there is', Opcode.WRITE, Buffer.concat([u64(1, 0), u32(9, 0), u64(0), u32(0, 0)])],
    ['a batch of more than there are', Opcode.BATCH_FORGET, u32(0xffffffff, 0)],
  ])('%s has a header and no body', (_, opcode, bytes) => {
    expect(decodeRequest(request(opcode, bytes))).toMatchObject({ header: { unique: 2 }, body: null });
  });

  test('never ends the decoder, whatever the bytes are', () => {
    const opcodes = fc.oneof(fc.constantFrom(...Object.values(Opcode)), fc.nat({ max: 64 }));
    fc.assert(
      fc.property(opcodes, fc.uint8Array({ maxLength: 200 }), (opcode, bytes) => {
        expect(decodeRequest(request(opcode, bytes))).not.toBeNull();
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodeRequest(Buffer.from(bytes));
      }),
    );
  });
});
