import { type Refusal, type Result } from '../kernel/errno.ts';
import { type Access } from './fault-inject.ts';
import type { Cgroup, Cgroupfs, ControlFile, WriteAnswer, Writer } from './types.ts';
/** What a cgroup's directory holds. */
/** The control files of a directory, in the order of a listing. */
export declare function controlFiles(fs: Cgroupfs, cgroup: Cgroup): readonly ControlFile[];
/** The driver of a file that is open, whether or not its directory was removed since. */
export declare const driverOf: ({ controller, mm }: Cgroupfs, cgroup: Cgroup, name: string) => ControlFile | null;
/** Its place among the files that a directory could hold: the same for all directories. */
export declare const fileNumber: ({ controller, mm }: Cgroupfs, name: string) => number;
/** Where it is as of now. */
export declare const filePath: ({ memcg: { path } }: Cgroup, name: string) => string;
/** What an access is to fail with, by the faults that were set; null: nothing. */
export declare const faultOf: (fs: Cgroupfs, cgroup: Cgroup, name: string, access: Access) => Refusal | null;
/** cgroup_file_read(): EINVAL where there is no handler. */
export declare const readFile: (file: ControlFile, fs: Cgroupfs, cgroup: Cgroup) => Result<string>;
/** cgroup_file_write(), likewise; what meets a fault changes nothing. */
export declare const writeFile: (file: ControlFile, fs: Cgroupfs, cgroup: Cgroup, data: Uint8Array, writer: Writer) => WriteAnswer;
