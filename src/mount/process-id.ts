import { readFileSync } from 'node:fs';

/** The process that a thread belongs to (a process is its own first thread); null: there is none. */
export function processOf(thread: number): number | null {
  try {
    const group = /^Tgid:\s*(\d+)$/m.exec(readFileSync(`/proc/${thread}/status`, 'latin1'));
    return group === null ? null : Number(group[1]);
  } catch {
    return null;
  }
}
