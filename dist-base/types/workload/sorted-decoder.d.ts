import { DecoderAround } from './decoder-around.ts';
import { type Decoder, RecordQueue } from './record-queue.ts';
/** Records of a decoder in the order of their times, those of one time as they come; they are kept in memory. */
export declare class SortedDecoder extends DecoderAround {
    #private;
    constructor(make: (queue: RecordQueue) => Decoder, queue: RecordQueue);
    decode(chunk: Buffer): void;
    end(): void;
}
