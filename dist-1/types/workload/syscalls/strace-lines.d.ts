/**
 * What `strace -f -ttt -yy -s 0` prints, a line at a time (strace(1)): calls that are over at once, calls that
 * another task's line cuts in two (`<unfinished ...>`, `<... read resumed>`), and the ends of tasks.
 */
export interface SystemCall {
    readonly pid: number;
    /** When it was seen to be over, or to begin where it ended at once; microseconds since 1970. */
    readonly time: number;
    readonly name: string;
    readonly args: readonly string[];
    /** Its return value with what strace knows of it, as `3</etc/passwd>`. */
    readonly result: string;
}
export interface StraceReader {
    /** A call that succeeded. */
    called(call: SystemCall): void;
    /** A call that has begun, of which another task's line was printed before it ended. */
    begun(pid: number, name: string): void;
    exited(pid: number): void;
}
/** Puts the halves of calls together, and takes lines apart. */
export declare class StraceLines {
    #private;
    /** Lines that are none of strace's. */
    strange: number;
    /** Calls that were stopped, those that failed too. */
    calls: number;
    constructor(reader: StraceReader);
    line(line: string): void;
}
