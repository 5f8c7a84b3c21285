import type { Cgroupfs } from '../fs/types.ts';
import type { Result } from '../kernel/errno.ts';
import type { Mm } from '../mm/kernel.ts';
import type { Asked, Task } from '../mm/types.ts';
import { type KernelName } from './kernels.ts';
import type { MachineOptions } from './options.ts';
/** What `sh` has in hand that takes virtual time. Cgroups and tasks by number, since both may go away. */
export type Hand = {
    readonly kind: 'force-empty';
    readonly cgroup: number;
} | {
    readonly kind: 'stop-daemon';
    readonly cgroup: number;
}
/** `strict`: EAGAIN when it can't be had in full. */
 | {
    readonly kind: 'reclaim';
    readonly cgroup: number;
    readonly asked: Asked;
    readonly strict: boolean;
} | {
    readonly kind: 'rmdir';
    readonly cgroup: number;
    stage: 'daemon' | 'pages';
}
/** Written back is what was dirty at the beginning: until so many pages are completed. */
 | {
    readonly kind: 'sync';
    target: number | null;
} | {
    readonly kind: 'behaviour';
    readonly pid: number;
    readonly strict: boolean;
} | {
    readonly kind: 'exit';
    readonly pid: number;
} | {
    readonly kind: 'sleep';
    readonly until: number;
} | {
    readonly kind: 'condition';
    readonly until: number | null;
};
/** A task that is gone, for those who report. */
export interface Departed {
    readonly pid: number;
    readonly name: string;
    readonly cgroup: string;
    readonly cpu: number;
    readonly stall: number;
    readonly nice: number;
}
/** The whole state of a machine: plain data that structuredClone copies. */
export interface MachineState {
    /** By its name: what the machine is bound to is no part of the state. */
    readonly kernel: KernelName;
    readonly options: MachineOptions;
    readonly mm: Mm;
    readonly fs: Cgroupfs;
    readonly sh: Task;
    hand: Hand | null;
    /** The answer of the operation that was in hand. */
    answer: Result<undefined> | null;
    readonly departed: Departed[];
}
export declare function bootState(options: MachineOptions): MachineState;
