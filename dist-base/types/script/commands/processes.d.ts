import type { ProcessesCommand } from '../command.ts';
import type { Outcome, Soon, World } from '../world.ts';
/** What real processes do, as it was seen. */
type Of<N extends ProcessesCommand['name']> = Extract<ProcessesCommand, {
    name: N;
}>;
export declare const adopt: (world: World, { pid, cgroup, comm, start, parent, base }: Of<'adopt'>) => Soon<Outcome>;
export declare const proc: (world: World, { pid, seen, wait }: Of<'proc'>) => Soon<Outcome>;
export declare const exec: (world: World, { pid, comm }: Of<'exec'>) => Soon<Outcome>;
export declare const exit: (world: World, { pid }: Of<'exit'>) => Soon<Outcome>;
export {};
