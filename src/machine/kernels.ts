import type { Controller } from '../fs/types.ts';
import * as files from '../linux-2.6.26/control-files.ts';
import { CONTROLLER } from '../linux-2.6.26/controller.ts';
import * as errata from '../linux-2.6.26/errata.ts';
import * as kernel from '../linux-2.6.26/kernel.ts';
import * as names from '../linux-2.6.26/policy/names.ts';
import type * as policy from '../linux-2.6.26/policy/policy.ts';
import * as counter from '../linux-2.6.26/res-counter.ts';
import type { Kernel } from '../mm/kernel.ts';

/** The kernels that a machine can run, each in a folder of its name: nobody else imports from there. */

export interface KernelFolder {
  /** The state that it keeps beside what every kernel does. */
  newOwn(options: KernelOptions): object;
  /** What a machine with that state is bound to, at boot and at a load. */
  bind(own: object): Kernel;
  readonly controller: Controller;
}

export type KernelName = 'linux-2.6.26';
export type KernelOptions = kernel.KernelOptions;

export const KERNELS: Readonly<Record<KernelName, KernelFolder>> = {
  'linux-2.6.26': { newOwn: kernel.newOwn, bind: kernel.bind, controller: CONTROLLER },
};

export const ERRATA = errata.ERRATA;
export const ERRATA_SETS = errata.ERRATA_SETS;
export type Erratum = errata.Erratum;

/** The policies' cards, for those who tell of them. */
export const POLICIES = names.POLICIES;
export const findPolicy = names.findPolicy;
export const policyNamed = names.policyNamed;
export const policyIn = kernel.policyIn;
export type PolicyName = names.PolicyName;
export type Policy = policy.Policy;
export type MarkName = policy.MarkName;
export type Application = policy.Application;
export type Knob = policy.Knob;

/** The control files' entries. */
export const USUAL_FILES = files.USUAL_FILES;
export const CONTROL_FILES = files.CONTROL_FILES;
export const controlFileNamed = files.controlFileNamed;
export const kindOf = files.kindOf;

/** A cgroup's marks, for who asks what the kernel would make of one before it is written. */
export const newResCounter = counter.newResCounter;
export const setMark = counter.setMark;
export type ResCounter = counter.ResCounter;
export type Mark = counter.Mark;
