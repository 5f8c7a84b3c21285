import type { Cgroup } from '../fs/types.ts';
import { type Pages, pages } from '../kernel/units.ts';
import type { MemCgroupFigures } from '../mm/figures.ts';
import type { Mm } from '../mm/kernel.ts';
import { type KernelVersion, type PolicyName, policyIn } from './kernels.ts';
import type { MachineState } from './state.ts';

/** Numbers for those who look on all the time: nothing here walks pages or makes text. */

export interface CgroupLook extends MemCgroupFigures {
  /** `/`, `/default`, `/web/db`. */
  readonly path: string;
  /** Tasks in it. */
  readonly tasks: number;
  /** Who reclaims in the background on this machine. */
  readonly policy: PolicyName;
  readonly kernel: KernelVersion;
}

export const lookAt = ({ mm, options }: MachineState, { memcg }: Cgroup): CgroupLook => ({
  path: memcg.path,
  tasks: memcg.nrTasks,
  policy: policyIn(options),
  kernel: options.kernel,
  ...mm.kernel.figures(mm, memcg),
});

/** Of the whole machine, pages. */
export interface MachineTotals {
  readonly memory: Pages;
  readonly free: Pages;
  readonly swap: Pages;
  readonly swapUsed: Pages;
  readonly dirty: Pages;
  readonly writeback: Pages;
}

export const totalsOf = (mm: Mm): MachineTotals => ({
  memory: pages(mm.nrPages),
  free: pages(mm.freePages),
  swap: pages(mm.swap.size),
  swapUsed: pages(mm.swap.used),
  dirty: pages(mm.nrDirty),
  writeback: pages(mm.nrWriteback),
});
