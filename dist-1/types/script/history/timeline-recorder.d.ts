import type { TraceEvent } from '../../kernel/trace.ts';
import type { Operation } from '../../machine/machine.ts';
import type { TheMachine } from '../world.ts';
import { type Timeline } from './timeline.ts';
/** Spans of time: of reclaimers, and of what tasks did. It is told of every trace event and of every operation. */
export declare class TimelineRecorder {
    #private;
    constructor(machine: TheMachine);
    event(event: TraceEvent): void;
    /** An operation is about to be carried out. */
    before(operation: Operation): void;
    /** It was. */
    after(operation: Operation, succeeded: boolean): void;
    /** What was seen up to now; what still goes on ends here. */
    timeline(): Timeline;
}
