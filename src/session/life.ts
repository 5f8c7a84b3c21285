import { readFileSync } from 'node:fs';

/** The life of the process that serves, and what it can know of those of others. */
export interface Life {
  readonly pid: number;
  /** When a process began: pids are used again. Empty where that can't be known; null: it is no more. */
  began(pid: number): string | null;
  /** Calls when it is told to end; who is told again ends at once. */
  toldToEnd(act: () => void): void;
  /** For its log: a line of text. */
  log(text: string): void;
}

export const realLife: Life = {
  pid: process.pid,
  began: (pid) => (isThere(pid) ? startOf(pid) : null),
  toldToEnd: (act) => {
    process.once('SIGTERM', act);
    process.once('SIGINT', act);
    process.on('SIGHUP', () => {});
  },
  log: (text) => process.stderr.write(`${text}\n`),
};

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** proc(5), field 22 of stat; field 3 tells one that is dead and only waits for its parent to hear of it. */
function startOf(pid: number): string | null {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === null) return '';
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? '');
}

/** null: it can't be read. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
