import type { FilesCommand } from '../command.ts';
import { type Outcome, type Soon, type World } from '../world.ts';
/** Commands that write control files and make and remove cgroups. */
type Of<N extends FilesCommand['name']> = Extract<FilesCommand, {
    name: N;
}>;
export declare function write(world: World, { file, text }: Of<'write'>): Soon<Outcome>;
export declare function set(world: World, { cgroup, values, weak }: Of<'set'>): Soon<Outcome>;
export declare function mkdir(world: World, { cgroups, parents, mode, owner }: Of<'mkdir'>): Soon<Outcome>;
export declare const rmdir: (world: World, { cgroups, recursive }: Of<'rmdir'>) => Soon<Outcome>;
export declare const chmod: (world: World, { mode, path }: Of<'chmod'>) => Soon<Outcome>;
export declare const chown: (world: World, { owner, path }: Of<'chown'>) => Soon<Outcome>;
export declare const utimes: (world: World, { atime, mtime, path }: Of<'utimes'>) => Soon<Outcome>;
export declare const mv: (world: World, { from, to }: Of<'mv'>) => Soon<Outcome>;
export {};
