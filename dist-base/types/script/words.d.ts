/**
 * A line of the language is words split at blanks. `'...'` is literal; `"..."`
 * knows \\ \" \n \t \0 and \xHH, which stand for bytes; quotes may begin inside a
 * word; `#` begins a comment only at the start of a word.
 */
export interface Word {
    readonly text: string;
    /** Where it begins in its line, from 1, in UTF-16 units. */
    readonly column: number;
}
/** The words of a line. Throws a Mistake. */
export declare function splitWords(line: string): Word[];
/** A line that `splitWords` takes apart into exactly these words: how a shell's argv is written down. */
export declare function quote(words: readonly string[]): string;
