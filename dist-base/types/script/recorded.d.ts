import type { Command } from './command.ts';
/** By the lines that it begins with: `record` made it. What has a `--rereads` of its own goes by that. */
export declare function isOldRecording(lines: readonly string[]): boolean;
/** A command of such a script. */
export declare const unsaid: (command: Command) => Command;
