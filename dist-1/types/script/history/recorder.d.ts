import type { TraceEvent } from '../../kernel/trace.ts';
import type { Nanoseconds } from '../../kernel/units.ts';
import type { Operation } from '../../machine/machine.ts';
import type { History } from '../result.ts';
import { type Outcome, type Soon, type TheMachine } from '../world.ts';
import type { Timeline } from './timeline.ts';
/** Which histories of a run are kept. */
export interface Kept {
    /** Usage and marks over time; if left out, they are. */
    readonly history?: boolean | undefined;
    /** What happened when, for pictures; if left out, it is not. */
    readonly timeline?: boolean | undefined;
}
/** Keeps what a machine does over time while a script runs on it. That it does changes nothing. */
export declare class Recorder {
    #private;
    constructor(machine: TheMachine, { history, timeline }: Kept);
    /** When it wants to look next. */
    get next(): Nanoseconds;
    /** Looks, if it is time to. */
    look(): void;
    event(event: TraceEvent): void;
    /** Carries out an operation by `act`, and notes down what it means. */
    around(operation: Operation, act: () => Soon<Outcome>): Soon<Outcome>;
    /** A cgroup's usage and marks up to now. */
    history(path: string): History;
    /** null: none was asked for. */
    timeline(): Timeline | null;
}
