import { type Pages } from '../../kernel/units.ts';
import type { ControlFile, MemCgroup, PolicyState } from '../types.ts';
import { type Application, type FoundMarks, type Knob, type WantedMarks } from './policy.ts';
/**
 * Alibaba Cloud Linux 2 and 3: its manual's "Memcg backend asynchronous reclaim",
 * and Yang Shi, "alinux: mm: memcontrol: support background async page reclaim".
 * A charge above wmark_high queues a work, which frees what lies above wmark_low
 * and ends; also when nothing can be freed: it does not spin.
 */
export interface AlinuxState extends PolicyState {
    readonly rule: 'alinux';
    /** Per cent of the limit; 0: off. */
    ratio: number;
    /** 1/10,000 of the limit. */
    scale: number;
    minAdj: number;
    /** Pages that the work in hand is still to free. */
    left: number;
}
/** The units of the knobs: per cent and 1/10,000 of the limit. */
interface Units {
    readonly ratio: number;
    readonly scale: number;
}
/** What its units make of marks that were found under any rule, pages. */
export declare function alinuxMarks(marks: WantedMarks, isOwn: boolean): Units & {
    high: Pages;
    low: Pages;
};
declare function applied(found: FoundMarks, isOwn: boolean): Application;
declare function knobs(marks: WantedMarks): Knob[];
export declare const ALINUX: {
    readonly name: 'alinux';
    readonly about: 'a charge above a part of the limit queues a work, which frees what lies above the lower mark and ends';
    readonly home: 'Alibaba Cloud Linux 2 and 3';
    readonly source: "Alibaba Cloud Linux, \"Memcg backend asynchronous reclaim\" and \"Memcg global minimum watermark rating\" of its manual";
    readonly reclaimer: 'memcg_wmark';
    readonly runs: 'when woken';
    readonly start: {
        readonly name: 'high';
        readonly file: 'wmark_high';
        readonly knob: 'wmark_ratio';
    };
    readonly stop: {
        readonly name: 'low';
        readonly file: 'wmark_low';
        readonly knob: 'wmark_scale_factor';
    };
    readonly files: readonly ControlFile[];
    readonly newState: (parent: MemCgroup | null) => AlinuxState;
    readonly marks: (memcg: MemCgroup) => {
        start: Pages;
        stop: Pages;
    } | null;
    readonly thread: (memcg: MemCgroup) => "memcg_wmark" | null;
    readonly step: (mm: import("../types.ts").Mm, thread: import("../types.ts").Task, memcg: MemCgroup) => import("../../kernel/sched.ts").StepEnd;
    readonly marked: (mm: import("../types.ts").Mm, memcg: MemCgroup) => void;
    readonly knobs: typeof knobs;
    readonly applied: typeof applied;
};
export {};
