import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pagesOf } from '../../kernel/units.ts';
import type { Resident } from '../../machine/machine.ts';

/** What /proc tells of a process. (man 5 proc) */

export interface ProcessLook {
  /** In clock ticks since boot: a pid alone may be another process by now. */
  readonly start: number;
  readonly parent: number;
  readonly name: string;
  /** Where its program and its stack begin: the same after fork(2), another after exec(2); '' where it may not be seen. */
  readonly layout: string;
}

/** All that sampling needs of /proc; tests have their own. */
export interface ProcFiles {
  /** null: it is gone, or a zombie. */
  look(pid: number): ProcessLook | null;
  /** Changes when what is resident does; null: it is gone. */
  sizes(pid: number): string | null;
  /** Its share of what is resident, in pages; null: it is gone. */
  resident(pid: number): Promise<Resident | null>;
  pids(): number[];
  /** The threads of a process, itself among them. */
  threads(pid: number): number[];
  /** The process of a thread; null: it is gone. */
  leader(thread: number): number | null;
  /** Changes with every process that is born. */
  births(): string;
  /** The user whose process it is; null: it is gone. */
  owner(pid: number): number | null;
}

/** Fields of /proc/PID/stat behind the name, which may hold anything. */
const STATE = 0;
const PARENT = 1;
const START = 19;
const START_CODE = 23;
const START_STACK = 25;

/** The look in the text of /proc/PID/stat; null for a zombie. */
export function readStat(text: string): ProcessLook | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  const fields = text.slice(close + 2).split(' ');
  if (open < 0 || close < open || 'ZXx'.includes(fields[STATE])) return null;
  const layout = `${fields[START_CODE]} ${fields[START_STACK]}`;
  return {
    start: Number(fields[START]),
    parent: Number(fields[PARENT]),
    name: text.slice(open + 1, close),
    layout: /^[01] 0$/.test(layout) ? '' : layout,
  };
}

/** Shares (proportional set sizes) in the text of /proc/PID/smaps_rollup; null where it has none. */
export function readRollup(text: string): Resident | null {
  const size = (name: string): number | null => kilobytes(text, name);
  const anon = size('Pss_Anon');
  if (anon === null) return null;
  return residentOf(anon, size('Pss_File') ?? 0, size('Pss_Shmem') ?? 0);
}

/** The same in /proc/PID/status, which everybody may read: all that is mapped, shared or not. */
export const readStatus = (text: string): Resident =>
  residentOf(
    kilobytes(text, 'RssAnon') ?? 0,
    kilobytes(text, 'RssFile') ?? 0,
    kilobytes(text, 'RssShmem') ?? 0,
  );

function kilobytes(text: string, name: string): number | null {
  const match = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(text);
  return match === null ? null : Number(match[1]);
}

const residentOf = (anon: number, file: number, shmem: number): Resident => ({
  anon: pagesOf(anon * 1024),
  file: pagesOf(file * 1024),
  shmem: pagesOf(shmem * 1024),
});

/** The text of a file of a process, or null when the process is gone. */
function textOf(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}

const laterTextOf = (pid: number, file: string): Promise<string | null> =>
  readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => null);

export const PROC: ProcFiles = {
  look(pid) {
    const text = textOf(pid, 'stat');
    return text === null ? null : readStat(text);
  },
  sizes: (pid) => textOf(pid, 'statm'),
  async resident(pid) {
    // It walks the page tables: not while others wait.
    const rollup = await laterTextOf(pid, 'smaps_rollup');
    const shares = rollup === null ? null : readRollup(rollup);
    if (shares !== null) return shares;
    const status = await laterTextOf(pid, 'status');
    return status === null ? null : readStatus(status);
  },
  pids: () => readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : [])),
  threads(pid) {
    try {
      return readdirSync(`/proc/${pid}/task`).map(Number);
    } catch {
      return [];
    }
  },
  leader(thread) {
    const match = /^Tgid:\s*(\d+)$/m.exec(textOf(thread, 'status') ?? '');
    return match === null ? null : Number(match[1]);
  },
  births() {
    // Its last field is the pid that was given last.
    const text = readFileSync('/proc/loadavg', 'latin1');
    return text.slice(text.lastIndexOf(' '));
  },
  owner(pid) {
    const match = /^Uid:\s*(\d+)/m.exec(textOf(pid, 'status') ?? '');
    return match === null ? null : Number(match[1]);
  },
};
