import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { isSystemError, systemText } from '../script/script-files.ts';
import { SessionError } from './session-error.ts';

/** What sessions are called, and where they live: sockets under the XDG runtime dir, journals and save states under the XDG state dir. */

export const DEFAULT_SESSION = 'default';

/** A session's name is a file's name: short, and without anything that a path or a shell could misread. */
export function sessionNameMistake(name: string): string | null {
  if (/^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/.test(name)) return null;
  const shown = name.length > 80 ? `${name.slice(0, 77)}...` : name;
  return `${JSON.stringify(shown)} is no session's name: 1 to 64 letters, digits, dots, _ and -, not a dot or - first`;
}

/** Of a Unix socket's path, with its NUL: 108 on Linux, 104 on the BSDs. */
const MAX_SOCKET_PATH = process.platform === 'linux' ? 107 : 103;

/** Set for whom `memcg shell` starts: the folder of whoever started it. */
export const SAME_RUNTIME = 'MEMCG_RUNTIME_DIR';

const user = (): number => process.getuid?.() ?? -1;

/** Where the sockets are. Made if it is not there. Throws a SessionError. */
export function runtimeFolder(): string {
  // In a user namespace we go by another number than outside.
  const same = process.env[SAME_RUNTIME];
  if (same !== undefined && isAbsolute(same)) return ownFolder(same);
  const given = process.env['XDG_RUNTIME_DIR'];
  const folder =
    given !== undefined && isAbsolute(given) && isFolder(given)
      ? join(given, 'memcg')
      : join(tmpdir(), `memcg-${user()}`);
  return ownFolder(folder);
}

/** Where a session's journal and save states are; nothing is made. */
export function sessionFolder(session: string): string {
  return join(stateFolder(), session);
}

/** Where a session's folder is kept that was given up for another. No session's name begins with a dot. */
export const previousOf = (folder: string): string => join(dirname(folder), `.${basename(folder)}.previous`);

/** What was is kept once, beside it; the folder is empty then. */
export function giveUpFolder(folder: string): void {
  rmSync(previousOf(folder), { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, previousOf(folder));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** It goes, and what was kept beside it. */
export function forgetFolder(folder: string): void {
  for (const each of [folder, previousOf(folder)]) rmSync(each, { recursive: true, force: true });
}

/** What was given up is there again. */
export function takeBackFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  if (existsSync(previousOf(folder))) renameSync(previousOf(folder), folder);
}

export function stateFolder(): string {
  const given = process.env['XDG_STATE_HOME'];
  return join(given !== undefined && isAbsolute(given) ? given : join(homedir(), '.local', 'state'), 'memcg');
}

export interface Endpoint {
  readonly socket: string;
  readonly lock: string;
  /** What a server that went wrong has said. */
  readonly log: string;
}

/** Throws a SessionError. */
export function endpointOf(session: string): Endpoint {
  const folder = runtimeFolder();
  const socket = join(folder, `${session}.sock`);
  if (Buffer.byteLength(socket) > MAX_SOCKET_PATH) {
    throw new SessionError(
      'world',
      `${socket}: the path of a socket has ${MAX_SOCKET_PATH} bytes at most: set XDG_RUNTIME_DIR to a shorter folder`,
    );
  }
  return { socket, lock: join(folder, `${session}.lock`), log: join(folder, `${session}.log`) };
}

/** Names of all sessions that have a socket or a folder, in alphabetical order. */
export function sessionNames(): string[] {
  const names = new Set<string>();
  for (const name of entriesOf(runtimeFolder())) {
    if (name.endsWith('.sock')) names.add(name.slice(0, -'.sock'.length));
  }
  for (const name of entriesOf(stateFolder())) names.add(name);
  return [...names].filter((name) => sessionNameMistake(name) === null).sort();
}

/** A folder that belongs to this user and to nobody else. Throws a SessionError. */
export function ownFolder(folder: string): string {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code !== 'EEXIST') throw new SessionError('world', `${folder}: ${systemText(error)}`);
  }
  const stats = lstatSync(folder);
  const mistake = notOurs(stats);
  if (mistake !== null) {
    throw new SessionError(
      'world',
      `${folder} ${mistake}: move it away, or set XDG_RUNTIME_DIR to a folder of your own`,
    );
  }
  return folder;
}

function notOurs(stats: Stats): string | null {
  if (stats.isSymbolicLink()) return 'is a link';
  if (!stats.isDirectory()) return 'is not a folder';
  if (stats.uid !== user()) return 'belongs to another user';
  if ((stats.mode & 0o077) !== 0) return 'is open to other users';
  return null;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
    throw new SessionError('world', `XDG_RUNTIME_DIR: ${path}: ${systemText(error)}`);
  }
}

/** Empty where it can't be read. */
export function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
