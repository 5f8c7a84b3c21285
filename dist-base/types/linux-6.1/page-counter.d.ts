/** mm/page_counter.c: counters in a hierarchy, in pages. A charge counts in all of those above, too. */
/** PAGE_COUNTER_MAX: no limit. */
export declare const PAGE_COUNTER_MAX: number;
export interface PageCounter {
    parent: PageCounter | null;
    usage: number;
    /** The greatest usage so far; what a charge would have come to that was refused further up, too. */
    watermark: number;
    min: number;
    low: number;
    high: number;
    max: number;
    /** Effective protection, as the last look at it found: what the parent's is shared out to. */
    emin: number;
    elow: number;
    /** What of the usage min and low protect, and the sums of the children's. */
    minUsage: number;
    lowUsage: number;
    childrenMinUsage: number;
    childrenLowUsage: number;
}
export declare const newPageCounter: (parent: PageCounter | null) => PageCounter;
/** page_counter_try_charge(): null, or the counter whose limit it would break; then nothing is charged. */
export declare function tryChargeCounter(counter: PageCounter, pages: number): PageCounter | null;
/** page_counter_charge(): whatever the limits. */
export declare function chargeCounter(counter: PageCounter, pages: number): void;
/** page_counter_uncharge() */
export declare function unchargeCounter(counter: PageCounter, pages: number): void;
/** propagate_protected_usage(): what of the usage is protected counts in the parent's sum. */
export declare function propagateProtected(counter: PageCounter): void;
/** mem_cgroup_margin(): how much can be charged here, as far as this counter is asked. */
export declare const margin: ({ usage, max }: PageCounter) => number;
