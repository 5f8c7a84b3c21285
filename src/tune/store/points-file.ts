import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Disk, type DiskFile, realDisk, synced, syncFolderNow, writeNow } from '../../session/disk.ts';
import { checked, finished as isFinished, Malformed } from '../schema.ts';
import type { Finished } from '../sweep.ts';

/** The points of a sweep's folder: a file of checked lines that only grows. */

export interface PointsRead {
  readonly finished: readonly Finished[];
  /** Bytes up to which every line is sound. */
  readonly sound: number;
  /** Bytes behind them: a line that a crash or a full disk has cut. */
  readonly torn: number;
  /** Damaged lines that sound ones follow, which no crash explains: by their numbers. */
  readonly damaged: ReadonlyMap<number, string>;
}

const NEWLINE = 10;
/** As the umask has it. */
const MODE = 0o666;

/** No file: no points. Throws what the file system throws. */
export function readPoints(path: string, disk: Disk = realDisk): PointsRead {
  const bytes = disk.read(path) ?? Buffer.alloc(0);
  const finished: Finished[] = [];
  const damaged = new Map<number, string>();
  let sound = 0;
  let bad = new Map<number, string>();
  for (let at = 0, line = 1; ; line++) {
    const end = bytes.indexOf(NEWLINE, at);
    if (end < 0) return { finished, sound, torn: bytes.length - sound, damaged };
    const text = bytes.toString('utf8', at, end);
    const read = decodeFinished(text);
    at = end + 1;
    if (read === null) {
      bad.set(line, text);
      continue;
    }
    for (const each of bad) damaged.set(...each);
    bad = new Map();
    finished.push(read);
    sound = at;
  }
}

/**
 * Puts damaged lines into a file beside the points (`points.damaged`), and leaves the sound ones, whole or not at
 * all. Answers how many bytes these are. Throws what the file system throws.
 */
export function setDamagedAside(path: string, { finished, damaged }: PointsRead, disk: Disk): number {
  keep(disk, `${path}.damaged`, 'append', [...damaged.values()].map((line) => `${line}\n`).join(''));
  const text = finished.map(encodeFinished).join('');
  keep(disk, `${path}.new`, 'anew', text);
  // What is aside is there before it is nowhere else.
  syncFolderNow(disk, dirname(path));
  disk.rename(`${path}.new`, path);
  syncFolderNow(disk, dirname(path));
  return Buffer.byteLength(text);
}

function keep(disk: Disk, path: string, how: 'append' | 'anew', text: string): void {
  const file = disk.open(path, how, MODE);
  try {
    writeNow(file, Buffer.from(text));
    file.syncNow();
  } finally {
    file.close();
  }
}

/** Appends points behind the sound ones. All that are added while one fdatasync is under way share the next. */
export class PointsWriter {
  readonly #file: DiskFile;
  #length: number;
  #syncing: Promise<void> = Promise.resolve();
  /** The one after that. */
  #next: Promise<void> | null = null;

  /** Cuts what is torn. Throws what the file system throws. */
  constructor(path: string, sound: number, disk: Disk) {
    this.#file = disk.open(path, 'append', MODE);
    this.#length = sound;
    this.#file.cut(sound);
    // What is there somebody may have written who did not live to see it on the disk, and is told of from now on.
    this.#file.syncNow();
    syncFolderNow(disk, dirname(path));
  }

  /** Throws what the file system throws; then nothing of this point is kept. */
  add(finished: Finished): void {
    const bytes = Buffer.from(encodeFinished(finished));
    try {
      writeNow(this.#file, bytes);
    } catch (error) {
      this.#file.cut(this.#length);
      throw error;
    }
    this.#length += bytes.length;
  }

  /** Resolves when all that was added stays, whatever becomes of the system. Rejects with what the file system says. */
  kept(): Promise<void> {
    this.#next ??= this.#syncing.then(() => {
      this.#next = null;
      this.#syncing = synced(this.#file);
      return this.#syncing;
    });
    return this.#next;
  }

  close(): void {
    this.#file.close();
  }
}

/** One line of it: a checksum (CRC-32 of what follows, hex), and a finished point as JSON. */
function encodeFinished({ script, point, measurement }: Finished): string {
  const json = JSON.stringify({ script, point, outcome: measurement });
  return `${checksum(json)} ${json}\n`;
}

/** null: the line is damaged. `line` is without its newline. */
function decodeFinished(line: string): Finished | null {
  const json = line.slice(9);
  if (line.charCodeAt(8) !== 32 || checksum(json) !== line.slice(0, 8)) return null;
  const { script, point, outcome: measurement } = JSON.parse(json);
  const read = checked(isFinished, { script, point, measurement }, 'point');
  return read instanceof Malformed ? null : read;
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');
