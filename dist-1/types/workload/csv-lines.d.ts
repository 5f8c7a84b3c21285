/** Longer lines are no CSV: binary data, most likely. */
export declare const LONGEST_LINE: number;
/**
 * Cuts chunks into lines, without their line ends. `line` gets each as a range
 * of a buffer that is good until it returns; `tooLong` must throw.
 */
export declare class RowCutter {
    #private;
    constructor(line: (source: Buffer, start: number, end: number) => void, tooLong: () => never);
    push(chunk: Buffer): void;
    end(): void;
}
