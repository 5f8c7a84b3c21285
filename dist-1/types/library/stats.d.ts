import type { BigIntStats, Dirent as NodeDirent, Stats as NodeStats } from 'node:fs';
import type { Stat } from '../machine/machine.ts';
/** `dev` tells the mount from what is around it. */
export type StatOf = Stat & {
    readonly dev: number;
};
declare class Stats {
    #private;
    constructor(mode: number);
    isFile(): boolean;
    isDirectory(): boolean;
    isBlockDevice(): boolean;
    isCharacterDevice(): boolean;
    isSymbolicLink(): boolean;
    isFIFO(): boolean;
    isSocket(): boolean;
}
/** fs.Stats, in the order of its fields; after `{ bigint: true }` its numbers are big. */
export declare function statsOf(stat: StatOf, big: boolean): NodeStats | BigIntStats;
/** fs.Dirent */
export declare class Dirent<Name extends string | Buffer = string> extends Stats implements NodeDirent<Name> {
    readonly name: Name;
    readonly parentPath: string;
    readonly path: string;
    constructor(name: Name, parentPath: string, directory: boolean);
}
/** fs.Dir: a directory that is open, entry by entry in the kernel's order. */
export declare class Dir {
    #private;
    readonly path: string;
    constructor(path: string, entries: readonly {
        readonly name: string;
        readonly directory: boolean;
    }[]);
    readSync(): Dirent | null;
    read(): Promise<Dirent | null>;
    closeSync(): void;
    close(): Promise<void>;
    [Symbol.asyncIterator](): AsyncGenerator<Dirent, void>;
}
export {};
