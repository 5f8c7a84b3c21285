import { type Nanoseconds } from '../kernel/units.ts';
import type { Operation, Result, Stop } from '../machine/machine.ts';
import type { Recorder } from './history/recorder.ts';
import { type Steps } from './steps.ts';
import type { Needs, TraceRecords } from './traces.ts';
import { type Failure, type Outcome, type Soon, type TheMachine } from './world.ts';
/** Virtual time is exact up to here. */
export declare const END_OF_TIME: Nanoseconds;
/** What is driven: a machine, or what stands before one. */
export type Driven = Pick<TheMachine, 'now' | 'perform' | 'run' | 'feed' | 'interrupt'>;
/** Where the records come from that a machine asks for. */
export type Records = (needs: Needs) => Soon<TraceRecords | Failure>;
/** A trace that can't be read ends there, and somebody is told. */
export declare const orItsEnd: (records: Records, tell?: (needs: Needs, why: Failure) => void) => Records;
/** How a machine stopped that was let run for a while. */
export type Stretch = Exclude<Stop, Needs> | {
    readonly why: 'fault';
    readonly failure: Failure;
};
/** How an operation ended. `never`: what it waits for is stopped, idle or gone. */
export type Ended = {
    readonly why: 'done';
    readonly result: Result<undefined>;
} | {
    readonly why: 'never' | 'interrupted';
} | {
    readonly why: 'fault';
    readonly failure: Failure;
};
/** Holds a machine back while an operation is in hand. */
export interface Pace {
    /**
     * How far the machine may go at once, virtual time in ns; a promise: not before that; null: nobody waits for the
     * operation any more.
     */
    next(now: Nanoseconds): number | Promise<unknown> | null;
    /** It has gone some way. */
    ran(): void;
}
/** Lets a machine run, feeds it, and carries operations to their end: whoever drives a machine does it by this. */
export declare class Driver {
    #private;
    /** `pace`: asked for at the beginning of each operation that is not over at once. */
    constructor(machine: Driven, records: Records, pace?: () => Pace);
    /** Performs an operation and goes on until it is over. */
    drive(operation: Operation): Soon<Ended>;
    /** Goes on until what was begun (null) is over. */
    finish(begun: Result<undefined> | null): Steps<Ended>;
    /** Lets the machine run up to this time (null: no bound), or until `watched` holds; feeds what it asks for. */
    run(until: Nanoseconds | null, watched?: (() => boolean) | null): Steps<Stretch>;
}
/** `subject` begins the message of a refusal. */
export declare function outcomeOf(ended: Ended, subject: string): Outcome;
/** Holds a machine back, for those who look on. */
export interface Pacer {
    /** Virtual time goes no further for now, ns. */
    readonly until: number;
    /** Ends when everybody else has had a turn, and it may have moved. */
    readonly breathe: () => Promise<void>;
}
export interface Surroundings {
    readonly recorder: Pick<Recorder, 'next' | 'look'>;
    readonly signal: AbortSignal | null;
    /** The wall clock, ms: for turns and progress, never for a result. */
    readonly clock: () => number;
    /** Told the virtual time about every TURN. */
    readonly progress: (now: Nanoseconds) => void;
    readonly pacer?: Pacer | undefined;
}
/** Slice by slice: looks at usage and at the wall, lets others have a turn. How it slices changes no result. */
export declare class Slices implements Pace {
    #private;
    constructor(around: Surroundings);
    next(now: Nanoseconds): number | Promise<void> | null;
    ran(): void;
}
