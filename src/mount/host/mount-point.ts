import { readdir, realpath, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isSystemError, systemText } from '../../script/script-files.ts';
import { mountedAt, OUR_TYPE } from './mount-table.ts';
import { detach, MountError } from './mounting.ts';

/**
 * The folder that is to be mounted on, from the name that the user gave: absolute and
 * without links. A dead mount of ours that is in the way is taken away. Throws a MountError.
 *
 * Not for a process that serves mounts: it would wait for itself.
 */
export async function preparedMountPoint(given: string): Promise<string> {
  const directory = await realDirectory(given);
  const mounted = mountedAt(directory);
  if (mounted !== null && (await isDead(directory))) {
    if (mounted.type !== OUR_TYPE)
      throw new MountError(
        `${given}: a dead mount of something else (${mounted.type}) is in the way: umount -l ${given}`,
      );
    await detach(directory);
  } else if (mounted?.type === OUR_TYPE) {
    throw new MountError(
      `${given}: session ${mounted.source} is mounted there already: memcg umount ${given} first`,
    );
  }
  const content = await orMountError(given, () => readdir(directory));
  if (content.length > 0)
    throw new MountError(`${given}: it is not empty, and would be hidden: mount on an empty folder`);
  return directory;
}

/** Absolute and without links, also where a dead mount is. Throws a MountError. */
export async function realDirectory(given: string): Promise<string> {
  const absolute = resolve(given);
  return orMountError(given, async () => {
    try {
      const found = await realpath(absolute);
      if (!(await stat(found)).isDirectory()) throw new MountError(`${given}: it is no folder`);
      return found;
    } catch (error) {
      if (!isUnserved(error)) throw error;
      return join(await realpath(dirname(absolute)), basename(absolute));
    }
  });
}

/** Nobody serves it any more. (What a folder is may still be remembered, so another question is asked.) */
export async function isDead(directory: string): Promise<boolean> {
  try {
    await statfs(directory);
    return false;
  } catch (error) {
    return isUnserved(error);
  }
}

const isUnserved = (error: unknown): boolean =>
  isSystemError(error) && (error.code === 'ENOTCONN' || error.code === 'ECONNABORTED');

async function orMountError<T>(given: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT')
      throw new MountError(`${given}: there is no such folder: make it first: mkdir ${given}`);
    throw new MountError(`${given}: ${systemText(error)}`);
  }
}
