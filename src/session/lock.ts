import { realDisk } from './disk.ts';
import type { Ground } from './ground.ts';
import { realLife } from './life.ts';
import { realWall } from './wall.ts';

/**
 * One server for a session: a file that only its maker could make, with the
 * maker's pid in it. What a dead server left behind is cleared under a second
 * such file, so that of two who clear neither takes the other's new lock.
 */

/** A guard older than this was left behind by one who died within microseconds, ms. */
const GUARD_AGE = 5000;

type LockGround = Omit<Ground, 'listen'>;

const REAL: LockGround = { disk: realDisk, wall: realWall, life: realLife };

/** Whether this process has the lock now. Throws what the file system throws. */
export function takeLock(path: string, ground = REAL): boolean {
  const { disk, life } = ground;
  const mine = `${life.pid} ${life.began(life.pid) ?? ''}\n`;
  if (disk.make(path, mine)) return true;
  if (isHeld(path, ground)) return false;
  const guard = `${path}.clearing`;
  if (!disk.make(guard, mine)) {
    if (!isFresh(guard, ground)) disk.remove(guard);
    return false;
  }
  try {
    if (isHeld(path, ground)) return false;
    disk.remove(path);
    return disk.make(path, mine);
  } finally {
    disk.remove(guard);
  }
}

export function releaseLock(path: string, { disk } = REAL): void {
  disk.remove(path);
}

/** Whether the maker of this lock is alive. */
export function isHeld(path: string, ground = REAL): boolean {
  const text = textOf(path, ground);
  if (text === null) return false;
  // Its maker is about to write, or died before.
  if (text === '') return isFresh(path, ground);
  const [pid, start = ''] = text.trim().split(' ');
  const number = Number(pid);
  return Number.isInteger(number) && number > 0 && ground.life.began(number) === start;
}

/** null: it can't be read. */
function textOf(path: string, { disk }: LockGround): string | null {
  try {
    return disk.read(path)?.toString() ?? null;
  } catch {
    return null;
  }
}

/** Of one from the future the clock was set back. */
function isFresh(path: string, { disk, wall }: LockGround): boolean {
  const now = wall.date();
  return Math.abs(now - (disk.changed(path) ?? now)) < GUARD_AGE;
}
