import { encodeText } from '../../kernel/text.ts';
import type { DirectoryEntry, Stat } from '../../machine/machine.ts';
import {
  MAJOR,
  MAX_PAGES,
  MAX_WRITE,
  MINOR,
  NAME_MAX,
  NOTIFY_INVAL_ENTRY,
  NOTIFY_INVAL_INODE,
  NOTIFY_POLL,
  OUT_HEADER,
} from './protocol.ts';

/** What the kernel is answered and told: the bytes of one write to /dev/fuse. Pure. */

/** The bytes for the kernel, now or later; null: it wants no answer. */
export type Answer = Buffer | null | Promise<Buffer>;

/** For how long the kernel may believe what it was told, s: it is told of what changes. */
export const VALID = 2 ** 31;

const ENTRY = 40;
const ATTR = 88;
const DIRENT = 24;
const S_IFDIR_TYPE = 4;
const S_IFREG_TYPE = 8;
const FORGETTABLE = 0;

/** The header with `size` bytes behind it, which are 0. */
function message(unique: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(OUT_HEADER + size);
  bytes.writeUInt32LE(bytes.length, 0);
  bytes.writeInt32LE(0, 4);
  uint64(bytes, unique, 8);
  bytes.fill(0, OUT_HEADER);
  return bytes;
}

/** Done, with nothing to say. */
export const done = (unique: number): Buffer => message(unique, 0);

/** `errno`: the positive number. */
export function failed(unique: number, errno: number): Buffer {
  const bytes = message(unique, 0);
  bytes.writeInt32LE(-errno, 4);
  return bytes;
}

export function data(unique: number, content: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(OUT_HEADER + content.length);
  bytes.writeUInt32LE(bytes.length, 0);
  bytes.writeInt32LE(0, 4);
  uint64(bytes, unique, 8);
  bytes.set(content, OUT_HEADER);
  return bytes;
}

export function written(unique: number, size: number): Buffer {
  const bytes = message(unique, 8);
  bytes.writeUInt32LE(size, OUT_HEADER);
  return bytes;
}

export function opened(unique: number, handle: number, flags: number): Buffer {
  const bytes = message(unique, 16);
  uint64(bytes, handle, OUT_HEADER);
  bytes.writeUInt32LE(flags, OUT_HEADER + 8);
  return bytes;
}

/** A name was found, or made: the kernel may hold on to `node`, and believe what is said of it for `valid` s. */
export function entry(unique: number, node: number, stat: Stat, valid: number = VALID): Buffer {
  const bytes = message(unique, ENTRY + ATTR);
  const at = OUT_HEADER;
  uint64(bytes, node, at);
  uint64(bytes, FORGETTABLE, at + 8);
  uint64(bytes, VALID, at + 16);
  uint64(bytes, valid, at + 24);
  attributes(bytes, stat, at + ENTRY);
  return bytes;
}

export function attr(unique: number, stat: Stat, valid: number = VALID): Buffer {
  const bytes = message(unique, 16 + ATTR);
  uint64(bytes, valid, OUT_HEADER);
  attributes(bytes, stat, OUT_HEADER + 16);
  return bytes;
}

function attributes(bytes: Buffer, stat: Stat, at: number): void {
  const { ino, size, blocks, atime, mtime, ctime, mode, nlink, uid, gid, blksize } = stat;
  uint64(bytes, ino, at);
  uint64(bytes, size, at + 8);
  uint64(bytes, blocks, at + 16);
  for (const [i, time] of [atime, mtime, ctime].entries()) {
    const whole = Math.floor(time);
    uint64(bytes, Math.floor(whole / 1e9), at + 24 + 8 * i);
    bytes.writeUInt32LE(whole % 1e9, at + 48 + 4 * i);
  }
  bytes.writeUInt32LE(mode, at + 60);
  bytes.writeUInt32LE(nlink, at + 64);
  bytes.writeUInt32LE(uid, at + 68);
  bytes.writeUInt32LE(gid, at + 72);
  bytes.writeUInt32LE(blksize, at + 80);
}

/** As many of a directory's entries as fit `size`, from number `from` on; each says the number of the next. */
export function entries(unique: number, all: readonly DirectoryEntry[], from: number, size: number): Buffer {
  const pieces: Buffer[] = [];
  let length = 0;
  for (let i = from; i < all.length; i += 1) {
    const piece = directoryEntry(all[i], i + 1);
    if (length + piece.length > size) break;
    pieces.push(piece);
    length += piece.length;
  }
  return data(unique, Buffer.concat(pieces, length));
}

function directoryEntry({ ino, name, directory }: DirectoryEntry, next: number): Buffer {
  const text = encodeText(name);
  const bytes = Buffer.alloc(DIRENT + Math.ceil(text.length / 8) * 8);
  uint64(bytes, ino, 0);
  uint64(bytes, next, 8);
  bytes.writeUInt32LE(text.length, 16);
  bytes.writeUInt32LE(directory ? S_IFDIR_TYPE : S_IFREG_TYPE, 20);
  bytes.set(text, DIRENT);
  return bytes;
}

/** The answer to INIT. */
export function initialized(unique: number, maxReadahead: number, flags: number): Buffer {
  const bytes = message(unique, 64);
  const at = OUT_HEADER;
  bytes.writeUInt32LE(MAJOR, at);
  bytes.writeUInt32LE(MINOR, at + 4);
  bytes.writeUInt32LE(maxReadahead, at + 8);
  bytes.writeUInt32LE(flags, at + 12);
  bytes.writeUInt32LE(MAX_WRITE, at + 20);
  // Times are told to the ns.
  bytes.writeUInt32LE(1, at + 24);
  bytes.writeUInt16LE(MAX_PAGES, at + 28);
  return bytes;
}

export function statfs(unique: number): Buffer {
  const bytes = message(unique, 80);
  // fs/libfs.c, simple_statfs(): nothing but the size of a block and of a name.
  bytes.writeUInt32LE(4096, OUT_HEADER + 40);
  bytes.writeUInt32LE(NAME_MAX, OUT_HEADER + 44);
  bytes.writeUInt32LE(4096, OUT_HEADER + 48);
  return bytes;
}

/** `events`: those of poll(2) that are there. */
export function polled(unique: number, events: number): Buffer {
  const bytes = message(unique, 8);
  bytes.writeUInt32LE(events, OUT_HEADER);
  return bytes;
}

/** Who waits by this number in poll(2) is to look again. */
export function wakeUp(poll: number): Buffer {
  const bytes = message(0, 8);
  bytes.writeInt32LE(NOTIFY_POLL, 4);
  uint64(bytes, poll, OUT_HEADER);
  return bytes;
}

/** Look this name up again. */
export function invalidateEntry(parent: number, name: string): Buffer {
  const text = encodeText(name);
  const bytes = message(0, 16 + text.length + 1);
  bytes.writeInt32LE(NOTIFY_INVAL_ENTRY, 4);
  uint64(bytes, parent, OUT_HEADER);
  bytes.writeUInt32LE(text.length, OUT_HEADER + 8);
  bytes.set(text, OUT_HEADER + 16);
  return bytes;
}

/** Ask for this inode's attributes again. */
export function invalidateInode(node: number): Buffer {
  const bytes = message(0, 24);
  bytes.writeInt32LE(NOTIFY_INVAL_INODE, 4);
  uint64(bytes, node, OUT_HEADER);
  // A negative offset: no pages, there are none.
  bytes.writeInt32LE(-1, OUT_HEADER + 8);
  bytes.writeInt32LE(-1, OUT_HEADER + 12);
  return bytes;
}

function uint64(bytes: Buffer, value: number, at: number): void {
  bytes.writeUInt32LE(value % 2 ** 32, at);
  bytes.writeUInt32LE(Math.floor(value / 2 ** 32) % 2 ** 32, at + 4);
}
