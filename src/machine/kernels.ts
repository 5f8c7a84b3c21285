import type { ControlFile, Controller, ValueKind } from '../fs/types.ts';
import * as files from '../linux-2.6.26/control-files.ts';
import { CONTROLLER } from '../linux-2.6.26/controller.ts';
import * as errata from '../linux-2.6.26/errata.ts';
import * as kernel from '../linux-2.6.26/kernel.ts';
import * as names from '../linux-2.6.26/policy/names.ts';
import type * as policy from '../linux-2.6.26/policy/policy.ts';
import * as counter from '../linux-2.6.26/res-counter.ts';
import * as files61 from '../linux-6.1/controller.ts';
import * as kernel61 from '../linux-6.1/kernel.ts';
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
  readonly hierarchy: Hierarchy;
  /** What a tree of cgroups shows, and the files that say so. */
  readonly treeColumns: Readonly<Record<string, string>>;
  /** Who can reclaim in the background, and who does on a machine with these options. */
  readonly policies: readonly PolicyName[];
  policyIn(options: Partial<KernelOptions>): PolicyName;
  /** What it calls the figures that people are shown. */
  figureNames(options: Partial<KernelOptions>): FigureNames;
  /** The script of fixtures/ that its machines run first; null: as their policy says. */
  readonly boot: string | null;
}

/** Of cgroups: where every system has it mounted, and how /proc/mounts has it. */
export interface Hierarchy {
  readonly directory: string;
  readonly type: 'cgroup' | 'cgroup2';
  readonly options: string;
}

interface MachineSize {
  readonly cpus: number;
  readonly swap: number;
}

/** As people name them. */
export type KernelVersion = '2.6.26' | '6.1';
export type KernelName = `linux-${KernelVersion}`;
export const KERNEL_VERSIONS: readonly KernelVersion[] = ['2.6.26', '6.1'];
export const kernelNamed = (version: KernelVersion): KernelName => `linux-${version}`;

/** What it is booted with. */
export interface KernelOptions extends kernel.KernelOptions {
  readonly kernel: KernelVersion;
}

export const KERNELS: Readonly<Record<KernelName, KernelFolder>> = {
  'linux-2.6.26': {
    newOwn: kernel.newOwn,
    bind: kernel.bind,
    controller: CONTROLLER,
    lists: 2,
    shadowAges: false,
    hierarchy: { directory: '/sys/fs/cgroup/memory', type: 'cgroup', options: ',memory' },
    treeColumns: {
      USAGE: 'memory.usage_in_bytes',
      LOW: 'memory.low_wmark_in_bytes',
      HIGH: 'memory.high_wmark_in_bytes',
      LIMIT: 'memory.limit_in_bytes',
    },
    policies: names.POLICIES,
    policyIn: kernel.policyIn,
    figureNames: kernel.figureNames,
    boot: null,
  },
  'linux-6.1': {
    newOwn: kernel61.newOwn,
    bind: () => kernel61.KERNEL,
    controller: files61.CONTROLLER,
    lists: 4,
    shadowAges: true,
    hierarchy: { directory: '/sys/fs/cgroup', type: 'cgroup2', options: '' },
    treeColumns: { USAGE: 'memory.current', LOW: 'memory.low', HIGH: 'memory.high', MAX: 'memory.max' },
    policies: ['none'],
    policyIn: () => 'none',
    figureNames: () => kernel61.FIGURE_NAMES,
    boot: 'boot-linux-6.1.memcg',
  },
};

const folderOf = ({ kernel: version = '2.6.26' }: Partial<KernelOptions>): KernelFolder =>
  KERNELS[kernelNamed(version)];

export const ABOUT_ERRATA = errata.ABOUT_ERRATA;
export const ERRATA = errata.ERRATA;
export const ERRATA_SETS = errata.ERRATA_SETS;
export type Erratum = errata.Erratum;

/** The policies' cards, for those who tell of them. */
export const POLICIES = names.POLICIES;
export const findPolicy = names.findPolicy;
export const policyNamed = names.policyNamed;
/** Who reclaims in the background. */
export const policyIn = (options: Partial<KernelOptions>): PolicyName => folderOf(options).policyIn(options);
/** The rule that is broken by this policy on this kernel, in one sentence; null: none. */
export function policyMistake(policy: PolicyName, kernel: KernelVersion): string | null {
  const { policies } = KERNELS[kernelNamed(kernel)];
  return policies.includes(policy)
    ? null
    : `policy=${policy} does not run on ${kernel} yet: what does is policy=${policies.join(', ')}`;
}
export const hierarchyOf = (kernel: KernelVersion): Hierarchy => KERNELS[kernelNamed(kernel)].hierarchy;
export const treeColumnsOf = (kernel: KernelVersion): KernelFolder['treeColumns'] =>
  KERNELS[kernelNamed(kernel)].treeColumns;
export const figureNamesIn = (options: Partial<KernelOptions>): FigureNames =>
  folderOf(options).figureNames(options);
export type PolicyName = names.PolicyName;
export type Policy = policy.Policy;
export type MarkName = policy.MarkName;
export type Application = policy.Application;
export type Knob = policy.Knob;

/** The control files' entries: of a machine that nothing else is said about, and all, 2.6.26's where both kernels have the name. */
export const USUAL_FILES = files.USUAL_FILES;
export const CONTROL_FILES: readonly ControlFile[] = [
  ...files.CONTROL_FILES,
  ...files61.CONTROL_FILES.filter(({ name }) => !files.CONTROL_FILES.some((file) => file.name === name)),
];
/** All that the cgroups of a kernel can have. */
export const FILES_OF: Readonly<Record<KernelVersion, readonly ControlFile[]>> = {
  '2.6.26': files.CONTROL_FILES,
  '6.1': files61.CONTROL_FILES,
};
const BY_NAME: ReadonlyMap<string, ControlFile> = new Map(CONTROL_FILES.map((file) => [file.name, file]));
/** The control file of that full name, whichever machine has it. */
export const controlFileNamed = (name: string): ControlFile | undefined => BY_NAME.get(name);

const KINDS: ReadonlyMap<string, ValueKind> = new Map(
  [...files61.CONTROL_FILES, ...files.CONTROL_FILES].flatMap(({ name, kind, lines = {} }) => [
    [name, kind] as const,
    ...Object.entries(lines),
  ]),
);
/** What a value is, by the full name of its file or the name of its line. */
export const kindOf = (name: string): ValueKind | undefined => KINDS.get(name);

/** A cgroup's marks, for who asks what the kernel would make of one before it is written. */
export const newResCounter = counter.newResCounter;
export const setMark = counter.setMark;
export type ResCounter = counter.ResCounter;
export type Mark = counter.Mark;
