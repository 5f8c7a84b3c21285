import type { MachineOptions } from '../machine/machine.ts';
import type { Command } from './command.ts';
import { Place } from './place.ts';
import type { RunError } from './result.ts';
import { type ScriptLines } from './script-files.ts';
import { type Steps } from './steps.ts';
import { type Failure, type Soon, type World } from './world.ts';
/** What a line came to: null, or why the walk ends. */
export type End = RunError | null;
/** What a walk goes through, and what it works on. */
export interface Ground {
    /** Asked for at each command: a machine may be booted by the first. */
    readonly world: () => World;
    /** The lines of the script at a path. */
    readonly linesOf: (path: string) => ScriptLines;
    /** What paths are relative to that no script names. */
    readonly directory?: string;
    readonly signal?: AbortSignal | null;
    /** Told when a command has ended. */
    readonly ended?: () => void;
    /** Between lines now and then; others may have a turn. */
    readonly rest?: () => Soon<void>;
}
/** A script whose first lines have been looked at. */
export interface Opened {
    readonly path: string;
    readonly lines: ScriptLines;
    /** Its first line that says something; null: none does. */
    readonly first: FirstLine | null;
    /** Why it can't be read, which shows again when it is walked. */
    readonly fault: Failure | null;
}
export interface FirstLine {
    readonly line: number;
    readonly text: string;
    /** What it says of the machine; null: it is another command. */
    readonly machine: Partial<MachineOptions> | null;
}
/** Opens a script and looks for its first command: the machine that it wants is booted before it is walked. */
export declare function opened(path: string, lines: ScriptLines): Steps<Opened>;
/**
 * Obeys the lines of scripts and of those that they include, up to the first that fails: every script that runs
 * anywhere is read, included and obeyed by these rules.
 */
export declare class Walk {
    #private;
    /** Where it is. */
    readonly place: Place;
    constructor(ground: Ground);
    /** A script to its end, on a machine that its first command has booted. */
    script({ path, lines }: Pick<Opened, 'path' | 'lines'>): Steps<End>;
    /** A text of somebody who has a machine. */
    text(text: string): Steps<End>;
    /** One line; not cut, whatever is in it. */
    line(text: string): Steps<End>;
    /** A command that stands nowhere. */
    command(command: Command): Steps<End>;
    /** Where a path leads that the command in hand names. */
    beside(path: string): string;
}
