import { controlFiles } from './directory.ts';
import { inodeOf } from './inode.ts';
import type { Cgroup, Cgroupfs } from './types.ts';

export interface DirectoryEntry {
  readonly name: string;
  readonly ino: number;
  readonly directory: boolean;
}

/** A directory's entries in the kernel's order: `.` and `..`, sub-directories newest first, then the files. */
export function directoryEntries(fs: Cgroupfs, cgroup: Cgroup): DirectoryEntry[] {
  const parent = cgroup.parent ?? cgroup;
  return [
    { name: '.', ino: cgroup.inode.ino, directory: true },
    { name: '..', ino: parent.inode.ino, directory: true },
    ...cgroup.children.map(({ name, inode }) => ({ name, ino: inode.ino, directory: true })),
    ...controlFiles(fs, cgroup).map(({ name }) => ({
      name,
      ino: inodeOf(fs, cgroup, name).ino,
      directory: false,
    })),
  ];
}
