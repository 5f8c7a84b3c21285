import { type Nanoseconds, type Pages } from '../../kernel/units.ts';
import type { Operation } from '../../machine/machine.ts';
import { type History } from '../result.ts';
import type { TheMachine } from '../world.ts';
/**
 * Looks at every cgroup's usage at even intervals of virtual time, for charts. The
 * interval doubles whenever a cgroup has MAX_SAMPLES, and pairs of samples become one.
 */
export declare class UsageRecorder {
    #private;
    /** `on`: else it looks at nothing by itself. */
    constructor(machine: TheMachine, on?: boolean);
    /** When it wants to look next. */
    get next(): Nanoseconds;
    /** Looks, if it is time to. */
    look(): void;
    /** Usage where the reclaimer woke or fell asleep: the turning points, which no even interval would meet. */
    saw(path: string, usage: Pages): void;
    /** What an operation that succeeded means for the charts. */
    after(operation: Operation): void;
    /** The cgroup's history up to now. */
    history(path: string): History;
}
