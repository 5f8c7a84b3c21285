/** What most tables separate their fields by. */
export declare const COMMA = 44;
/**
 * The fields of one line of CSV (RFC 4180, less its line breaks within quotes),
 * blanks around them taken off. Field i is `source` from `starts[i]` to
 * `ends[i]`; its first byte stands in column `columns[i]` of the line.
 */
export declare class FieldCutter {
    #private;
    source: Buffer;
    readonly starts: number[];
    readonly ends: number[];
    readonly columns: number[];
    count: number;
    /** `separator`: a byte; of blanks, any number is one. */
    constructor(separator?: number);
    /** Cuts `line` from `start` to `end`, as far as `most` fields. Returns the column of a bad quote, or 0. */
    cut(line: Buffer, start: number, end: number, most: number): number;
    /** For short ASCII words; quicker than `text`. */
    latin1(field: number): string;
    text(field: number): string;
}
