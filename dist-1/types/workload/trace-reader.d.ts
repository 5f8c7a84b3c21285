import type { TraceBatch } from '../task/behaviour.ts';
import type { Decoder, Skipped } from './record-queue.ts';
import { RecordQueue } from './record-queue.ts';
/** Reads one trace from front to back, and from the front again if another record is wanted. */
export declare class TraceReader {
    #private;
    /** `open`: its bytes, as the decoder takes them. */
    constructor(path: string, open: () => AsyncGenerator<Buffer>, decoder: (queue: RecordQueue) => Decoder);
    get skipped(): Skipped;
    get strange(): ReadonlyMap<string, number>;
    read(from: number, max: number): Promise<{
        batch: TraceBatch;
        last: boolean;
    }>;
    close(): Promise<void>;
}
