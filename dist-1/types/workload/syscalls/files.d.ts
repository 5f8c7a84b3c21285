/** A file that was read or written, by its number. */
interface KnownFile {
    readonly name: string;
    /** Bytes; grows as it is written. */
    length: number;
    /** Descriptions of it that are open. */
    users: number;
    /** It has no path any more: what is cached of it goes with its last user. */
    removed: boolean;
}
/** The files of a recording, by their paths as they change: renamed, removed, made anew. */
export declare class Files {
    #private;
    /** `sizeOf`: bytes that a file on the disk has now, 0 where there is none. */
    constructor(sizeOf: (path: string) => number);
    get names(): readonly string[];
    /** The number of the file at that path; null: it is on no storage. */
    at(path: string): number | null;
    known(path: string): number | undefined;
    of(number: number): KnownFile;
    /** Answers whether nobody has it open: then nothing of it is cached any more. */
    remove(path: string): number | null;
    /** Answers the file that stood at `to`, if nobody has it open. */
    rename(from: string, to: string): number | null;
}
export {};
