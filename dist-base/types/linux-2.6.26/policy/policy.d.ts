import { type StepEnd } from '../../kernel/sched.ts';
import { type Pages } from '../../kernel/units.ts';
import type { ControlFile, MemCgroup, Mm, PolicyState, Rule, Task } from '../types.ts';
/**
 * A card: everything about one way to reclaim in the background (`machine policy=NAME`). All of them
 * reclaim by the same passes (vmscan.ts), so that what differs is the rule.
 */
export interface Policy extends Rule {
    readonly name: string;
    /** What people know it by, if not by its name. */
    readonly called?: string;
    /** One sentence: what it does. */
    readonly about: string;
    /** The kernel that has it. */
    readonly home: string;
    /** Where it comes from. */
    readonly source: string;
    /** Who reclaims, as reports name it. */
    readonly reclaimer: string;
    readonly runs: 'when woken' | 'by the clock' | 'in tasks' | 'never';
    /** What it calls the usage at which reclaim starts and stops; null: it has no such mark of its own. */
    readonly start: MarkName | null;
    readonly stop: MarkName | null;
    /** The control files that a machine has with it alone, in the order of their registration. */
    readonly files: readonly ControlFile[];
    /** The script that boots a machine with it; left out: `boot-NAME.memcg`. */
    readonly boot?: string;
    /**
     * The writes that set these marks on a fresh cgroup, in an order that its rules allow, the limit among
     * them; rounded to its units where these are coarser than a page.
     */
    knobs(marks: WantedMarks): readonly Knob[];
    /** What makes a reclaimer come sooner that is too late, where that is no mark. */
    readonly sooner?: Knob;
    /**
     * How marks are applied where the real thing runs, whoever found them; `own`: they were tried under this
     * very rule. null: it can't have these.
     */
    applied?(marks: FoundMarks, own: boolean): Application | null;
}
/** A mark: its name, the file that shows it and the one that sets it, less `memory.`. */
export interface MarkName {
    readonly name: string;
    readonly file: string;
    readonly knob: string;
}
/** "Reclaim starts above high and stops at low, under limit": low <= high <= limit, pages. */
export interface WantedMarks {
    readonly limit: Pages;
    readonly high: Pages;
    readonly low: Pages;
}
/** `low` is null where the rule that they were found under has none. */
export interface FoundMarks extends Omit<WantedMarks, 'low'> {
    readonly low: Pages | null;
}
/** A control file by its full name, and the text to write. */
export interface Knob {
    readonly file: string;
    readonly value: string;
}
/** Lines to copy, and what to know about them. */
export interface Application {
    readonly name: string;
    readonly title: string;
    readonly lines: readonly string[];
    readonly note: string;
}
export declare const knob: (name: string, value: number | bigint) => Knob;
export declare const sizeKnob: (name: string, count: Pages) => Knob;
export declare const limitKnob: ({ limit }: WantedMarks) => Knob;
/** What a rule keeps of a cgroup, for that rule's own functions and files. */
export declare function stateOf<S extends PolicyState>({ policy, path }: MemCgroup, rule: S['rule']): S;
/** After a knob or the limit was written: new marks, and the thread if there is to be one. */
export declare function placeMarks(mm: Mm, memcg: MemCgroup): void;
/** One step of a cgroup's reclaimer. */
export declare const reclaimerStep: (mm: Mm, thread: Task) => StepEnd;
