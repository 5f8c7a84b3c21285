import { closeSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';

/**
 * One server for a session: a file that only its maker could make, with the
 * maker's pid in it. What a dead server left behind is cleared under a second
 * such file, so that of two who clear neither takes the other's new lock.
 */

/** A guard older than this was left behind by one who died within microseconds, ms. */
const GUARD_AGE = 5000;

/** Whether this process has the lock now. Throws what the file system throws. */
export function takeLock(path: string): boolean {
  const mine = `${process.pid} ${startOf(process.pid)}\n`;
  if (makeFile(path, mine)) return true;
  if (isHeld(path)) return false;
  const guard = `${path}.clearing`;
  if (!makeFile(guard, mine)) {
    if (age(guard) > GUARD_AGE) unlinkSync(guard);
    return false;
  }
  try {
    if (isHeld(path)) return false;
    remove(path);
    return makeFile(path, mine);
  } finally {
    unlinkSync(guard);
  }
}

export function releaseLock(path: string): void {
  remove(path);
}

/** Whether the maker of this lock is alive. */
export function isHeld(path: string): boolean {
  const text = readIfThere(path);
  if (text === null) return false;
  const [pid, start] = text.trim().split(' ');
  // Empty: its maker is about to write, or died before.
  if (text === '') return age(path) < GUARD_AGE;
  const number = Number(pid);
  return Number.isInteger(number) && number > 0 && isAlive(number) && startOf(number) === (start ?? '');
}

function makeFile(path: string, text: string): boolean {
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When a process began, where that can be known: pids are used again. proc(5), field 22
 * of stat; field 3 tells one that is dead and only waits for its parent to hear of it.
 */
function startOf(pid: number): string {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === null) return '';
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : (fields[19] ?? '');
}

/** null: it can't be read. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

const age = (path: string): number =>
  Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
