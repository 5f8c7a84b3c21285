import { type StepEnd } from '../../kernel/sched.ts';
import { type Bytes } from '../../kernel/units.ts';
import type { ControlFile, MemCgroup, Mm, PolicyState, Task } from '../types.ts';
/**
 * cgroup v2's memory.high, mm/memcontrol.c of Linux 5.19: who charges above it
 * reclaims as much when it returns to user mode, and is held there the longer the
 * more is left above. Nobody reclaims in the background.
 */
export interface MemoryHighState extends PolicyState {
    readonly rule: 'memory.high';
    /** PAGE_COUNTER_MAX: none. */
    high: Bytes;
}
/**
 * mem_cgroup_handle_over_high(), on the way back to user mode. How the step ends,
 * or null: the task may go on. What it took is a stall, as PSI counts both the
 * reclaim and the sleep.
 */
declare function handleOverHigh(mm: Mm, task: Task): StepEnd | null;
/** calculate_high_delay(), ms: by the square of what is above, in proportion to what this task has charged. */
export declare function highDelay({ res }: Pick<MemCgroup, 'res'>, pages: number): number;
export declare const MEMORY_HIGH: {
    readonly name: 'memory.high';
    readonly about: 'tasks that charge above it reclaim as much themselves, and are slowed down; nobody does so for them';
    readonly home: 'Linux 5.19, cgroup v2';
    readonly source: "cgroup v2, Documentation/admin-guide/cgroup-v2.rst and mm/memcontrol.c of Linux 5.19";
    readonly reclaimer: 'memory.high';
    readonly runs: 'in tasks';
    readonly start: {
        readonly name: 'memory.high';
        readonly file: 'high';
        readonly knob: 'high';
    };
    readonly stop: null;
    readonly files: readonly [ControlFile, ControlFile];
    readonly newState: () => MemoryHighState;
    readonly marks: (memcg: MemCgroup) => {
        start: import("../../kernel/units.ts").Pages;
        stop: import("../../kernel/units.ts").Pages;
    } | null;
    readonly heeds: (mm: Mm, _memcg: MemCgroup, _usage: number, count: number) => false;
    readonly doNotifyResume: typeof handleOverHigh;
    readonly knobs: (marks: import("./policy.ts").WantedMarks) => import("./policy.ts").Knob[];
    readonly applied: ({ limit, high }: import("./policy.ts").FoundMarks, isOwn: boolean) => {
        name: string;
        title: string;
        lines: string[];
        note: string;
    } | null;
};
export {};
