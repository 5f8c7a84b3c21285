import type { Watched } from '../machine/machine.ts';
import { type FileName } from './paths.ts';
import { type Failure } from './world.ts';
/** Control files of the machine, as the language names them. */
export interface NamedFile {
    readonly cgroup: string;
    /** Full name. */
    readonly name: string;
    readonly path: string;
    /** As messages name it: `web/memory.failcnt`. */
    readonly shown: string;
}
/** Where a file is looked for. */
export interface FileWorld {
    readonly machine: Watched;
    readonly group: string;
}
export declare function controlFile(world: Pick<FileWorld, 'group'>, { cgroup, name }: FileName): NamedFile;
export declare function fileOf(cgroup: string, name: string): NamedFile;
export interface Content {
    readonly ok: true;
    readonly text: string;
}
/** What a file holds, to the byte. `verb` begins the message of a refusal. */
export declare function contentOf(world: FileWorld, file: NamedFile, verb: string): Content | Failure;
/** A file's text less its last newline, or the value behind `key`. */
export declare function valueIn(world: FileWorld, name: FileName, verb: string): Content | Failure;
export declare const withoutNewline: (text: string) => string;
