import { type Bytes, type Pages } from '../../kernel/units.ts';
import type { ControlFile, MemCgroup, Mm, PolicyState, Task } from '../types.ts';
import { type Knob } from './policy.ts';
/**
 * Ying Han, "[PATCH V5 00/10] memcg: per cgroup background reclaim", linux-mm,
 * April 2011: a kswapd for each cgroup. Its names are inverted: low_wmark is the
 * higher mark, above which it starts, high_wmark the lower one, where it stops.
 */
export interface Kswapd2011State extends PolicyState {
    readonly rule: 'kswapd2011';
    /** Below the limit. Its low is the higher mark: there it starts. */
    lowDistance: Bytes;
    highDistance: Bytes;
    /** Pages charged and uncharged, by 1024, when the usage was last looked at. */
    tick: number;
    /** Pages looked at since the last that was freed. */
    looked: number;
}
/** memcg_check_events(): not every charge looks. */
declare function heeds(_mm: Mm, memcg: MemCgroup, usage: number, count: number): boolean;
export declare const KSWAPD2011: {
    readonly name: 'kswapd2011';
    readonly about: 'a charge above the higher mark wakes a kswapd of the cgroup, which reclaims down to the lower one';
    readonly home: 'Linux 2.6.39, by patches that were not taken';
    readonly source: "Ying Han, \"[PATCH V5 00/10] memcg: per cgroup background reclaim\", linux-mm, April 2011";
    readonly reclaimer: 'kswapd';
    readonly runs: 'when woken';
    readonly start: {
        readonly name: 'low';
        readonly file: 'reclaim_wmarks';
        readonly knob: 'low_wmark_distance';
    };
    readonly stop: {
        readonly name: 'high';
        readonly file: 'reclaim_wmarks';
        readonly knob: 'high_wmark_distance';
    };
    readonly files: readonly ControlFile[];
    readonly newState: () => Kswapd2011State;
    readonly marks: (memcg: MemCgroup) => {
        start: Pages;
        stop: Pages;
    } | null;
    readonly thread: (memcg: MemCgroup) => string | null;
    readonly heeds: typeof heeds;
    readonly step: (mm: Mm, thread: Task, memcg: MemCgroup) => import("../../kernel/sched.ts").StepEnd;
    readonly knobs: (marks: import("./policy.ts").WantedMarks) => Knob[];
};
export {};
