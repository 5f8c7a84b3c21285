import type { TimeCommand, WorldCommand } from '../command.ts';
import { type Outcome, type Soon, type World } from '../world.ts';
export declare function wait(world: World, command: Extract<TimeCommand, {
    name: 'wait';
}>): Soon<Outcome>;
export declare function at(world: World, { time, late }: Extract<TimeCommand, {
    name: 'at';
}>): Soon<Outcome>;
export declare function outside(world: World, command: WorldCommand): Soon<Outcome>;
