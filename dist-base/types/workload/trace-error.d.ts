/** Where in a trace a mistake stands: a text file's line and column, or a binary's record and byte. */
export type TracePosition = {
    readonly line: number;
    readonly column?: number;
} | {
    readonly record: number;
    readonly byte: number;
};
/** A trace that cannot be read. The message is one sentence for people, position and all. */
export declare class TraceError extends Error {
    readonly name = "TraceError";
    readonly file: string;
    /** The sentence without its position. */
    readonly why: string;
    /** From 1 on; text formats only. */
    readonly line: number | undefined;
    /** Of the field, in bytes from 1 on; text formats only. */
    readonly column: number | undefined;
    /** From 1 on, skipped ones included; binary formats only. */
    readonly record: number | undefined;
    constructor(file: string, why: string, position?: TracePosition, cause?: unknown);
}
/** Text from a damaged file, cut and escaped so that it harms no terminal. */
export declare const quoted: (text: string) => string;
