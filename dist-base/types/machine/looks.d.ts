import type { Cgroup } from '../fs/types.ts';
import { type Pages } from '../kernel/units.ts';
import type { MemCgroupFigures } from '../mm/figures.ts';
import type { Mm } from '../mm/kernel.ts';
import { type KernelVersion, type PolicyName } from './kernels.ts';
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
export declare const lookAt: ({ mm, options }: MachineState, { memcg }: Cgroup) => CgroupLook;
/** Of the whole machine, pages. */
export interface MachineTotals {
    readonly memory: Pages;
    readonly free: Pages;
    readonly swap: Pages;
    readonly swapUsed: Pages;
    readonly dirty: Pages;
    readonly writeback: Pages;
}
export declare const totalsOf: (mm: Mm) => MachineTotals;
