/** How many stalls took at least `from` and less than `upto` ns. */
export interface StallBin {
    readonly from: number;
    readonly upto: number;
    readonly count: number;
}
/** Stalls counted by how long they took: bounds are whole and the same in all runs, so that runs can be compared. */
export declare class StallCounts {
    #private;
    add(time: number): void;
    /** Those that hold any, ascending. */
    bins(): StallBin[];
}
