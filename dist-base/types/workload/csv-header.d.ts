import { DamagedStream } from './decompress.ts';
import { type FileState } from './trace-file.ts';
/** The first line of a file that may be CSV. */
export interface FirstLine {
    /** None when it is no CSV. */
    readonly names: readonly string[];
    readonly line: string;
    /** The byte between fields. */
    readonly separator: number;
    /** From 1 on; those before it are comments, empty or say what the separator is (`sep=;`). */
    readonly number: number;
    readonly tooLong: boolean;
    /** There is no byte in the file once it is decompressed. */
    readonly missing: boolean;
    /** Why nothing can be read behind it; null: for all that is known, it can. */
    readonly damage: DamagedStream | null;
}
/** Reads no further than need be. Throws a TraceError if the file can't be read, the signal's reason if it aborts. */
export declare function readFirstLine(path: string, state: FileState, signal?: AbortSignal): Promise<FirstLine>;
/** The one of which there are most outside quotes. */
export declare function separatorOf(line: Buffer): number;
/** The first line of a file's table. Throws a TraceError if the file can't be read. */
export declare const firstLineOf: (path: string) => Promise<FirstLine>;
