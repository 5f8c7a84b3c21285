import { Mistake } from './mistake.ts';
import type { Word } from './words.ts';

/** How the language names cgroups and their files. */

/** `[CGROUP/]NAME[:KEY]`, not yet looked up. */
export interface FileName {
  /** Absolute; null: the default group. */
  readonly cgroup: string | null;
  /** As written: `failcnt`, `memory.failcnt`, `tasks`. */
  readonly name: string;
  /** One line of a `name value` file. */
  readonly key: string | null;
}

/** `web//db/` and `/web/db` are both `/web/db`: cgroups are named from the root. */
export function cgroupPath(text: string): string {
  // Most are normal already, and a long script names them a million times.
  const isNormal = !text.includes('.') && !text.includes('//') && !text.endsWith('/');
  if (isNormal) return text.startsWith('/') ? text : `/${text}`;
  const parts: string[] = [];
  for (const part of text.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function readCgroup(word: Word): string {
  if (word.text === '') throw new Mistake('a cgroup has a name: write / for the root', word.column);
  return cgroupPath(word.text);
}

/** With `keys`, a `:KEY` at the end picks a line. */
export function readFileName(word: Word, keys: boolean): FileName {
  const slash = word.text.lastIndexOf('/');
  const colon = keys ? word.text.lastIndexOf(':') : -1;
  const hasKey = colon > slash;
  const name = word.text.slice(slash + 1, hasKey ? colon : undefined);
  if (name === '') {
    const cgroup = slash < 0 ? '' : `: '${word.text}' names a cgroup, one of its files has to follow`;
    throw new Mistake(`a file has a name${cgroup}`, word.column);
  }
  const cgroup = slash < 0 ? null : cgroupPath(word.text.slice(0, slash));
  return { cgroup, name, key: hasKey ? word.text.slice(colon + 1) : null };
}

const PREFIXED = /^(memory|cgroup|pids|cpu|io)\./;
const UNPREFIXED: ReadonlySet<string> = new Set(['tasks', 'notify_on_release', 'release_agent']);

/** The full name of a control file: cgroup.c puts the subsystem's name before those that a subsystem registers. */
export const fullName = (name: string): string =>
  PREFIXED.test(name) || UNPREFIXED.has(name) ? name : `memory.${name}`;

/** The name without the prefix that may be left out. */
export const shortName = (name: string): string => (name.startsWith('memory.') ? name.slice(7) : name);

/** `/web` and `memory.failcnt` make `/web/memory.failcnt`. */
export const join = (cgroup: string, name: string): string =>
  cgroup === '/' ? `/${name}` : `${cgroup}/${name}`;

/** The path of the directory that holds this one; the root holds itself. */
export const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

/** As people name it: without the first slash, save for the root. */
export const shown = (path: string): string => (path === '/' ? '/' : path.slice(1));

/** What is kept by path, after a cgroup was renamed: its own, and those of all below it. */
export function renameIn<T>(byPath: Map<string, T>, from: string, to: string): void {
  for (const [path, kept] of [...byPath]) {
    if (path !== from && !path.startsWith(`${from}/`)) continue;
    byPath.delete(path);
    byPath.set(to + path.slice(from.length), kept);
  }
}
