import { type Needs, type TraceRecords } from '../script/traces.ts';
import { type Failure, type Opened } from '../script/world.ts';
/** Recorded traces, held whole: so that a machine which is fed never has to wait. */
export declare class HeldTraces {
    #private;
    open(path: string, format: string | null): Promise<Opened | Failure>;
    /** The records that a machine asks for. Throws where nobody opened the trace, as after load(). */
    read({ source, record }: Needs): TraceRecords;
}
