import { type Result } from '../kernel/errno.ts';
import type { Mm } from '../mm/kernel.ts';
import { type Cgroup, type Cgroupfs, type Controller, type Credentials } from './types.ts';
/** Making, removing and renaming the directories of the cgroup filesystem: kernel/cgroup.c. */
/** A mounted filesystem with its root; the root's memory cgroup must be the first that is made. */
export declare function newCgroupfs(mm: Mm, controller: Controller, extras: boolean): Cgroupfs;
/** mkdir(2); `mode` is cut by the caller's umask. It is the caller's unless `owner` says whose. */
export declare function mkdir(fs: Cgroupfs, path: string, mode?: number, who?: Credentials, owner?: Pick<Credentials, 'uid' | 'gid'>): Result<undefined>;
/** The checks of rmdir(2) and cgroup_rmdir() before anything is done. */
export declare function mayRmdir(fs: Cgroupfs, path: string, who?: Credentials): Result<Cgroup>;
/** The end of cgroup_rmdir(): the reclaimer has ended and the group is empty. */
export declare function finishRmdir(fs: Cgroupfs, cgroup: Cgroup): Result<undefined>;
/** Within its parent only: onto another EEXIST, to another parent EIO, a file ENOTDIR. */
export declare function rename(fs: Cgroupfs, from: string, to: string, who?: Credentials): Result<undefined>;
