import type { Pages } from '../kernel/units.ts';
/** What people and reports are told of a cgroup, whatever kernel it is in. */
export interface CgroupUsage {
    readonly usage: Pages;
    readonly max: Pages;
    /** Marks; UNSET_PAGES stands for unset. */
    readonly low: Pages;
    readonly high: Pages;
    readonly limit: Pages;
}
/** What a kernel calls the figures that people are shown. Plain data. */
export interface FigureNames {
    readonly usage: NamedFigure;
    readonly peak: NamedFigure;
    /** null: there is no such mark. */
    readonly limit: NamedMark;
    readonly high: NamedMark | null;
    readonly low: NamedMark | null;
    /** What its headlines begin with. */
    readonly first: 'limit failures' | 'refaults';
    /** Counts of charges that met a mark; the first is that of the limit. */
    readonly counts: readonly NamedCount[];
}
export interface NamedFigure {
    /** What stands before it in a table. */
    readonly title: string;
    /** The file that shows it, as people write it. */
    readonly file: string;
}
export interface NamedMark extends NamedFigure {
    /** As it is called beside its line in a chart. */
    readonly name: string;
}
export interface NamedCount extends NamedFigure {
    /** Of one of them: `limit failure`. */
    readonly noun: string;
    /** Over a column. */
    readonly column: string;
    /** The file's full name, and the name of its line; null: it has one line, without a name. */
    readonly at: string;
    readonly key: string | null;
}
/** The count in a file's text, behind its key; 0 where there is none. */
export declare function countIn(text: string, key: NamedCount['key']): number;
export interface ReclaimStat {
    /** Of the background reclaimer. `spinning`: awake, and its last passes freed nothing. */
    readonly bg_state: 'none' | 'sleeping' | 'reclaiming' | 'spinning';
    readonly bg_wakeups: number;
    readonly bg_passes: number;
    /** Pages looked at on either list. */
    readonly bg_scanned: number;
    readonly bg_reclaimed: number;
    readonly bg_cpu_ns: number;
    readonly direct_passes: number;
    readonly direct_scanned: number;
    readonly direct_reclaimed: number;
    readonly stall_count: number;
    readonly stall_total_ns: number;
    readonly stall_p50_ns: number;
    readonly stall_p99_ns: number;
    readonly stall_max_ns: number;
    /** null: unknown, for a task was in it of which nobody knows what it reads again. */
    readonly refaults: number | null;
    readonly writeback_pages: number;
    readonly swap_out: number;
    readonly swap_in: number;
    readonly oom_kills: number;
}
/** include/linux/res_counter.h with 2/4. */
export type WatermarkState = 'RES_BELOW_LOW' | 'RES_BELOW_HIGH' | 'RES_BELOW_LIMIT' | 'RES_OVER_LIMIT';
export interface MemCgroupFigures {
    readonly usage: CgroupUsage;
    readonly failcnt: number;
    readonly state: WatermarkState;
    readonly stat: ReclaimStat;
    /** Of what is charged: page cache and anonymous memory. */
    readonly cache: Pages;
    readonly rss: Pages;
    /** Charges and uncharges since it was made. */
    readonly pgpgin: number;
    readonly pgpgout: number;
    readonly active: Pages;
    readonly inactive: Pages;
}
