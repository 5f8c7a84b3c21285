import type { FileAccesses } from './accesses.ts';
import type { StraceReader, SystemCall } from './strace-lines.ts';
/** All the calls that this understands, as strace's `-e trace=` takes them. */
export declare const TRACED_CALLS: readonly string[];
/** Takes the calls that strace tells for what they do to files. */
export declare class TracedCalls implements StraceReader {
    #private;
    constructor(accesses: FileAccesses);
    begun(pid: number, name: string): void;
    called(call: SystemCall): void;
    exited(pid: number): void;
}
