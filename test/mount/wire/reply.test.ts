import { describe, expect, test } from 'vitest';
import * as reply from '../../../src/mount/wire/reply.ts';
import { u32, u64 } from '../requests.ts';

const bytes = (...pieces: readonly Uint8Array[]): string => Buffer.concat(pieces).toString('hex');
const head = (length: number, error = 0, unique = 5): Buffer => {
  const out = Buffer.concat([u32(length, 0), u64(unique)]);
  out.writeInt32LE(error, 4);
  return out;
};
const STAT = {
  ino: 33,
  mode: 0o40755,
  uid: 7,
  gid: 8,
  size: 0,
  atime: 1_000_000_002,
  mtime: 3,
  ctime: 4.5,
  nlink: 3,
  blocks: 0,
  blksize: 4096,
};
const ATTR = Buffer.concat([u64(33, 0, 0, 1, 0, 0), u32(2, 3, 4), u32(0o40755, 3, 7, 8, 0, 4096, 0)]);
const VALID = u64(2 ** 31);

describe('an answer has the bytes of include/uapi/linux/fuse.h', () => {
  test.each<[string, Buffer, string]>([
    ['nothing to say', reply.done(5), bytes(head(16))],
    ['an errno', reply.failed(5, 22), bytes(head(16, -22))],
    ['data', reply.data(5, Buffer.from('0\n')), bytes(head(18), Buffer.from('0\n'))],
    ['bytes written', reply.written(5, 4), bytes(head(24), u32(4, 0))],
    ['an open file', reply.opened(5, 9, 33), bytes(head(32), u64(9), u32(33, 0))],
    [
      'an entry: 128 bytes and the header',
      reply.entry(5, 65, STAT),
      bytes(head(144), u64(65, 0), VALID, VALID, u32(0, 0), ATTR),
    ],
    ['attributes: 104 bytes', reply.attr(5, STAT), bytes(head(120), VALID, u32(0, 0), ATTR)],
    [
      'INIT: 64 bytes, 256 pages of 4096 at once',
      reply.initialized(5, 131_072, 0x28),
      bytes(head(80), u32(7, 31, 131_072, 0x28, 0, 1 << 20, 1, 256), Buffer.alloc(32)),
    ],
    [
      'statfs: 80 bytes',
      reply.statfs(5),
      bytes(head(96), Buffer.alloc(40), u32(4096, 255, 4096), Buffer.alloc(28)),
    ],
    [
      'a notice about a name, which no request asked for',
      reply.invalidateEntry(33, 'web'),
      bytes(head(36, 3, 0), u64(33), u32(3, 0), Buffer.from('web\0')),
    ],
    [
      'a notice about an inode',
      reply.invalidateInode(33),
      bytes(head(40, 2, 0), u64(33), Buffer.alloc(8, 0xff), u64(0)),
    ],
  ])('%s', (_, answer, expected) => {
    expect(answer.toString('hex')).toBe(expected);
  });
});

describe('the entries of a directory', () => {
  const all = [
    { name: '.', ino: 1, directory: true },
    { name: 'abcdefgh', ino: 33, directory: true },
    { name: 'tasks', ino: 2, directory: false },
  ];

  test('are padded to 8 bytes, and each says where the next begins', () => {
    expect(reply.entries(5, all, 0, 4096).toString('hex')).toBe(
      bytes(
        head(16 + 3 * 32),
        u64(1, 1),
        u32(1, 4),
        Buffer.from('.\0\0\0\0\0\0\0'),
        u64(33, 2),
        u32(8, 4),
        Buffer.from('abcdefgh'),
        u64(2, 3),
        u32(5, 8),
        Buffer.from('tasks\0\0\0'),
      ),
    );
  });

  test('come in as many pieces as it takes', () => {
    const lengths = [0, 1, 2, 3].map((from) => reply.entries(5, all, from, 40).length - 16);
    expect(lengths).toEqual([32, 32, 32, 0]);
  });
});
