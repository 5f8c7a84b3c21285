import { LONGEST_LINE, RowCutter } from './csv-lines.ts';
import { DecoderAround } from './decoder-around.ts';
import type { Decoder } from './record-queue.ts';
import { TraceError } from './trace-error.ts';

/** A line of another format as one of CSV, or as several; '' where it is no record. */
export type Rewrite = (line: string) => string;

/** Traces in lines that are no table: each is written as one of CSV, which another decoder reads. */
export class LineDecoder extends DecoderAround {
  readonly #lines: RowCutter;
  readonly #file: string;
  readonly #whyEmpty: string | null;

  /** `whyEmpty`: what is said when no line is a record. */
  constructor(file: string, rewrite: Rewrite, decoder: Decoder, whyEmpty: string | null) {
    super(decoder);
    this.#file = file;
    this.#whyEmpty = whyEmpty;
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
    try {
      this.decoder.end();
    } catch (error) {
      // All that can be wrong at the end is that there was no record.
      throw this.#whyEmpty === null ? error : new TraceError(this.#file, this.#whyEmpty);
    }
  }
}
