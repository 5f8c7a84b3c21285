import type { Nanoseconds, Pages } from '../kernel/units.ts';
import type { Mm } from '../mm/kernel.ts';
import type { Task } from '../mm/types.ts';
import type { Departed } from './state.ts';
/** What people and reports look at. */
export interface TaskView {
    readonly pid: number;
    readonly name: string;
    readonly cgroup: string;
    /** A process is a real one. */
    readonly kind: 'task' | 'kthread' | 'process';
    readonly state: 'R' | 'S' | 'D' | 'T' | 'X';
    readonly nice: number;
    readonly cpu_ns: Nanoseconds;
    readonly stall_ns: Nanoseconds;
    readonly anon_pages: Pages;
    readonly mapped_pages: Pages;
    /** What it is doing, e.g. `stream`; null: nothing. */
    readonly behaviour: string | null;
    /** It is gone: killed by somebody or by the OOM killer. */
    readonly killed: boolean;
    /** Of a process: what is known of it beyond its tasks. */
    readonly process?: ProcessView;
}
export interface ProcessView {
    /** When it was started, in the real kernel's ticks. */
    readonly start: number;
    /** What it was last seen to hold. */
    readonly anon: Pages;
    readonly file: Pages;
    readonly shmem: Pages;
    /** Pages of these that were refused, and are charged to nobody. */
    readonly refused: Pages;
}
export declare function viewTask(mm: Mm, task: Task): TaskView;
export declare const viewDeparted: (task: Departed) => TaskView;
