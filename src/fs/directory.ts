import { extraFiles } from '../linux-2.6.26/files/extra-files.ts';
import { memoryFiles } from '../linux-2.6.26/files/memory-files.ts';
import { policyFiles } from '../linux-2.6.26/files/policy-files.ts';
import type { PolicyName } from '../linux-2.6.26/policy/names.ts';
import { cgroupFiles } from './cgroup-files.ts';
import type { Cgroup, Cgroupfs, ControlFile } from './types.ts';

/** What a cgroup's directory holds. */

/** More than any directory has: inode numbers of a directory's files follow its own. */
export const MAX_FILES = 32;

/** The control files of a directory in the order of a listing: the reverse of their registration, ours last. */
export function controlFiles(fs: Cgroupfs, cgroup: Cgroup): readonly ControlFile[] {
  // cgroup_clear_directory(): a removed directory that somebody holds open is empty.
  if (cgroup.removed) return [];
  return LISTINGS[fs.mm.policy][(cgroup.parent === null ? 2 : 0) + (fs.extras ? 1 : 0)];
}

/** Without and with our files, then the same of the root. */
const listingsOf = (policy: PolicyName): readonly (readonly ControlFile[])[] =>
  [false, true].flatMap((root) => {
    const wmarks = policy === 'rfc';
    const registered = [...cgroupFiles(root), ...memoryFiles(wmarks), ...policyFiles(policy, root)].reverse();
    return [registered, [...registered, ...extraFiles(wmarks)]];
  });

const LISTINGS: Readonly<Record<PolicyName, readonly (readonly ControlFile[])[]>> = {
  rfc: listingsOf('rfc'),
  none: listingsOf('none'),
  alinux: listingsOf('alinux'),
  kswapd2011: listingsOf('kswapd2011'),
  'memory.high': listingsOf('memory.high'),
  'reclaim-loop': listingsOf('reclaim-loop'),
};

/** The driver of a file that is open, whether or not its directory was removed since. */
export function driverOf(fs: Cgroupfs, cgroup: Cgroup, name: string): ControlFile | null {
  const all = [
    ...cgroupFiles(cgroup.parent === null),
    ...memoryFiles(fs.mm.wmarks),
    ...extraFiles(fs.mm.wmarks),
    ...policyFiles(fs.mm.policy, cgroup.parent === null),
  ];
  return all.find((file) => file.name === name) ?? null;
}

/** Its place among the files that a directory could hold: the same for all directories. */
export function fileNumber(fs: Cgroupfs, name: string): number {
  const { wmarks, policy } = fs.mm;
  const all = [
    ...cgroupFiles(true),
    ...memoryFiles(true),
    ...extraFiles(wmarks),
    ...policyFiles(policy, false),
  ];
  return all.findIndex((file) => file.name === name);
}
