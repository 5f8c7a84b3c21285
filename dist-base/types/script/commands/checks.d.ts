import type { CheckCommand, Command } from '../command.ts';
import { type Outcome, type Soon, type World } from '../world.ts';
/** Commands that check; what does not hold is counted and the script goes on. */
export declare function expect(world: World, { condition }: Extract<CheckCommand, {
    name: 'expect';
}>): Outcome;
export declare function fails(world: World, { errno, command, text }: Extract<CheckCommand, {
    name: 'fails';
}>, execute: (command: Command, world: World) => Soon<Outcome>): Soon<Outcome>;
