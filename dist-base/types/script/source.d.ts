import { Mistake } from './mistake.ts';
import type { Parsed } from './vocabulary.ts';
/** The longest line of a script, in bytes. */
export declare const MAX_LINE: number;
/** Bytes that are cut at once. */
export declare const PIECE: number;
/** Some lines of a script at once, so that nobody awaits each of them. */
export interface Lines {
    /** Number of the first of them, from 1. */
    readonly first: number;
    /** Without their ends (LF or CRLF). */
    readonly lines: readonly string[];
    /** What they say, where somebody has parsed them before. */
    readonly parsed?: readonly Parsed[];
    /** What is wrong with the line that follows them; nothing comes after it. */
    readonly mistake: Mistake | null;
}
/**
 * Cuts bytes into lines. Holds one line and what it was given at most; bytes that can't be a script end it with a
 * `mistake`.
 */
export declare class LineCutter {
    #private;
    /** The lines that end in these bytes, which are PIECE at most; null: none does. */
    push(piece: Uint8Array): Lines | null;
    /** The last line, which has no end. */
    end(): Lines | null;
}
/** The lines of bytes that are there already. */
export declare function linesOfBytes(bytes: Uint8Array): Generator<Lines>;
/** The lines of a text that begins at this line of a script. */
export declare function linesIn(whole: string, first?: number): Lines;
