/**
 * A mistake in a script or on a command line: what is wrong and in which column.
 * The grammar throws it; `parseLine` and `readLines` catch it and hand it on as a
 * value, so it never leaves this room as an exception.
 */
export declare class Mistake extends Error {
    /** From 1, in UTF-16 units; 0 when no column is to blame. */
    readonly column: number;
    constructor(message: string, column: number);
}
/** A word too few or too many: whoever knows the command adds how it is used. */
export declare class Misshapen extends Mistake {
}
/**
 * A line and a caret below its column, indented by two; a long line is cut to the
 * columns around it. Empty when there is nothing to show.
 */
export declare function showLine(text: string, column: number): string;
