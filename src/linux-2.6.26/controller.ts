import { cgroupFiles } from '../fs/cgroup-files.ts';
import type * as fs from '../fs/types.ts';
import { refuse } from '../kernel/errno.ts';
import { extraFiles } from './files/extra-files.ts';
import { memoryFiles } from './files/memory-files.ts';
import { policyFiles } from './files/policy-files.ts';
import { memCgroupCreate } from './memcontrol.ts';
import { POLICIES, type PolicyName } from './policy/names.ts';
import { newPolicyState } from './policy/policy.ts';
import type { MemCgroup, Mm } from './types.ts';

/** mem_cgroup_subsys: the directories and control files that this kernel's memory controller has. */
export const CONTROLLER: fs.Controller = {
  create: (mm: Mm, path: string, parent: MemCgroup | null) =>
    memCgroupCreate(mm, path, newPolicyState(mm.own.policy, parent?.policy ?? null)),

  holdsBack: ({ leakedRefs }: MemCgroup) =>
    leakedRefs > 0 ? refuse('EBUSY', 'a reference is short since a refused force_empty (erratum)') : null,

  files: ({ own: { policy } }: Mm, root, extras) => LISTINGS[policy][(root ? 2 : 0) + (extras ? 1 : 0)],

  allFiles: ({ own: { policy, wmarks } }: Mm) => [
    ...cgroupFiles(true),
    ...memoryFiles(true),
    ...extraFiles(wmarks),
    ...policyFiles(policy, false),
  ],
};

/** Without and with the files that we add, which come last, then the same of the root: the reverse of their registration. */
function listingsOf(policy: PolicyName): readonly (readonly fs.ControlFile[])[] {
  const wmarks = policy === 'rfc';
  return [false, true].flatMap((root) => {
    const registered = [...cgroupFiles(root), ...memoryFiles(wmarks), ...policyFiles(policy, root)].reverse();
    return [registered, [...registered, ...extraFiles(wmarks)]];
  });
}

const LISTINGS = Object.fromEntries(POLICIES.map((policy) => [policy, listingsOf(policy)])) as Readonly<
  Record<PolicyName, ReturnType<typeof listingsOf>>
>;
