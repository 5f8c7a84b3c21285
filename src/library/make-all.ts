import { dirname } from 'node:path/posix';
import { S_IFDIR } from '../fs/inode.ts';
import type { Errno } from '../machine/machine.ts';
import type { Calls } from './calls.ts';
import { codeOf, errnoException } from './errors.ts';

/** mkdir with `recursive`, as Node goes about it: the path itself first. Answers the first directory made. */
export function makeAll(calls: Calls, path: string, mode: number): string | undefined {
  const toMake = [calls.mount.absolute(path)];
  let first: string | undefined;
  for (let next = toMake.pop(); next !== undefined; next = toMake.pop()) {
    const errno = tried(calls, next, mode);
    if (errno === null) first ??= next;
    else if (errno === 'ENOENT' && next !== '/') toMake.push(next, dirname(next));
    else if (errno !== 'EEXIST') throw errnoException({ errno, why: '' }, 'mkdir', path);
    else if ((calls.stat(next, 'mkdir').mode & S_IFDIR) === 0) {
      const inTheWay = toMake.length > 0 ? 'ENOTDIR' : 'EEXIST';
      throw errnoException({ errno: inTheWay, why: `${next} is a file` }, 'mkdir', path);
    }
  }
  return first;
}

function tried(calls: Calls, path: string, mode: number): Errno | null {
  try {
    calls.mkdir(path, mode);
    return null;
  } catch (error) {
    const errno = codeOf(error);
    if (errno === null) throw error;
    return errno;
  }
}
