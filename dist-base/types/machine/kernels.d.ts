import type { ControlFile, Controller, ValueKind } from '../fs/types.ts';
import * as errata from '../linux-2.6.26/errata.ts';
import * as kernel from '../linux-2.6.26/kernel.ts';
import * as names from '../linux-2.6.26/policy/names.ts';
import type * as policy from '../linux-2.6.26/policy/policy.ts';
import * as counter from '../linux-2.6.26/res-counter.ts';
import type { FigureNames } from '../mm/figures.ts';
import type { Kernel } from '../mm/kernel.ts';
/** The kernels that a machine can run, each in a folder of its name: nobody else imports from there. */
export interface KernelFolder {
    /** The state that it keeps beside what every kernel does. */
    newOwn(options: KernelOptions & MachineSize): object;
    /** What a machine with that state is bound to, at boot and at a load. */
    bind(own: object): Kernel;
    readonly controller: Controller;
    /** Lists that a cgroup has on a node, and whether shadow entries have an age: see MmState. */
    readonly lists: number;
    readonly shadowAges: boolean;
    /** Of cgroups. */
    readonly version: 1 | 2;
    /** Who can reclaim in the background, and who does on a machine with these options. */
    readonly policies: readonly PolicyName[];
    policyIn(options: Partial<KernelOptions>): PolicyName;
    /** What it calls the figures that people are shown. */
    figureNames(options: Partial<KernelOptions>): FigureNames;
    /** The script of fixtures/ that its machines run first; null: as their policy says. */
    readonly boot: string | null;
}
interface MachineSize {
    readonly cpus: number;
    readonly swap: number;
}
/** As people name them. */
export type KernelVersion = '2.6.26' | '6.1';
export type KernelName = `linux-${KernelVersion}`;
export declare const KERNEL_VERSIONS: readonly KernelVersion[];
export declare const kernelNamed: (version: KernelVersion) => KernelName;
/** What it is booted with. */
export interface KernelOptions extends kernel.KernelOptions {
    readonly kernel: KernelVersion;
}
export declare const KERNELS: Readonly<Record<KernelName, KernelFolder>>;
export declare const ERRATA: readonly ["charge-fallthrough", "force-empty-inverted", "force-empty-ref-leak", "state-never-over-limit", "best-node-forgotten"];
export declare const ERRATA_SETS: Readonly<Record<string, readonly ("best-node-forgotten" | "charge-fallthrough" | "force-empty-inverted" | "force-empty-ref-leak" | "state-never-over-limit")[]>>;
export type Erratum = errata.Erratum;
/** The policies' cards, for those who tell of them. */
export declare const POLICIES: readonly ("alinux" | "kswapd2011" | "memory.high" | "none" | "reclaim-loop" | "rfc")[];
export declare const findPolicy: typeof names.findPolicy;
export declare const policyNamed: typeof names.policyNamed;
/** Who reclaims in the background. */
export declare const policyIn: (options: Partial<KernelOptions>) => PolicyName;
/** The rule that is broken by this policy on this kernel, in one sentence; null: none. */
export declare function policyMistake(policy: PolicyName, kernel: KernelVersion): string | null;
export declare const cgroupVersionOf: (kernel: KernelVersion) => KernelFolder['version'];
export declare const figureNamesIn: (options: Partial<KernelOptions>) => FigureNames;
export type PolicyName = names.PolicyName;
export type Policy = policy.Policy;
export type MarkName = policy.MarkName;
export type Application = policy.Application;
export type Knob = policy.Knob;
/** The control files' entries: of a machine that nothing else is said about, and all, 2.6.26's where both kernels have the name. */
export declare const USUAL_FILES: readonly ControlFile<import("../mm/kernel.ts").Mm, import("../mm/types.ts").MemCgroup>[];
export declare const CONTROL_FILES: readonly ControlFile[];
/** The control file of that full name, whichever machine has it. */
export declare const controlFileNamed: (name: string) => ControlFile | undefined;
/** What a value is, by the full name of its file or the name of its line. */
export declare const kindOf: (name: string) => ValueKind | undefined;
/** A cgroup's marks, for who asks what the kernel would make of one before it is written. */
export declare const newResCounter: typeof counter.newResCounter;
export declare const setMark: typeof counter.setMark;
export type ResCounter = counter.ResCounter;
export type Mark = counter.Mark;
export {};
