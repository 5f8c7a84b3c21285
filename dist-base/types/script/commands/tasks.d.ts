import type { TasksCommand } from '../command.ts';
import { type Outcome, type Soon, type World } from '../world.ts';
/** Commands about tasks. */
type Of<N extends TasksCommand['name']> = Extract<TasksCommand, {
    name: N;
}>;
export declare const spawn: (world: World, { task, cgroup, node, rereads }: Of<'spawn'>) => Soon<Outcome>;
export declare const kill: (world: World, { task, signal, wait }: Of<'kill'>) => Soon<Outcome>;
export declare const attach: (world: World, { task, cgroup }: Of<'attach'>) => Soon<Outcome>;
export declare const renice: (world: World, { task, nice }: Of<'renice'>) => Soon<Outcome>;
export declare const stop: (world: World, { task, wait }: Of<'stop'>) => Soon<Outcome>;
export declare function start(world: World, { name, task, behaviour }: Of<'run' | 'start'>): Soon<Outcome>;
/** Adds what may have been meant by a task that is not there. */
export declare function named(world: World, task: string, outcome: Soon<Outcome>): Soon<Outcome>;
export declare function ps(world: World): Outcome;
export {};
