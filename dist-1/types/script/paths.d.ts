import type { Word } from './words.ts';
/** How the language names cgroups and their files. */
/** `[CGROUP/]NAME[:KEY]`, not yet looked up. */
export interface FileName {
    /** Absolute; null: the default group. */
    readonly cgroup: string | null;
    /** As written: `failcnt`, `memory.failcnt`, `tasks`. */
    readonly name: string;
    /** One line of a `name value` file. */
    readonly key: string | null;
}
/** `web//db/` and `/web/db` are both `/web/db`: cgroups are named from the root. */
export declare function cgroupPath(text: string): string;
export declare function readCgroup(word: Word): string;
/** With `keys`, a `:KEY` at the end picks a line. */
export declare function readFileName(word: Word, keys: boolean): FileName;
/** The full name of a control file: cgroup.c puts the subsystem's name before those that a subsystem registers. */
export declare const fullName: (name: string) => string;
/** The name without the prefix that may be left out. */
export declare const shortName: (name: string) => string;
/** `/web` and `memory.failcnt` make `/web/memory.failcnt`. */
export declare const join: (cgroup: string, name: string) => string;
/** The path of the directory that holds this one; the root holds itself. */
export declare const parentOf: (path: string) => string;
/** As people name it: without the first slash, save for the root. */
export declare const shown: (path: string) => string;
/** What is kept by path, after a cgroup was renamed: its own, and those of all below it. */
export declare function renameIn<T>(byPath: Map<string, T>, from: string, to: string): void;
