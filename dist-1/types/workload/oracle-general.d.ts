import type { Decoder, Skipped } from './record-queue.ts';
import { type RecordQueue } from './record-queue.ts';
import { type TracePosition } from './trace-error.ts';
import type { OracleGeneralFormat } from './trace-format.ts';
export declare class OracleGeneralDecoder implements Decoder {
    #private;
    constructor(file: string, format: OracleGeneralFormat, queue: RecordQueue);
    get position(): TracePosition;
    get skipped(): Skipped;
    decode(chunk: Buffer): void;
    end(): void;
}
