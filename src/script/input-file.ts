import type { Stats } from 'node:fs';

/** The host's own files: asked of Node itself, because a test may have put a machine in the place of node:fs. */
const { closeSync, constants, fstatSync, openSync, readFileSync, statSync } =
  process.getBuiltinModule('node:fs');

/**
 * Files that are read because somebody named them: only regular ones. Whatever else has a name may keep its reader
 * waiting for ever, as a pipe does, or never end, as /dev/zero.
 */

/** Opens one for reading, and never waits. Throws what the file system throws, or the like for what is no regular file. */
export function openInput(path: string): number {
  // Looked at first: to open a device may do something to it.
  checkRegular(path, statSync(path));
  // What was put there meanwhile is not waited for.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    checkRegular(path, fstatSync(file));
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** All that is in one, if that is no more than `most` bytes. Throws as openInput() does. */
export function readInput(path: string, most = Infinity): Buffer {
  const file = openInput(path);
  try {
    const { size } = fstatSync(file);
    if (size > most) throw fault(path, 'EFBIG', `it has ${size} bytes, and ${most} are read at most`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function checkRegular(path: string, stats: Stats): void {
  if (stats.isDirectory()) throw fault(path, 'EISDIR', 'illegal operation on a directory');
  if (stats.isFile()) return;
  const kind = stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device';
  throw fault(path, 'EINVAL', `this is ${kind}, and only a regular file is read here`);
}

/** Worded as Node words what the system says. */
export const fault = (path: string, code: string, text: string): Error =>
  Object.assign(new Error(`${code}: ${text}, open '${path}'`), { code, syscall: 'open', path });
