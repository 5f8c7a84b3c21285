import type { Errno, Machine } from '../machine/machine.ts';
import { type Driver } from '../script/drive.ts';
import type { ErrorKind } from '../script/result.ts';
import type { Steps } from '../script/steps.ts';
import { type End, Walk } from '../script/walk.ts';
import type { HeldTraces } from './traces.ts';
/** A line that was refused, an expectation that was not met, or a mistake in a line. */
export declare class ScriptError extends Error {
    readonly name = "ScriptError";
    readonly kind: ErrorKind | 'expectation';
    /** Of the emulated kernel; null unless it refused. */
    readonly code: Errno | null;
    /** The line as it was written. */
    readonly line: string;
    constructor(kind: ScriptError['kind'], line: string, message: string, why: string, code: Errno | null);
}
/** What lines work on. */
export interface Bench {
    readonly machine: Machine;
    readonly group: string;
    readonly driver: Driver;
    readonly traces: HeldTraces;
}
/** What lines came to that did not fail. */
export interface Obeyed {
    readonly output: string;
    /** Expectations that were not met: the lines, and what was found. */
    readonly unmet: readonly {
        readonly line: string;
        readonly text: string;
    }[];
}
/** Obeys lines on a machine; nothing is waited for but the file of a trace. Throws a ScriptError at the first that fails. */
export declare function obeyed({ machine, group, driver, traces }: Bench, walked: (walk: Walk) => Steps<End>): Steps<Obeyed>;
/** Throws a ScriptError where an expectation was not met. */
export declare function met({ output, unmet }: Obeyed): string;
export declare const needsTime: () => Error;
