import { DecoderAround } from './decoder-around.ts';
import type { Decoder } from './record-queue.ts';
/** A line of another format as one of CSV, or as several; '' where it is no record. */
export type Rewrite = (line: string) => string;
/** Traces in lines that are no table: each is written as one of CSV, which another decoder reads. */
export declare class LineDecoder extends DecoderAround {
    #private;
    /** `whyEmpty`: what is said when no line is a record. */
    constructor(file: string, rewrite: Rewrite, decoder: Decoder, whyEmpty: string | null);
    decode(chunk: Buffer): void;
    end(): void;
}
