import type { Cgroup, Cgroupfs } from './types.ts';
export interface DirectoryEntry {
    readonly name: string;
    readonly ino: number;
    readonly directory: boolean;
}
/** A directory's entries in the kernel's order: `.` and `..`, sub-directories newest first, then the files. */
export declare function directoryEntries(fs: Cgroupfs, cgroup: Cgroup): DirectoryEntry[];
