import { type Stat } from '../fs/inode.ts';
import { type DirectoryEntry } from '../fs/readdir.ts';
import type { Cgroup, Handle } from '../fs/types.ts';
import { type Result } from '../kernel/errno.ts';
import type { MachineState } from './state.ts';
/** A directory or a control file that somebody keeps hold of, over renames and after its end. */
export interface Dentry {
    readonly cgroup: Cgroup;
    /** Name of the control file; null: the directory. */
    readonly file: string | null;
}
/**
 * The cgroup filesystem entry by entry: what a mount asks, whose kernel walks the paths and
 * checks the permissions. It only looks: whatever changes the machine is an operation.
 */
export declare class Dentries {
    #private;
    constructor(state: MachineState);
    get root(): Dentry;
    /** null: there is none of that name. */
    lookup({ cgroup }: Dentry, name: string): Dentry | null;
    stat({ cgroup, file }: Dentry): Stat;
    /** Absolute, as of now; null: it was removed. */
    path({ cgroup, file }: Dentry): string | null;
    /** A directory's entries in the kernel's order, `.` and `..` first. */
    list({ cgroup }: Dentry): DirectoryEntry[];
    /** ENOENT when the cgroup was removed: no name leads there any more (recorded). */
    open({ cgroup, file }: Dentry, readable: boolean, writable: boolean): Result<Handle>;
    /** read(2) whose offset the caller keeps. At most `count` bytes; none at the end. */
    read(open: Handle, count: number, offset: number): Result<Uint8Array>;
    /** What write(2) answers for an open file of a cgroup that was removed. */
    refusalOfRemoved({ cgroup, file }: Handle): 'ENODEV' | 'EINVAL';
}
