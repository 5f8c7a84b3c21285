import { LONGEST_LINE, RowCutter } from './csv-lines.ts';
import { DecoderAround } from './decoder-around.ts';
import type { Decoder } from './record-queue.ts';
import { TraceError } from './trace-error.ts';

/** A line of another format as one of CSV; '' where it is no record. */
export type Rewrite = (line: string) => string;

/** Traces in lines that are no table: each is written as one of CSV, which another decoder reads. */
export class LineDecoder extends DecoderAround {
  readonly #lines: RowCutter;

  constructor(file: string, rewrite: Rewrite, decoder: Decoder) {
    super(decoder);
    this.#lines = new RowCutter(
      (source, start, end) =>
        decoder.decode(Buffer.from(`${rewrite(source.toString('utf8', start, end))}\n`)),
      () => {
        throw new TraceError(file, `the line is longer than ${LONGEST_LINE} bytes`, decoder.position);
      },
    );
  }

  decode(chunk: Buffer): void {
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
    this.decoder.end();
  }
}
