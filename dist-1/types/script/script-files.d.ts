import { type Lines } from './source.ts';
import { type Failure, type Soon } from './world.ts';
/** Scripts as files. `-` is standard input. */
export declare const STDIN = "-";
/** A path named in a script is relative to that script; in standard input, to the working directory. */
export declare const besideScript: (script: string, path: string) => string;
/** The lines of one script, some at once. */
export interface ScriptLines {
    /** null: there are no more; a Failure: the file can't be read. Both are the end. */
    next(): Soon<Lines | Failure | null>;
    /** Nobody wants what is left. */
    close(): void;
}
/** Lines that are there already. */
export declare function linesAt(all: readonly Lines[]): ScriptLines;
/** The lines of a text: read as a script is, but that no line is too long. */
export declare const linesOfText: (text: string) => ScriptLines;
/** The lines of the script at a path. `stdin`: what `-` stands for; null: nobody waits, for a file or a pipe. */
export declare const linesOf: (path: string, stdin: AsyncIterable<Uint8Array> | null, signal?: AbortSignal | null) => ScriptLines;
/** The same for who must not wait, and whose standard input is nobody's: of a regular file alone. */
export declare const linesOfFile: (path: string) => ScriptLines;
export declare const isSystemError: (error: unknown) => error is NodeJS.ErrnoException;
/** `no such file or directory`, of Node's `ENOENT: no such file or directory, open 'x'`. */
export declare const systemText: (error: NodeJS.ErrnoException) => string;
