import { type Result } from '../kernel/errno.ts';
import { type Cgroup, type Cgroupfs, type ControlFile, type Credentials } from './types.ts';
export interface Found {
    readonly cgroup: Cgroup;
    /** null: the directory itself. */
    readonly file: ControlFile | null;
}
/** The directory that a path's last name is in, or would be. */
export interface Place {
    readonly parent: Cgroup;
    /** '' when the path ends at the root, or in `.` or `..` (no LAST_NORM). */
    readonly name: string;
    /** What stands there already. */
    readonly found: Found | null;
    /** The path ends with a slash. */
    readonly slash: boolean;
}
/** Walks a path. ENOENT, ENOTDIR, ENAMETOOLONG, EACCES. */
export declare function lookup(fs: Cgroupfs, path: string, who?: Credentials): Result<Found>;
/** The cgroup at a path; ENOTDIR for a control file. */
export declare function lookupCgroup(fs: Cgroupfs, path: string, who?: Credentials): Result<Cgroup>;
/** LOOKUP_PARENT, then lookup_hash(): the last name needn't be there. */
export declare function placeOf(fs: Cgroupfs, path: string, who?: Credentials): Result<Place>;
/** lookup_create() and may_create(): EEXIST, ENOENT, EACCES. */
export declare function mayCreate(place: Place, path: string, directory: boolean, who: Credentials): Result<undefined>;
/** may_delete(): ENOENT, EACCES, EPERM, then ENOTDIR or EISDIR by what is wanted. */
export declare function mayDelete(fs: Cgroupfs, place: Place, directory: boolean, who: Credentials): Result<undefined>;
/** unlink(2): control files stay. */
export declare function unlink(fs: Cgroupfs, path: string, who: Credentials): Result<undefined>;
/** creat(2), and mknod(2) of a regular file: cgroupfs has no create(). */
export declare function create(fs: Cgroupfs, path: string, who: Credentials): Result<undefined>;
/** symlink(2), and mknod(2) of anything but a regular file. */
export declare function makeSpecial(fs: Cgroupfs, path: string, who: Credentials): Result<undefined>;
/** link(2) */
export declare function link(fs: Cgroupfs, from: string, to: string, who: Credentials): Result<undefined>;
