import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Mistake } from '../../script/mistake.ts';
import { isSystemError, systemText } from '../../script/script-files.ts';
import { type Disk, realDisk } from '../../session/disk.ts';
import { ExecutorFailure } from '../run/executor.ts';
import { shareText } from '../run/share.ts';
import type { Finished, Task } from '../sweep.ts';
import { taskKey } from '../sweep.ts';
import { FolderLock } from './folder-lock.ts';
import { type Header, readHeader, writeHeader } from './header.ts';
import { difference } from './header-difference.ts';
import { type PointsRead, PointsWriter, readPoints, setDamagedAside } from './points-file.ts';

/**
 * The folder of `--out`: finished points of one sweep, so that none is run again. `sweep.json` says what they
 * are points of; `points` is a file of checked lines in the order in which they finished.
 */

const HEADER = 'sweep.json';
const POINTS = 'points';

/** What a folder holds. */
export interface Contents {
  readonly header: Header;
  /** By `taskKey`: each point once, however often it was written. */
  readonly finished: ReadonlyMap<string, Finished>;
  readonly points: PointsRead;
  /** What its reader should hear: a sentence, or null. */
  readonly notice: string | null;
}

type Lock = Pick<FolderLock, 'release'>;

/** What a folder stands on. */
export interface Ground {
  readonly disk: Disk;
  /** Makes the folder if it is not there. */
  readonly make: (path: string) => void;
  /** A text: who has it. */
  readonly lock: (path: string) => Lock | string;
}

const REAL: Ground = {
  disk: realDisk,
  make: (path) => {
    if (!existsSync(path)) mkdirSync(path);
  },
  lock: (path) => FolderLock.take(path),
};

export class SweepFolder {
  readonly path: string;
  readonly notice: string | null;
  readonly #lock: Lock;
  readonly #points: PointsWriter;
  readonly #finished: Map<string, Finished>;

  private constructor(path: string, lock: Lock, points: PointsWriter, contents: Contents | null) {
    this.path = path;
    this.#lock = lock;
    this.#points = points;
    this.#finished = new Map(contents?.finished);
    this.notice = contents?.notice ?? null;
  }

  /**
   * Makes the folder if it is not there, and has it alone until it is closed. A Mistake: it is another sweep's,
   * or no sweep's; an ExecutorFailure: it is in use, damaged, or the file system refuses.
   */
  static open(
    path: string,
    header: Header,
    { disk, make, lock: take }: Ground = REAL,
  ): SweepFolder | Mistake | ExecutorFailure {
    let lock: Lock | string | null = null;
    try {
      make(path);
      // Before the lock, which would be a strange thing to find in a folder of something else.
      const strange = disk.entries(path).flatMap(({ name }) => (isOurs(name) ? [] : name));
      if (strange.length > 0)
        return new Mistake(
          `${path} holds other files (${strange[0]}): name an empty folder, or a new one`,
          0,
        );
      lock = take(path);
      if (typeof lock === 'string') {
        return new ExecutorFailure(
          `${path} is in use by another sweep (${lock}): wait for it, end it, or name another folder`,
        );
      }
      const contents = readFolder(path, disk);
      const refusal = contents === null || 'finished' in contents ? notThe(header, contents, path) : contents;
      if (refusal !== null) {
        lock.release();
        return refusal;
      }
      const found = contents !== null && 'finished' in contents ? contents : null;
      if (found === null) writeHeader(join(path, HEADER), header, disk);
      return new SweepFolder(
        path,
        lock,
        new PointsWriter(join(path, POINTS), found === null ? 0 : soundPoints(path, found, disk), disk),
        found,
      );
    } catch (error) {
      if (lock !== null && typeof lock !== 'string') lock.release();
      return failureOf(path, error);
    }
  }

  get size(): number {
    return this.#finished.size;
  }

  /** What its user has, whatever went wrong; the end of a sentence. */
  get keptText(): string {
    const points = this.size === 1 ? '1 point is' : `${this.size} points are`;
    return `${points} kept in ${this.path}: the same command goes on from there`;
  }

  has(task: Task): boolean {
    return this.of(task) !== undefined;
  }

  of(task: Task): Finished | undefined {
    return this.#finished.get(taskKey(task));
  }

  /** Resolves when a point is kept, whatever becomes of the system. Rejects with an ExecutorFailure when it can't be. */
  async add(finished: Finished): Promise<void> {
    try {
      this.#points.add(finished);
      await this.#points.kept();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      // Those before it count when it is known what became of them.
      await this.#points.kept().catch(() => {});
      throw new ExecutorFailure(
        `${join(this.path, POINTS)}: ${systemText(error)}: make room; ${this.keptText}`,
        error,
      );
    }
    this.#finished.set(taskKey(finished), finished);
  }

  close(): void {
    this.#points.close();
    this.#lock.release();
  }
}

/** What a folder holds, whoever writes to it meanwhile; null: nothing yet. Throws what the file system throws. */
export function readFolder(path: string, disk = realDisk): Contents | ExecutorFailure | null {
  if (disk.size(path) === null) return null;
  for (const entry of disk.entries(path)) {
    const { name } = entry;
    // A link would lead what is cut or written elsewhere, and a pipe would be waited for.
    if ((name === HEADER || name === POINTS) && !entry.isFile())
      return new ExecutorFailure(
        `${join(path, name)} is no regular file: a sweep's folder has none but these`,
      );
  }
  const header = readHeader(join(path, HEADER), disk);
  const points = readPoints(join(path, POINTS), disk);
  if (typeof header === 'string') return new ExecutorFailure(`${join(path, HEADER)} ${header}`);
  if (header === null) {
    if (points.finished.length === 0) return null;
    return new ExecutorFailure(`${path} holds points and no ${HEADER}, which says what they are points of`);
  }
  const finished = new Map<string, Finished>();
  for (const each of points.finished) {
    const clash = addOnce(finished, each);
    if (clash !== null) return new ExecutorFailure(`${join(path, POINTS)}: ${clash}`);
  }
  return { header, finished, points, notice: noticeOf(join(path, POINTS), points) };
}

/** What its reader should hear of the file: a sentence, or null. */
function noticeOf(path: string, { torn, damaged }: PointsRead): string | null {
  const [first] = damaged.keys();
  if (first !== undefined) {
    const lines = damaged.size === 1 ? `line ${first} is` : `${damaged.size} lines are`;
    return `${path}: ${lines} damaged and left out: what stood there is run again`;
  }
  return torn === 0 ? null : `${path}: the last ${torn} bytes are an unfinished line: its point is run again`;
}

/** Bytes of the file that are sound, once it has nothing else. Throws what the file system throws. */
function soundPoints(path: string, { points }: Contents, disk: Disk): number {
  return points.damaged.size === 0 ? points.sound : setDamagedAside(join(path, POINTS), points, disk);
}

/** What is wrong with a point that was there before; null: nothing, it is the same. */
export function addOnce(finished: Map<string, Finished>, each: Finished): string | null {
  const key = taskKey(each);
  const before = finished.get(key);
  if (before !== undefined && JSON.stringify(before.measurement) !== JSON.stringify(each.measurement))
    return `the point ${key} is there with two outcomes: one of two memcgs is not what it says it is`;
  finished.set(key, each);
  return null;
}

/** Why this folder is not this sweep's. */
function notThe(header: Header, contents: Contents | null, path: string): Mistake | null {
  if (contents === null) return null;
  const other = contents.header;
  const differs = difference(other, header);
  if (differs !== null) {
    return new Mistake(
      `${path} keeps another sweep: ${differs.what} is ${differs.first} there and ${differs.second} here: ` +
        'name another folder, or delete that one to begin anew',
      0,
    );
  }
  if (other.share === null || header.share === null || other.share.index === header.share.index) return null;
  return new Mistake(
    `${path} keeps ${shareText(other.share)}, and this is ${shareText(header.share)}: ` +
      'each share needs a folder of its own',
    0,
  );
}

export function failureOf(path: string, error: unknown): ExecutorFailure {
  if (!isSystemError(error)) throw error;
  return new ExecutorFailure(`${path}: ${systemText(error)}`, error);
}

const OUR_NAMES = new Set(
  [HEADER, POINTS].flatMap((name) => [name, `${name}.new`]).concat(`${POINTS}.damaged`),
);

/** A folder that is the root of a disk has some of its own. */
const isOurs = (name: string): boolean => OUR_NAMES.has(name) || FolderLock.isLock(name) || isOfDisk(name);
const isOfDisk = (name: string): boolean => name.startsWith('.') || name === 'lost+found';
