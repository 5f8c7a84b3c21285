/**
 * Files that are read because somebody named them: only regular ones. Whatever else has a name may keep its reader
 * waiting for ever, as a pipe does, or never end, as /dev/zero.
 */
/** Opens one for reading, and never waits. Throws what the file system throws, or the like for what is no regular file. */
export declare function openInput(path: string): number;
/** All that is in one, if that is no more than `most` bytes. Throws as openInput() does. */
export declare function readInput(path: string, most?: number): Buffer;
/** Worded as Node words what the system says. */
export declare const fault: (path: string, code: string, text: string) => Error;
