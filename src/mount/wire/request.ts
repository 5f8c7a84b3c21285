import { decodeText } from '../../kernel/text.ts';
import { IN_HEADER, Opcode, POLL_SCHEDULE_NOTIFY, READ_LOCKOWNER } from './protocol.ts';

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
  /** `caches`: the page cache wants the text, for somebody who splices or maps the file. */
  | Each<'read', Range & { readonly caches: boolean }>
  | Each<'readdir', Range>
  /** `data` is valid until the next request is read. */
  | Each<'write', { readonly handle: number; readonly data: Uint8Array }>
  | Each<'release' | 'releasedir' | 'fsync' | 'fsyncdir', { readonly handle: number }>
  | Each<'interrupt', { readonly unique: number }>
  /** `wakeUp`: by which number its caller is to be woken; null: he does not wait. */
  | Each<'poll', { readonly handle: number; readonly wakeUp: number | null }>
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
  const known = BODIES[opcode];
  if (known === undefined) return { header, body: { op: 'unknown', opcode } };
  const [least, read] = known;
  return { header, body: bytes.length < IN_HEADER + least ? null : read(bytes, header.node) };
}

type Reader = (bytes: Buffer, node: number) => Body | null;
const AT = IN_HEADER;

const empty =
  (op: 'getattr' | 'statfs' | 'destroy' | 'symlink' | 'link' | 'create'): Reader =>
  () => ({ op });
const named =
  (op: 'lookup' | 'unlink' | 'rmdir'): Reader =>
  (bytes) => {
    const name = textAt(bytes, AT);
    return name === null ? null : { op, name: name.text };
  };
const flagged =
  (op: 'open' | 'opendir'): Reader =>
  (bytes) => ({ op, flags: bytes.readUInt32LE(AT) });
const rangeOf = (bytes: Buffer): Range => ({
  handle: uint64(bytes, AT),
  offset: uint64(bytes, AT + 8),
  size: bytes.readUInt32LE(AT + 16),
});
const ofHandle =
  (op: 'release' | 'releasedir' | 'fsync' | 'fsyncdir'): Reader =>
  (bytes) => ({ op, handle: uint64(bytes, AT) });

/** By opcode: the bytes that a body has at least, without its names, and how it is read. */
const BODIES: Readonly<Record<number, readonly [least: number, read: Reader]>> = {
  [Opcode.LOOKUP]: [0, named('lookup')],
  [Opcode.FORGET]: [8, (bytes, node) => ({ op: 'forget', nodes: [{ node, lookups: uint64(bytes, AT) }] })],
  [Opcode.GETATTR]: [0, empty('getattr')],
  [Opcode.SETATTR]: [88, setattrOf],
  [Opcode.SYMLINK]: [0, empty('symlink')],
  [Opcode.MKNOD]: [16, (bytes) => ({ op: 'mknod', mode: bytes.readUInt32LE(AT) })],
  [Opcode.MKDIR]: [8, mkdirOf],
  [Opcode.UNLINK]: [0, named('unlink')],
  [Opcode.RMDIR]: [0, named('rmdir')],
  [Opcode.RENAME]: [8, (bytes) => renameOf(bytes, AT + 8, 0)],
  [Opcode.LINK]: [0, empty('link')],
  [Opcode.OPEN]: [8, flagged('open')],
  [Opcode.READ]: [40, readOf],
  [Opcode.WRITE]: [40, writeOf],
  [Opcode.STATFS]: [0, empty('statfs')],
  [Opcode.RELEASE]: [24, ofHandle('release')],
  [Opcode.FSYNC]: [16, ofHandle('fsync')],
  [Opcode.INIT]: [16, initOf],
  [Opcode.OPENDIR]: [8, flagged('opendir')],
  [Opcode.READDIR]: [40, (bytes) => ({ op: 'readdir', ...rangeOf(bytes) })],
  [Opcode.RELEASEDIR]: [24, ofHandle('releasedir')],
  [Opcode.FSYNCDIR]: [16, ofHandle('fsyncdir')],
  [Opcode.CREATE]: [0, empty('create')],
  [Opcode.INTERRUPT]: [8, (bytes) => ({ op: 'interrupt', unique: uint64(bytes, AT) })],
  [Opcode.DESTROY]: [0, empty('destroy')],
  [Opcode.POLL]: [24, pollOf],
  [Opcode.BATCH_FORGET]: [8, forgetsOf],
  [Opcode.RENAME2]: [16, (bytes) => renameOf(bytes, AT + 16, bytes.readUInt32LE(AT + 8))],
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

function mkdirOf(bytes: Buffer): Body | null {
  const name = textAt(bytes, AT + 8);
  if (name === null) return null;
  const mode = bytes.readUInt32LE(AT);
  return { op: 'mkdir', mode, umask: bytes.readUInt32LE(AT + 4), name: name.text };
}

function initOf(bytes: Buffer): Body {
  const [major, minor, maxReadahead, flags] = [0, 4, 8, 12].map((at) => bytes.readUInt32LE(AT + at));
  return { op: 'init', major, minor, maxReadahead, flags };
}

function readOf(bytes: Buffer): Body {
  const caches = (bytes.readUInt32LE(AT + 20) & READ_LOCKOWNER) === 0;
  return { op: 'read', ...rangeOf(bytes), caches };
}

function pollOf(bytes: Buffer): Body {
  const waits = (bytes.readUInt32LE(AT + 16) & POLL_SCHEDULE_NOTIFY) !== 0;
  return { op: 'poll', handle: uint64(bytes, AT), wakeUp: waits ? uint64(bytes, AT + 8) : null };
}

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

function setattrOf(bytes: Buffer): Body {
  return {
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
  };
}

/** Numbers of a kernel stay far below 2^53; larger ones lose their last bits. */
const uint64 = (bytes: Buffer, at: number): number =>
  bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
const int64 = (bytes: Buffer, at: number): number =>
  bytes.readUInt32LE(at) + bytes.readInt32LE(at + 4) * 2 ** 32;
