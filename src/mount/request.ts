import { decodeText } from '../kernel/text.ts';
import { IN_HEADER, Opcode } from './protocol.ts';

/** What the kernel asks, read from the bytes of one read of /dev/fuse. Pure. */

export interface Header {
  /** What the answer has to bear. */
  readonly unique: number;
  /** The inode that it is about. */
  readonly node: number;
  readonly uid: number;
  readonly gid: number;
  /** The thread that asks, in our pid namespace; 0: it is in none that we see. */
  readonly pid: number;
}

export interface Times {
  /** Seconds, and ns of the next. */
  readonly atime: number;
  readonly atimeNs: number;
  readonly mtime: number;
  readonly mtimeNs: number;
}

/** One member for each name of `O`. */
type Each<O extends string, T = unknown> = O extends string ? { readonly op: O } & T : never;

interface Name {
  readonly name: string;
}

/** A part of an open file or directory. */
interface Range {
  readonly handle: number;
  readonly offset: number;
  readonly size: number;
}

interface Hello {
  readonly major: number;
  readonly minor: number;
  readonly maxReadahead: number;
  readonly flags: number;
}

/** `valid`: which of these are meant (SetAttr). */
interface Attributes {
  readonly valid: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly times: Times;
}

interface Move {
  readonly newParent: number;
  readonly flags: number;
  readonly from: string;
  readonly to: string;
}

export type Body =
  | Each<'init', Hello>
  | Each<'lookup' | 'unlink' | 'rmdir', Name>
  /** The kernel holds on to inodes less often from now on; wants no answer. */
  | Each<'forget', { readonly nodes: readonly { readonly node: number; readonly lookups: number }[] }>
  | Each<'getattr' | 'statfs' | 'destroy' | 'symlink' | 'link' | 'create'>
  | Each<'setattr', Attributes>
  | Each<'mknod', { readonly mode: number }>
  | Each<'mkdir', Name & { readonly mode: number; readonly umask: number }>
  | Each<'rename', Move>
  | Each<'open' | 'opendir', { readonly flags: number }>
  | Each<'read' | 'readdir', Range>
  /** `data` is valid until the next request is read. */
  | Each<'write', { readonly handle: number; readonly data: Uint8Array }>
  | Each<'release' | 'releasedir' | 'fsync' | 'fsyncdir', { readonly handle: number }>
  | Each<'interrupt', { readonly unique: number }>
  /** Something that this protocol has and we don't. */
  | Each<'unknown', { readonly opcode: number }>;

export type Of<O extends Body['op']> = Extract<Body, { readonly op: O }>;

export interface Request {
  readonly header: Header;
  /** null: it is shorter than what its opcode needs, or a name has no end. */
  readonly body: Body | null;
}

/** `bytes` is one request, whole. null: not even a header, or not as long as it says; nobody can be answered. */
export function decodeRequest(bytes: Buffer): Request | null {
  if (bytes.length < IN_HEADER || bytes.readUInt32LE(0) !== bytes.length) return null;
  const header = {
    unique: uint64(bytes, 8),
    node: uint64(bytes, 16),
    uid: bytes.readUInt32LE(24),
    gid: bytes.readUInt32LE(28),
    pid: bytes.readUInt32LE(32),
  };
  const opcode = bytes.readUInt32LE(4);
  const least = SHORTEST[opcode] ?? 0;
  if (bytes.length < IN_HEADER + least) return { header, body: null };
  return { header, body: bodyOf(bytes, opcode, header.node) };
}

/** Bytes that an opcode's body has at least, without its names. */
const SHORTEST: Readonly<Record<number, number>> = {
  [Opcode.FORGET]: 8,
  [Opcode.SETATTR]: 88,
  [Opcode.MKNOD]: 16,
  [Opcode.MKDIR]: 8,
  [Opcode.RENAME]: 8,
  [Opcode.RENAME2]: 16,
  [Opcode.OPEN]: 8,
  [Opcode.OPENDIR]: 8,
  [Opcode.READ]: 40,
  [Opcode.READDIR]: 40,
  [Opcode.WRITE]: 40,
  [Opcode.RELEASE]: 24,
  [Opcode.RELEASEDIR]: 24,
  [Opcode.FSYNC]: 16,
  [Opcode.FSYNCDIR]: 16,
  [Opcode.INIT]: 16,
  [Opcode.INTERRUPT]: 8,
  [Opcode.BATCH_FORGET]: 8,
};

function bodyOf(bytes: Buffer, opcode: number, node: number): Body | null {
  const at = IN_HEADER;
  switch (opcode) {
    case Opcode.WRITE:
      return writeOf(bytes);
    case Opcode.READ:
      return { op: 'read', ...rangeOf(bytes) };
    case Opcode.READDIR:
      return { op: 'readdir', ...rangeOf(bytes) };
    case Opcode.OPEN:
      return { op: 'open', flags: bytes.readUInt32LE(at) };
    case Opcode.OPENDIR:
      return { op: 'opendir', flags: bytes.readUInt32LE(at) };
    case Opcode.RELEASE:
      return { op: 'release', handle: uint64(bytes, at) };
    case Opcode.RELEASEDIR:
      return { op: 'releasedir', handle: uint64(bytes, at) };
    case Opcode.LOOKUP:
      return named('lookup', bytes);
    case Opcode.GETATTR:
      return { op: 'getattr' };
    case Opcode.FORGET:
      return { op: 'forget', nodes: [{ node, lookups: uint64(bytes, at) }] };
    case Opcode.BATCH_FORGET:
      return forgetsOf(bytes);
    case Opcode.SETATTR:
      return setattrOf(bytes);
    case Opcode.MKDIR: {
      const name = textAt(bytes, at + 8);
      if (name === null) return null;
      const mode = bytes.readUInt32LE(at);
      return { op: 'mkdir', mode, umask: bytes.readUInt32LE(at + 4), name: name.text };
    }
    case Opcode.RMDIR:
      return named('rmdir', bytes);
    case Opcode.UNLINK:
      return named('unlink', bytes);
    case Opcode.RENAME:
      return renameOf(bytes, at + 8, 0);
    case Opcode.RENAME2:
      return renameOf(bytes, at + 16, bytes.readUInt32LE(at + 8));
    case Opcode.MKNOD:
      return { op: 'mknod', mode: bytes.readUInt32LE(at) };
    case Opcode.SYMLINK:
      return { op: 'symlink' };
    case Opcode.LINK:
      return { op: 'link' };
    case Opcode.CREATE:
      return { op: 'create' };
    case Opcode.STATFS:
      return { op: 'statfs' };
    case Opcode.FSYNC:
      return { op: 'fsync', handle: uint64(bytes, at) };
    case Opcode.FSYNCDIR:
      return { op: 'fsyncdir', handle: uint64(bytes, at) };
    case Opcode.INTERRUPT:
      return { op: 'interrupt', unique: uint64(bytes, at) };
    case Opcode.INIT:
      return {
        op: 'init',
        major: bytes.readUInt32LE(at),
        minor: bytes.readUInt32LE(at + 4),
        maxReadahead: bytes.readUInt32LE(at + 8),
        flags: bytes.readUInt32LE(at + 12),
      };
    case Opcode.DESTROY:
      return { op: 'destroy' };
    default:
      return { op: 'unknown', opcode };
  }
}

const named = (op: 'lookup' | 'unlink' | 'rmdir', bytes: Buffer): Body | null => {
  const name = textAt(bytes, IN_HEADER);
  return name === null ? null : { op, name: name.text };
};

/** A name up to its NUL, and where the next begins. */
function textAt(bytes: Buffer, at: number): { readonly text: string; readonly next: number } | null {
  const end = bytes.indexOf(0, at);
  if (end <= at) return null;
  return { text: decodeText(bytes.subarray(at, end)), next: end + 1 };
}

function renameOf(bytes: Buffer, names: number, flags: number): Body | null {
  const from = textAt(bytes, names);
  const to = from === null ? null : textAt(bytes, from.next);
  if (from === null || to === null) return null;
  return { op: 'rename', newParent: uint64(bytes, IN_HEADER), flags, from: from.text, to: to.text };
}

const rangeOf = (bytes: Buffer) => ({
  handle: uint64(bytes, IN_HEADER),
  offset: uint64(bytes, IN_HEADER + 8),
  size: bytes.readUInt32LE(IN_HEADER + 16),
});

function writeOf(bytes: Buffer): Body | null {
  const size = bytes.readUInt32LE(IN_HEADER + 16);
  const data = bytes.subarray(IN_HEADER + 40);
  return size === data.length ? { op: 'write', handle: uint64(bytes, IN_HEADER), data } : null;
}

function forgetsOf(bytes: Buffer): Body | null {
  const count = bytes.readUInt32LE(IN_HEADER);
  const first = IN_HEADER + 8;
  if (bytes.length < first + 16 * count) return null;
  const nodes = Array.from({ length: count }, (_, i) => ({
    node: uint64(bytes, first + 16 * i),
    lookups: uint64(bytes, first + 16 * i + 8),
  }));
  return { op: 'forget', nodes };
}

const setattrOf = (bytes: Buffer): Body => ({
  op: 'setattr',
  valid: bytes.readUInt32LE(IN_HEADER),
  mode: bytes.readUInt32LE(IN_HEADER + 68),
  uid: bytes.readUInt32LE(IN_HEADER + 76),
  gid: bytes.readUInt32LE(IN_HEADER + 80),
  times: {
    atime: int64(bytes, IN_HEADER + 32),
    atimeNs: bytes.readUInt32LE(IN_HEADER + 56),
    mtime: int64(bytes, IN_HEADER + 40),
    mtimeNs: bytes.readUInt32LE(IN_HEADER + 60),
  },
});

/** Numbers of a kernel stay far below 2^53; larger ones lose their last bits. */
const uint64 = (bytes: Buffer, at: number): number =>
  bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
const int64 = (bytes: Buffer, at: number): number =>
  bytes.readUInt32LE(at) + bytes.readInt32LE(at + 4) * 2 ** 32;
