/** What strace's -yy says of a descriptor: `3</etc/passwd>`, `0</dev/zero<char 1:5>>`, `7<pipe:[49089]>`. */
export interface Described {
    readonly fd: number;
    /** The path of a regular file or a folder; null: it is something else, whose reads are no file's. */
    readonly path: string | null;
}
/** Descriptor of the working directory, in place of a number. */
export declare const WORKING_DIRECTORY = -100;
export declare function described(text: string): Described | null;
/** Files that are kept in memory alone (tmpfs, memfd): no limit can take them away without swap. */
export declare const isSharedMemory: (path: string) => boolean;
export declare const isOnStorage: (path: string) => boolean;
/** A text in quotation marks; null: it is none. */
export declare function quotedText(text: string): string | null;
/** The number of a descriptor; -1 where there is none. */
export declare const fdOf: (text: string | undefined) => number;
export declare const has: (flags: string, flag: string) => boolean;
/** A number with what strace knows of it behind; 0 where there is none. */
export declare function number(text: string | undefined): number;
