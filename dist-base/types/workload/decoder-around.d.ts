import type { Decoder, Skipped } from './record-queue.ts';
import type { TracePosition } from './trace-error.ts';
/** A decoder that does something to what goes into another or comes out of it; the rest is told by that one. */
export declare abstract class DecoderAround implements Decoder {
    protected readonly decoder: Decoder;
    constructor(decoder: Decoder);
    abstract decode(chunk: Buffer): void;
    abstract end(): void;
    get position(): TracePosition;
    get skipped(): Skipped;
    get strange(): ReadonlyMap<string, number> | undefined;
}
