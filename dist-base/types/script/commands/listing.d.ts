import type { FilesCommand } from '../command.ts';
import { type Outcome, type Soon, type World } from '../world.ts';
/** Commands that show what the cgroupfs holds and change nothing. */
type Of<N extends FilesCommand['name']> = Extract<FilesCommand, {
    name: N;
}>;
export declare const cat: (world: World, { files, human }: Of<'cat'>) => Soon<Outcome>;
export declare function ls(world: World, { cgroup, recursive }: Of<'ls'>): Outcome;
/** A name may hold a newline, and what moves a terminal's cursor: then it is shown as it would be written. */
export declare const onOneLine: (name: string) => string;
export declare function tree(world: World, { cgroup }: Of<'tree'>): Outcome;
/** As cgget(1) of libcgroup prints: a path, its files, an empty line; further lines of a value are indented. */
export declare const get: (world: World, command: Of<'get'>) => Soon<Outcome>;
export {};
