import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Disk, DiskFile } from '../../../src/session/disk.ts';
import type { Wall } from '../../../src/session/wall.ts';
import { Chance } from './chance.ts';

/** What a power failure writes whole or not at all, bytes. */
const SECTOR = 512;

/** A file: what its readers see, and what is there after a power failure for certain. */
interface Content {
  bytes: Buffer;
  stays: Buffer;
  /** Ms since 1970. */
  changed: number;
}

/** What was done to names and is not on the disk yet. `content` null: the name is gone. */
interface NameChange {
  readonly gone: string | null;
  readonly name: string | null;
  readonly content: Content | null;
}

/** How a process, and with `power` the system, ends. */
export type Ending = 'kill' | 'power';

/**
 * A disk in memory that keeps what POSIX promises and no more: what was not synced is there after a
 * power failure by sectors, by lengths and by names, some of them and others not, in any order.
 */
export class SimDisk implements Disk {
  /** Bytes that can still be written; Infinity: as many as you like. */
  room = Infinity;
  /** How long a sync takes, ms. */
  slow = 0;
  /** So many syncs go on well before one fails; Infinity: none does. */
  soundSyncs = Infinity;
  /** Changes of the disk until the end that is wanted: the last one is done in part. */
  endsIn = Infinity;
  ending: Ending = 'kill';
  /** What an end leaves is decided by it. */
  chance = new Chance(0);
  /** What is left, once it has ended. */
  left: SimDisk | null = null;
  readonly #wall: () => Wall;
  readonly #names = new Map<string, Content>();
  readonly #stay = new Map<string, Content>();
  #changes: NameChange[] = [];

  constructor(wall: () => Wall) {
    this.#wall = wall;
  }

  /** All files, for who looks from outside. */
  get files(): ReadonlyMap<string, Buffer> {
    return new Map([...this.#names].map(([path, { bytes }]) => [path, bytes]));
  }

  /** The disk as the next process finds it: of one that was killed, what is not synced is still not. */
  end(ending: Ending): SimDisk {
    const next = new SimDisk(this.#wall);
    if (ending === 'power') {
      const names = new Map(this.#stay);
      for (const change of this.#changes) if (this.chance.either()) apply(names, change);
      const torn = copying(({ changed, ...content }) => {
        const bytes = leftOf(content, this.chance);
        return { bytes, stays: bytes, changed };
      });
      for (const [path, content] of names) next.#names.set(path, torn(content));
      for (const [path, content] of next.#names) next.#stay.set(path, content);
      return next;
    }
    const copied = copying((content) => ({ ...content }));
    for (const [path, content] of this.#names) next.#names.set(path, copied(content));
    for (const [path, content] of this.#stay) next.#stay.set(path, copied(content));
    next.#changes = this.#changes.map((change) => ({
      ...change,
      content: change.content && copied(change.content),
    }));
    return next;
  }

  /** A bit is another, at a share of the file's length. */
  flip(path: string, share: number, bit: number): boolean {
    const content = this.#names.get(path);
    if (content === undefined || content.bytes.length === 0) return false;
    const at = Math.floor(share * content.bytes.length);
    const flipped = (was: Buffer): Buffer => {
      const bytes = Buffer.from(was);
      if (at < bytes.length) bytes[at] ^= 1 << bit;
      return bytes;
    };
    const { bytes, stays } = content;
    content.bytes = flipped(bytes);
    content.stays = stays === bytes ? content.bytes : flipped(stays);
    return true;
  }

  open(path: string, how: 'append' | 'anew' | 'folder'): DiskFile {
    if (how === 'folder') return this.#folder();
    const there = this.#names.get(path);
    if (there === undefined) {
      return this.#file(this.#made(path));
    }
    if (how === 'anew') this.#change(() => this.#set(there, Buffer.alloc(0)));
    return this.#file(there);
  }

  make(path: string, text: string): boolean {
    if (this.#names.has(path)) return false;
    this.#write(this.#made(path), Buffer.from(text));
    return true;
  }

  makeFolder(): void {}

  #made(path: string): Content {
    const content = { bytes: NOTHING, stays: NOTHING, changed: this.#wall().date() };
    this.#rename({ gone: null, name: path, content });
    return content;
  }

  read(path: string): Buffer | null {
    return this.#names.get(path)?.bytes ?? null;
  }

  size(path: string): number | null {
    const isFolder = [...this.#names.keys()].some((each) => dirname(each) === path);
    return isFolder ? 0 : (this.#names.get(path)?.bytes.length ?? null);
  }

  sum(path: string): number | null {
    const bytes = this.read(path);
    return bytes === null ? null : crc32(bytes);
  }

  changed(path: string): number | null {
    return this.#names.get(path)?.changed ?? null;
  }

  entries(folder: string): { readonly name: string; isFile(): boolean }[] {
    return [...this.#names.keys()]
      .filter((path) => dirname(path) === folder)
      .map((path) => ({ name: path.slice(folder.length + 1), isFile: () => true }));
  }

  rename(from: string, to: string): void {
    const content = this.#names.get(from);
    if (content === undefined) throw systemError('ENOENT', from);
    this.#rename({ gone: from, name: to, content });
  }

  remove(path: string): void {
    if (this.#names.has(path)) this.#rename({ gone: path, name: null, content: null });
  }

  #rename(change: NameChange): void {
    this.#change(() => {
      apply(this.#names, change);
      this.#changes.push(change);
    });
  }

  /** `some` of it is done when the end comes in the midst of it. */
  #change(all: () => void, some: () => void = () => {}): void {
    this.endsIn -= 1;
    if (this.endsIn > 0 || this.left !== null) {
      all();
      return;
    }
    if (this.chance.either()) all();
    else some();
    this.left = this.end(this.ending);
  }

  #set(content: Content, bytes: Buffer): void {
    content.bytes = bytes;
    content.changed = this.#wall().date();
  }

  #folder(): DiskFile {
    const stay = (pending: readonly NameChange[]): void => {
      for (const change of pending) apply(this.#stay, change);
      this.#changes = this.#changes.filter((change) => !pending.includes(change));
    };
    return {
      ...NO_FILE,
      sync: (done) => {
        const pending = [...this.#changes];
        this.#synced(done, () => stay(pending));
      },
      syncNow: () => this.#change(() => stay([...this.#changes])),
    };
  }

  #file(content: Content): DiskFile {
    return {
      get size() {
        return content.bytes.length;
      },
      write: (bytes, from) => this.#write(content, bytes.subarray(from)),
      writeAll: (bytes) =>
        new Promise((resolve, reject) =>
          this.#wall().soon(() => {
            try {
              for (let at = 0; at < bytes.length; ) at += this.#write(content, bytes.subarray(at));
              resolve();
            } catch (error) {
              reject(error);
            }
          }),
        ),
      cut: (size) => this.#change(() => this.#set(content, content.bytes.subarray(0, size))),
      sync: (done) => {
        const { bytes } = content;
        this.#synced(done, () => {
          content.stays = bytes;
        });
      },
      syncNow: () => this.#stays(content, content.bytes),
      close: () => {},
    };
  }

  #write(content: Content, bytes: Buffer): number {
    const count = Math.min(bytes.length, this.room);
    if (count === 0 && bytes.length > 0) throw systemError('ENOSPC', 'write');
    const append = (length: number): void =>
      this.#set(content, Buffer.concat([content.bytes, bytes.subarray(0, length)]));
    this.#change(
      () => append(count),
      () => append(this.chance.upTo(count)),
    );
    this.room -= count;
    return count;
  }

  #stays(content: Content, bytes: Buffer): void {
    this.#change(() => {
      content.stays = bytes;
    });
  }

  #synced(done: (error: Error | null) => void, stays: () => void): void {
    this.#wall().after(this.slow, () => {
      this.soundSyncs -= 1;
      if (this.soundSyncs < 0) {
        this.soundSyncs = Infinity;
        done(systemError('EIO', 'fdatasync'));
        return;
      }
      this.#change(stays);
      done(null);
    });
  }
}

const NOTHING = Buffer.alloc(0);

/** The same copy for the same content, whatever names it has. */
function copying(copy: (content: Content) => Content): (content: Content) => Content {
  const copies = new Map<Content, Content>();
  return (content) => {
    const made = copies.get(content) ?? copy(content);
    copies.set(content, made);
    return made;
  };
}

const NO_FILE = {
  size: 0,
  write: () => 0,
  writeAll: () => Promise.resolve(),
  cut: () => {},
  close: () => {},
} as const;

function apply(names: Map<string, Content>, { gone, name, content }: NameChange): void {
  if (gone !== null) names.delete(gone);
  if (name !== null && content !== null) names.set(name, content);
}

/** What of a file is there after a power failure. */
function leftOf({ bytes, stays }: Pick<Content, 'bytes' | 'stays'>, chance: Chance): Buffer {
  if (bytes === stays) return stays;
  const [short, long] = bytes.length < stays.length ? [bytes, stays] : [stays, bytes];
  const left = Buffer.alloc(short.length + chance.upTo(long.length - short.length));
  stays.copy(left);
  for (let at = 0; at < Math.min(left.length, bytes.length); at += SECTOR)
    if (chance.either()) bytes.copy(left, at, at, Math.min(at + SECTOR, left.length));
  return left;
}

const systemError = (code: string, what: string): Error =>
  Object.assign(new Error(`${code}: ${what}`), { code, errno: -1, syscall: 'write' });
