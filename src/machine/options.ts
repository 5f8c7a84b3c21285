import { bytesOf, type Pages, pages } from '../kernel/units.ts';
import { type Costs, DEFAULT_COSTS } from '../mm/costs.ts';
import { MAX_NODES } from '../mm/page-flags.ts';
import { KERNEL_VERSIONS, type KernelOptions, policyIn, policyMistake } from './kernels.ts';

/** What a machine is made of; it does not change while it runs. */
export interface MachineOptions extends KernelOptions {
  readonly cpus: number;
  readonly memory: Pages;
  readonly swap: Pages;
  /** NUMA nodes; memory and tasks are spread over them. */
  readonly nodes: number;
  /** Of the machine's random numbers, uint32. */
  readonly seed: number;
  /** Pressure stall information, of a kernel that has it. */
  readonly psi: boolean;
  /** The files that this project adds. */
  readonly extras: boolean;
  /** Overrides of single costs, ns. */
  readonly costs: Partial<Costs>;
}

export const DEFAULT_OPTIONS: MachineOptions = {
  cpus: 2,
  memory: pages(262_144),
  swap: pages(0),
  nodes: 1,
  seed: 1,
  kernel: '2.6.26',
  policy: 'rfc',
  wmarks: true,
  psi: true,
  extras: true,
  reclaimd: true,
  errata: [],
  costs: {},
};

/** All of them, where some are given: who reclaims in the background is the kernel's own, if nobody says who. */
export const allOptions = (options: Partial<MachineOptions>): MachineOptions => ({
  ...DEFAULT_OPTIONS,
  policy: policyIn({ kernel: options.kernel ?? DEFAULT_OPTIONS.kernel }),
  ...options,
});

/** 256 GiB: what is known of so many pages fits the page core's 4 GiB, and as much of files beyond. */
const MAX_MEMORY = 2 ** 26;
/** 4 TiB. */
const MAX_SWAP = 2 ** 30;
const MIN_MEMORY = 256;
const MAX_CPUS = 64;

/** The rule that these options break, in one sentence; null when they are sound. */
export function optionMistake(options: MachineOptions): string | null {
  const { cpus, memory, swap, nodes, seed, kernel, policy } = options;
  if (!Number.isInteger(cpus) || cpus < 1 || cpus > MAX_CPUS) return `cpus=${cpus}: 1 to ${MAX_CPUS}`;
  if (!Number.isInteger(memory) || memory < MIN_MEMORY || memory > MAX_MEMORY) {
    return `memory=${memory} pages: ${bytesOf(pages(MIN_MEMORY))} bytes to 256 GiB`;
  }
  if (!Number.isInteger(swap) || swap < 0 || swap > MAX_SWAP) return `swap=${swap} pages: 0 to 4 TiB`;
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > MAX_NODES) return `nodes=${nodes}: 1 to ${MAX_NODES}`;
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) return `seed=${seed}: 0 to ${2 ** 32 - 1}`;
  if (!KERNEL_VERSIONS.includes(kernel)) return `kernel=${kernel}: ${KERNEL_VERSIONS.join(' or ')}`;
  const notHere = policyMistake(policy, kernel);
  if (notHere !== null) return notHere;
  for (const [name, cost] of Object.entries(options.costs)) {
    if (!Object.hasOwn(DEFAULT_COSTS, name)) return `cost.${name}: there is no such cost`;
    if (!Number.isFinite(cost) || cost < 0) return `cost.${name}=${cost}: a time, not negative`;
  }
  return null;
}
