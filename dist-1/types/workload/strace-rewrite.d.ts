import type { Rewrite } from './line-decoder.ts';
/** What is said of a trace in which no call is one of a file. */
export declare const NO_FILES = "no call here reads or writes a file by its path: strace has to be run with -yy, as `strace -f -ttt -yy -s 0 -o FILE`";
/**
 * Lines of strace as rows of time (us), op, offset, size and file. Of the files nothing is known but what is in the
 * lines: what is appended to one that was not written before stands at its beginning.
 */
export declare function straceRewrite(row: (time: number, op: string, offset: number, size: number, file: string) => string): Rewrite;
