import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { releaseLock, takeLock } from '../../session/lock.ts';

/**
 * One sweep for a folder: a lock for each host. On the own host a pid tells whether its maker is alive; of
 * another host, which shares the file system, a lock counts as long as its maker goes on touching it. Of two
 * hosts that begin at once each sees the other's lock, and both give way.
 */

const PREFIX = 'lock-';
/** Wall time between two touches, and after which a lock that nobody touches counts for nothing, ms. */
const TOUCH_EVERY = 15_000;
const DEAD_AFTER = 60_000;

export class FolderLock {
  readonly #path: string;
  readonly #touching: NodeJS.Timeout;

  private constructor(path: string) {
    this.#path = path;
    this.#touching = setInterval(() => touch(path), TOUCH_EVERY).unref();
  }

  /** Who has the folder (`pid 4711`, `host b`) if it can't be had. Throws what the file system throws. */
  static take(folder: string, host = hostname()): FolderLock | string {
    const own = PREFIX + host.replaceAll('/', '_');
    const path = join(folder, own);
    if (!takeLock(path)) return `pid ${holder(path)}`;
    for (const name of readdirSync(folder)) {
      if (!FolderLock.isLock(name) || name === own) continue;
      const other = join(folder, name);
      if (age(other) < DEAD_AFTER) {
        releaseLock(path);
        return `pid ${holder(other)} on host ${name.slice(PREFIX.length)}`;
      }
      rmSync(other, { force: true });
    }
    return new FolderLock(path);
  }

  static isLock(name: string): boolean {
    return name.startsWith(PREFIX);
  }

  release(): void {
    clearInterval(this.#touching);
    releaseLock(this.#path);
  }
}

function holder(path: string): string {
  try {
    return readFileSync(path, 'utf8').split(' ')[0] || 'unknown';
  } catch {
    // It was given back meanwhile.
    return 'unknown';
  }
}

function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // The folder may be gone; the next point that is written says so.
  }
}

const age = (path: string): number =>
  Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY);
