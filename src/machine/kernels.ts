import { cgroupFiles } from '../fs/cgroup-files.ts';
import type { ControlFile, Controller } from '../fs/types.ts';
import { CONTROLLER } from '../linux-2.6.26/controller.ts';
import * as errata from '../linux-2.6.26/errata.ts';
import { extraFiles } from '../linux-2.6.26/files/extra-files.ts';
import { memoryFiles } from '../linux-2.6.26/files/memory-files.ts';
import { allPolicyFiles } from '../linux-2.6.26/files/policy-files.ts';
import * as kernel from '../linux-2.6.26/kernel.ts';
import * as policies from '../linux-2.6.26/policy/names.ts';
import * as counter from '../linux-2.6.26/res-counter.ts';
import type * as types from '../linux-2.6.26/types.ts';
import type { Kernel } from '../mm/kernel.ts';

/** The kernels that a machine can run, each in a folder of its name: nobody else imports from there. */

/** What a machine is bound to at boot and at a load. */
export interface Bound {
  readonly kernel: Kernel;
  readonly controller: Controller;
  /** The state that it keeps beside what every kernel does. */
  newOwn(options: KernelOptions): object;
}

export type KernelName = 'linux-2.6.26';
export type KernelOptions = types.KernelOptions;

export const KERNELS: Readonly<Record<KernelName, Bound>> = {
  'linux-2.6.26': { kernel: kernel.KERNEL, controller: CONTROLLER, newOwn: kernel.newOwn },
};

export const ERRATA = errata.ERRATA;
export const ERRATA_SETS = errata.ERRATA_SETS;
export type Erratum = errata.Erratum;

export const policyOf = kernel.policyOf;
export const POLICIES = policies.POLICIES;
export type PolicyName = policies.PolicyName;

/** The control files of a machine that nothing else is said about. */
export const USUAL_FILES: readonly ControlFile[] = [
  ...memoryFiles(true),
  ...cgroupFiles(true),
  ...extraFiles(true),
];
/** Those of every policy, each once. */
export const POLICY_FILES: readonly ControlFile[] = allPolicyFiles();

/** The marks of a cgroup, for who asks what the kernel would make of one before it is written. */
export const RES_MAX = counter.RES_MAX;
export const newResCounter = counter.newResCounter;
export const setMark = counter.setMark;
export type ResCounter = counter.ResCounter;
export type Mark = counter.Mark;
