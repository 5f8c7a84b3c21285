import { type StepEnd } from '../../kernel/sched.ts';
import { type Bytes } from '../../kernel/units.ts';
import { type Asked } from '../../mm/types.ts';
import type { ControlFile, MemCgroup, Mm, PolicyState, Task } from '../types.ts';
import { type Application, type FoundMarks } from './policy.ts';
/**
 * A loop in user space on cgroup v2's memory.reclaim, in the manner of koordinator
 * (its pull request 3189) and senpai: it looks at the usage, writes batches to
 * memory.reclaim until the target or EAGAIN, and sleeps. A charge does not wake it.
 */
export interface ReclaimLoopState extends PolicyState {
    readonly rule: 'reclaim-loop';
    /** PAGE_COUNTER_MAX: the loop does nothing. */
    start: Bytes;
    target: Bytes;
    batch: Bytes;
    /** From the end of one look to the next, ms. */
    interval: number;
    /** The batch in hand; null: it looks on. */
    asked: Asked | null;
}
declare function step(mm: Mm, thread: Task, memcg: MemCgroup): StepEnd;
/**
 * The cgroup v2 file reclaims as many bytes as are written to it, or answers EAGAIN when it got fewer
 * (Documentation/admin-guide/cgroup-v2.rst, memory.reclaim; Linux 5.19).
 */
declare function applied({ limit, high, low }: FoundMarks): Application | null;
export declare const RECLAIM_LOOP: {
    readonly name: 'reclaim-loop';
    readonly about: 'a loop in user space looks at the usage by the clock, and writes batches to memory.reclaim';
    readonly home: 'Linux 5.19, cgroup v2';
    readonly source: 'a loop in the manner of koordinator (its pull request 3189) and senpai';
    readonly reclaimer: 'the loop';
    readonly runs: 'by the clock';
    readonly start: {
        readonly name: 'start';
        readonly file: 'reclaim_loop.start';
        readonly knob: 'reclaim_loop.start';
    };
    readonly stop: {
        readonly name: 'target';
        readonly file: 'reclaim_loop.target';
        readonly knob: 'reclaim_loop.target';
    };
    readonly files: readonly ControlFile[];
    readonly newState: (parent: MemCgroup | null) => ReclaimLoopState;
    readonly marks: (memcg: MemCgroup) => {
        start: import("../../kernel/units.ts").Pages;
        stop: import("../../kernel/units.ts").Pages;
    } | null;
    readonly thread: (memcg: MemCgroup) => "reclaim-loop" | null;
    readonly heeds: () => false;
    readonly step: typeof step;
    readonly knobs: (marks: import("./policy.ts").WantedMarks) => import("./policy.ts").Knob[];
    readonly sooner: import("./policy.ts").Knob;
    readonly applied: typeof applied;
};
export {};
