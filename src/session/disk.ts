import {
  closeSync,
  existsSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFile,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { SessionError } from './session-error.ts';

/** What is kept stands on a disk. All of it throws, and rejects with, what the file system throws. */
export interface Disk {
  /** `append` goes on behind what is there, `anew` forgets it; `folder` can only be synced. Files are made, for their owner alone if no `mode` says else. */
  open(path: string, how: keyof typeof FLAGS, mode?: number): DiskFile;
  /** null: nothing is there. Throws a SessionError when it is no file. */
  read(path: string): Buffer | null;
  /** Bytes; null: nothing is there. */
  size(path: string): number | null;
  /** The CRC-32 of all that is in a file; null: nothing is there. */
  sum(path: string): number | null;
  /** When it was written last, ms since 1970; null: nothing is there. */
  changed(path: string): number | null;
  /** Makes a file with this in it, for its owner alone; false: there is one already. */
  make(path: string, text: string): boolean;
  /** With those that it is in, for its owner alone. */
  makeFolder(path: string): void;
  entries(folder: string): readonly { readonly name: string; isFile(): boolean }[];
  rename(from: string, to: string): void;
  /** A file; nothing may be there. */
  remove(path: string): void;
}

export interface DiskFile {
  /** Bytes when it was opened. */
  readonly size: number;
  /** Writes behind the end from this byte of them on. Answers how many were written. */
  write(bytes: Buffer, from: number): number;
  /** Writes all of them, while others go on. */
  writeAll(bytes: Buffer): Promise<void>;
  cut(size: number): void;
  /** Tells when all that was written before stays, whatever becomes of the system. */
  sync(done: (error: Error | null) => void): void;
  /** The same, and waits for it. */
  syncNow(): void;
  close(): void;
}

const FLAGS = { append: 'a', anew: 'w', folder: 'r' } as const;

const writeLater = promisify(writeFile);

class RealFile implements DiskFile {
  readonly #file: number;

  constructor(path: string, how: keyof typeof FLAGS, mode: number) {
    this.#file = openSync(path, FLAGS[how], mode);
  }

  get size(): number {
    return fstatSync(this.#file).size;
  }

  write(bytes: Buffer, from: number): number {
    return writeSync(this.#file, bytes, from);
  }

  writeAll(bytes: Buffer): Promise<void> {
    return writeLater(this.#file, bytes);
  }

  cut(size: number): void {
    ftruncateSync(this.#file, size);
  }

  sync(done: (error: Error | null) => void): void {
    fdatasync(this.#file, done);
  }

  syncNow(): void {
    fdatasyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

export const realDisk: Disk = {
  open: (path, how, mode = 0o600) => new RealFile(path, how, mode),
  read: (path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return null;
    if (!stats.isFile())
      throw new SessionError('world', `${path} is in the way: it is no file: move it away`);
    return readFileSync(path);
  },
  size: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? null,
  sum,
  changed: (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null,
  make,
  makeFolder: (path) => mkdirSync(path, { recursive: true, mode: 0o700 }),
  entries: (folder) => readdirSync(folder, { withFileTypes: true }),
  rename: renameSync,
  remove: (path) => rmSync(path, { force: true }),
};

/** Read at once, bytes: a long file is not held as a whole. */
const PIECE = 1 << 18;

function sum(path: string): number | null {
  if (!existsSync(path)) return null;
  const piece = Buffer.allocUnsafe(PIECE);
  const file = openSync(path, 'r');
  try {
    let crc = 0;
    for (;;) {
      const count = readSync(file, piece);
      if (count === 0) return crc;
      crc = crc32(piece.subarray(0, count), crc);
    }
  } finally {
    closeSync(file);
  }
}

function make(path: string, text: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
  return true;
}

/** Resolves when what was written to a file, or done to the names in a folder, stays. */
export const synced = (file: DiskFile): Promise<void> =>
  new Promise((resolve, reject) => file.sync((error) => (error === null ? resolve() : reject(error))));

/** Writes all of them, and waits. */
export function writeNow(file: DiskFile, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += file.write(bytes, at);
}

/** Names that were made, changed or taken away are so after a power failure too: fsync(2) of a file alone does not promise it. */
export async function syncFolder(disk: Disk, path: string): Promise<void> {
  const folder = disk.open(path, 'folder');
  try {
    await synced(folder);
  } finally {
    folder.close();
  }
}

/** The same, and waits for it. */
export function syncFolderNow(disk: Disk, path: string): void {
  const folder = disk.open(path, 'folder');
  try {
    folder.syncNow();
  } finally {
    folder.close();
  }
}

/** Beside, then renamed: there is never half a file under its name, whatever fails. */
export async function writeWhole(path: string, pieces: readonly Buffer[], disk = realDisk): Promise<void> {
  const beside = `${path}.new`;
  const file = disk.open(beside, 'anew');
  try {
    for (const piece of pieces) await file.writeAll(piece);
    await synced(file);
  } finally {
    file.close();
  }
  disk.rename(beside, path);
  await syncFolder(disk, dirname(path));
}
