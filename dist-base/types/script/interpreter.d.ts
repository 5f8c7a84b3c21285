import type { Command } from './command.ts';
import { type Outcome, type Soon, type World } from './world.ts';
export declare const THE_MACHINE_IS_UP: import("./world.ts").Failure;
/** Does what a command says. What concerns the script itself (`machine`, `include`) is walk.ts's. */
export declare function execute(command: Command, world: World): Soon<Outcome>;
