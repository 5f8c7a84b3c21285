import type { ControlFile, Controller, ValueKind } from '../fs/types.ts';
import * as files from '../linux-2.6.26/control-files.ts';
import { CONTROLLER } from '../linux-2.6.26/controller.ts';
import * as errata from '../linux-2.6.26/errata.ts';
import * as kernel from '../linux-2.6.26/kernel.ts';
import * as policies26 from '../linux-2.6.26/policies.ts';
import * as counter from '../linux-2.6.26/res-counter.ts';
import * as files61 from '../linux-6.1/controller.ts';
import * as kernel61 from '../linux-6.1/kernel.ts';
import * as policies61 from '../linux-6.1/policies.ts';
import type { FigureNames } from '../mm/figures.ts';
import type { Kernel } from '../mm/kernel.ts';
import type { Card } from '../policy/card.ts';

/** The kernels that a machine can run, each in a folder of its name: nobody else imports from there. */

export interface KernelFolder {
  /** The state that it keeps beside what every kernel does. */
  newOwn(options: KernelOptions & MachineSize): object;
  /** What a machine with that state is bound to, at boot and at a load. */
  bind(own: object): Kernel;
  readonly controller: Controller;
  /** Lists that a cgroup has on a node, and whether shadow entries have an age: see MmState. */
  readonly lists: number;
  readonly workingset: boolean;
  readonly hierarchy: Hierarchy;
  /** What a tree of cgroups shows, and the files that say so. */
  readonly treeColumns: Readonly<Record<string, string>>;
  /** The cards of who can reclaim in the background, and the name of who does on a machine with these options. */
  readonly policies: readonly NamedPolicy[];
  policyIn(options: Partial<KernelOptions>): PolicyName;
  /** What it calls the figures that people are shown. */
  figureNames(options: Partial<KernelOptions>): FigureNames;
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
  readonly psi: boolean;
}

/** As people name them. */
export type KernelVersion = '2.6.26' | '6.1';
export type KernelName = `linux-${KernelVersion}`;
export const KERNEL_VERSIONS: readonly KernelVersion[] = ['2.6.26', '6.1'];
export const kernelNamed = (version: KernelVersion): KernelName => `linux-${version}`;

/** What it is booted with. */
export interface KernelOptions extends Omit<kernel.KernelOptions, 'policy'> {
  readonly kernel: KernelVersion;
  /** Who reclaims in the background. */
  readonly policy: PolicyName;
}

export const KERNELS: Readonly<Record<KernelName, KernelFolder>> = {
  'linux-2.6.26': {
    newOwn: kernel.newOwn,
    bind: kernel.bind,
    controller: CONTROLLER,
    lists: 2,
    workingset: false,
    hierarchy: { directory: '/sys/fs/cgroup/memory', type: 'cgroup', options: ',memory' },
    treeColumns: {
      USAGE: 'memory.usage_in_bytes',
      STOP: 'memory.low_wmark_in_bytes',
      START: 'memory.high_wmark_in_bytes',
      LIMIT: 'memory.limit_in_bytes',
    },
    policies: policies26.policies,
    policyIn: kernel.policyIn,
    figureNames: kernel.figureNames,
  },
  'linux-6.1': {
    newOwn: kernel61.newOwn,
    bind: kernel61.bind,
    controller: files61.CONTROLLER,
    lists: 4,
    workingset: true,
    hierarchy: { directory: '/sys/fs/cgroup', type: 'cgroup2', options: '' },
    treeColumns: { USAGE: 'memory.current', LOW: 'memory.low', HIGH: 'memory.high', MAX: 'memory.max' },
    policies: policies61.policies,
    policyIn: ({ policy = 'none' }) => policy,
    figureNames: ({ policy = 'none' }) => kernel61.figureNames(policy),
  },
};

const folderOf = ({ kernel: version = '2.6.26' }: Partial<KernelOptions>): KernelFolder =>
  KERNELS[kernelNamed(version)];

export const ABOUT_ERRATA = errata.ABOUT_ERRATA;
export const ERRATA = errata.ERRATA;
export const ERRATA_SETS = errata.ERRATA_SETS;
export type Erratum = errata.Erratum;

export type PolicyName = (typeof policies26.policies | typeof policies61.policies)[number]['name'];
/** A policy's card, for those who tell of it. */
export type Policy = Card;
type NamedPolicy = Policy & { readonly name: PolicyName };

const CARDS: readonly NamedPolicy[] = Object.values(KERNELS).flatMap(({ policies }) => policies);
/** The names of 2.6.26's policies, and of all kernels'. */
export const POLICIES: readonly PolicyName[] = policies26.policies.map(({ name }) => name);
export const ALL_POLICIES: readonly PolicyName[] = [...new Set(CARDS.map(({ name }) => name))];
/** The policy of that name, on whichever kernel it runs; undefined: there is none. */
export const findPolicy = (name: string): Policy | undefined => CARDS.find((card) => card.name === name);
/** The cards of a kernel. */
export const policiesOf = (kernel: KernelVersion): readonly NamedPolicy[] =>
  KERNELS[kernelNamed(kernel)].policies;
/** Its card on that kernel. */
export function policyNamed(name: string, kernel: KernelVersion = '2.6.26'): NamedPolicy {
  const card = KERNELS[kernelNamed(kernel)].policies.find((each) => each.name === name);
  if (card === undefined) throw new Error(`${kernel} has no policy ${name}`);
  return card;
}
/** It has a mark for where it starts, and none for where it stops. */
export function hasOneMark(policy: string, kernel: KernelVersion): boolean {
  const { start, stop } = policyNamed(policy, kernel);
  return start !== null && stop === null;
}
/** The card of who reclaims on a machine with these options. */
export const cardOf = (options: Partial<KernelOptions>): Policy =>
  policyNamed(policyIn(options), options.kernel);
/** Who reclaims in the background. */
export const policyIn = (options: Partial<KernelOptions>): PolicyName => folderOf(options).policyIn(options);
/** The kernels that a policy runs on. */
export const kernelsWith = (policy: string): readonly KernelVersion[] =>
  KERNEL_VERSIONS.filter((kernel) =>
    KERNELS[kernelNamed(kernel)].policies.some(({ name }) => name === policy),
  );
/** The rule that is broken by this policy on this kernel, in one sentence; null: none. */
export function policyMistake(policy: PolicyName, kernel: KernelVersion): string | null {
  const here = KERNELS[kernelNamed(kernel)].policies.map(({ name }) => name);
  if (here.includes(policy)) return null;
  return `policy=${policy} runs on ${kernelsWith(policy).join(' and ')}, and not on ${kernel}: there it is ${here.join(', ')}`;
}
export const hierarchyOf = (kernel: KernelVersion): Hierarchy => KERNELS[kernelNamed(kernel)].hierarchy;
export const treeColumnsOf = (kernel: KernelVersion): KernelFolder['treeColumns'] =>
  KERNELS[kernelNamed(kernel)].treeColumns;
export const figureNamesIn = (options: Partial<KernelOptions>): FigureNames =>
  folderOf(options).figureNames(options);
export type { Application, Form, Knob, MarkName, WantedMarks } from '../policy/card.ts';

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
