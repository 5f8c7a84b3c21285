import { type Refusal, type Result, refuse } from '../kernel/errno.ts';
import { type Access, shouldFail } from './fault-inject.ts';
import type { Cgroup, Cgroupfs, ControlFile, WriteAnswer, Writer } from './types.ts';

/** What a cgroup's directory holds. */

/** The control files of a directory, in the order of a listing. */
export function controlFiles(fs: Cgroupfs, cgroup: Cgroup): readonly ControlFile[] {
  // cgroup_clear_directory(): a removed directory that somebody holds open is empty.
  return cgroup.removed ? [] : fs.controller.files(fs.mm, cgroup.memcg, fs.extras);
}

/** The driver of a file that is open, whether or not its directory was removed since. */
export const driverOf = ({ controller, mm }: Cgroupfs, cgroup: Cgroup, name: string): ControlFile | null =>
  controller.files(mm, cgroup.memcg, true).find((file) => file.name === name) ?? null;

/** Its place among the files that a directory could hold: the same for all directories. */
export const fileNumber = ({ controller, mm }: Cgroupfs, name: string): number =>
  controller.allFiles(mm).findIndex((file) => file.name === name);

/** Where it is as of now. */
export const filePath = ({ memcg: { path } }: Cgroup, name: string): string =>
  path === '/' ? `/${name}` : `${path}/${name}`;

/** What an access is to fail with, by the faults that were set; null: nothing. */
export const faultOf = (fs: Cgroupfs, cgroup: Cgroup, name: string, access: Access): Refusal | null =>
  fs.faults.length === 0 ? null : shouldFail(fs.faults, filePath(cgroup, name), access);

/** cgroup_file_read(): EINVAL where there is no handler. */
export const readFile = (file: ControlFile, fs: Cgroupfs, cgroup: Cgroup): Result<string> =>
  file.read?.(fs, cgroup) ?? refuse('EINVAL', file.refusal ?? 'this file can only be written');

/** cgroup_file_write(), likewise; what meets a fault changes nothing. */
export const writeFile = (
  file: ControlFile,
  fs: Cgroupfs,
  cgroup: Cgroup,
  data: Uint8Array,
  writer: Writer,
): WriteAnswer =>
  faultOf(fs, cgroup, file.name, 'write') ??
  file.write?.(fs, cgroup, data, writer) ??
  refuse('EINVAL', file.refusal ?? 'this file is read only');
