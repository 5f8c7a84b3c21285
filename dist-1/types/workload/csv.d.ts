import type { CsvColumns } from './csv-columns.ts';
import type { FileNames } from './file-names.ts';
import type { Decoder, Skipped } from './record-queue.ts';
import { type RecordQueue } from './record-queue.ts';
import { type TracePosition } from './trace-error.ts';
import type { TimeUnit } from './trace-format.ts';
/** CSV with a header, one request a line. */
export declare class CsvDecoder implements Decoder {
    #private;
    /** Words of operations that are neither read nor write, and how often. */
    readonly strange: Map<string, number>;
    /** `header`: the number of its line; lines up to it are no records. */
    constructor(file: string, columns: CsvColumns, timeunit: TimeUnit, files: FileNames, queue: RecordQueue, separator?: number, header?: number);
    get position(): TracePosition;
    get skipped(): Skipped;
    decode(chunk: Buffer): void;
    end(): void;
}
