import type { FaultCommand } from '../command.ts';
import { type Outcome, type Soon, type World } from '../world.ts';
/** Commands about faults on demand. */
type Of<N extends FaultCommand['name']> = Extract<FaultCommand, {
    name: N;
}>;
export declare function fault(world: World, command: Of<'fault'>): Soon<Outcome>;
export declare function faults({ machine, print }: World): Outcome;
export declare const attempt: (world: World, { file, access }: Of<'attempt'>) => Soon<Outcome>;
export {};
