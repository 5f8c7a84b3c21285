import { cgroupFiles } from './cgroup-files.ts';
import { extraFiles } from './extra-files.ts';
import { memoryFiles } from './memory-files.ts';
import type { Cgroup, Cgroupfs, ControlFile } from './types.ts';

/** What a cgroup's directory holds. */

/** More than any directory has: inode numbers of a directory's files follow its own. */
export const MAX_FILES = 32;

/** The control files of a directory in the order of a listing: the reverse of their registration, ours last. */
export function controlFiles(fs: Cgroupfs, cgroup: Cgroup): readonly ControlFile[] {
  // cgroup_clear_directory(): a removed directory that somebody holds open is empty.
  if (cgroup.removed) return [];
  const listings = fs.mm.wmarks ? WITH_WMARKS : WITHOUT_WMARKS;
  return listings[(cgroup.parent === null ? 2 : 0) + (fs.extras ? 1 : 0)];
}

/** Without and with our files, then the same of the root. */
const listingsOf = (wmarks: boolean): readonly (readonly ControlFile[])[] =>
  [false, true].flatMap((root) => {
    const registered = [...cgroupFiles(root), ...memoryFiles(wmarks)].reverse();
    return [registered, [...registered, ...extraFiles(wmarks)]];
  });

const WITH_WMARKS = listingsOf(true);
const WITHOUT_WMARKS = listingsOf(false);

/** The driver of a file that is open, whether or not its directory was removed since. */
export function driverOf(fs: Cgroupfs, cgroup: Cgroup, name: string): ControlFile | null {
  const all = [
    ...cgroupFiles(cgroup.parent === null),
    ...memoryFiles(fs.mm.wmarks),
    ...extraFiles(fs.mm.wmarks),
  ];
  return all.find((file) => file.name === name) ?? null;
}

/** Its place among the files that a directory could hold: the same for all directories. */
export function fileNumber(fs: Cgroupfs, name: string): number {
  const all = [...cgroupFiles(true), ...memoryFiles(true), ...extraFiles(fs.mm.wmarks)];
  return all.findIndex((file) => file.name === name);
}
