import { type Result, refuse } from '../kernel/errno.ts';
import { extraFiles, memoryFiles } from '../linux-2.6.26/control-files.ts';
import { POLICIES, policyNamed } from '../linux-2.6.26/policy/names.ts';
import { RFC } from '../linux-2.6.26/policy/rfc.ts';
import { CGROUP_FILES } from './cgroup-files.ts';
import type { Cgroup, Cgroupfs, ControlFile, WriteAnswer, Writer } from './types.ts';

/** What a cgroup's directory holds. */

/** More than any directory has: inode numbers of a directory's files follow its own. */
export const MAX_FILES = 32;

/** The control files of a directory in the order of a listing: the reverse of their registration, ours last. */
export function controlFiles(fs: Cgroupfs, cgroup: Cgroup): readonly ControlFile[] {
  // cgroup_clear_directory(): a removed directory that somebody holds open is empty.
  return cgroup.removed ? [] : directoryOf(fs, cgroup)[fs.extras ? 'withExtras' : 'listed'];
}

/** The driver of a file that is open, whether or not its directory was removed since. */
export const driverOf = (fs: Cgroupfs, cgroup: Cgroup, name: string): ControlFile | null =>
  directoryOf(fs, cgroup).withExtras.find((file) => file.name === name) ?? null;

/** Its place among the files that a directory could hold: the same for all directories. */
export const fileNumber = (fs: Cgroupfs, name: string): number =>
  DIRECTORIES[fs.mm.policy].numbered.findIndex((file) => file.name === name);

/** cgroup_file_read(): EINVAL where there is no handler. */
export const readFile = (file: ControlFile, fs: Cgroupfs, cgroup: Cgroup): Result<string> =>
  file.read?.(fs, cgroup) ?? refuse('EINVAL', file.refusal ?? 'this file can only be written');

/** cgroup_file_write(), likewise. */
export const writeFile = (
  file: ControlFile,
  fs: Cgroupfs,
  cgroup: Cgroup,
  data: Uint8Array,
  writer: Writer,
): WriteAnswer =>
  file.write?.(fs, cgroup, data, writer) ?? refuse('EINVAL', file.refusal ?? 'this file is read only');

interface Directory {
  readonly listed: readonly ControlFile[];
  readonly withExtras: readonly ControlFile[];
}

const directoryOf = (fs: Cgroupfs, { parent }: Cgroup): Directory =>
  DIRECTORIES[fs.mm.policy][parent === null ? 'root' : 'below'];

function directory(name: string, place: 'root' | 'below'): Directory {
  const policy = policyNamed(name);
  const here = ({ where }: ControlFile): boolean => where === undefined || where === place;
  const listed = [...CGROUP_FILES, ...memoryFiles(policy)].filter(here).reverse();
  return { listed, withExtras: [...listed, ...extraFiles(policy).filter(here)] };
}

/** The numbers leave the marks of 3/4 their places, whether or not they are there. */
const numbered = (name: string): readonly ControlFile[] => {
  const policy = policyNamed(name);
  const memory = memoryFiles(RFC);
  const more = memoryFiles(policy).filter((file) => !memory.includes(file));
  return [...CGROUP_FILES, ...memory, ...extraFiles(policy), ...more];
};

/** By policy. */
const DIRECTORIES = Object.fromEntries(
  POLICIES.map((name) => [
    name,
    { root: directory(name, 'root'), below: directory(name, 'below'), numbered: numbered(name) },
  ]),
);
