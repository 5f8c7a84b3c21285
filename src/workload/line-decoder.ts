import { LONGEST_LINE, RowCutter } from './csv-lines.ts';
import type { Decoder, Skipped } from './record-queue.ts';
import { TraceError, type TracePosition } from './trace-error.ts';

/** A line of another format as one of CSV; '' where it is no record. */
export type Rewrite = (line: string) => string;

/** Traces in lines that are no table: each is written as one of CSV, which another decoder reads. */
export class LineDecoder implements Decoder {
  readonly #decoder: Decoder;
  readonly #lines: RowCutter;

  constructor(file: string, rewrite: Rewrite, decoder: Decoder) {
    this.#decoder = decoder;
    this.#lines = new RowCutter(
      (source, start, end) =>
        decoder.decode(Buffer.from(`${rewrite(source.toString('utf8', start, end))}\n`)),
      () => {
        throw new TraceError(file, `the line is longer than ${LONGEST_LINE} bytes`, decoder.position);
      },
    );
  }

  get position(): TracePosition {
    return this.#decoder.position;
  }

  get skipped(): Skipped {
    return this.#decoder.skipped;
  }

  get strange(): ReadonlyMap<string, number> | undefined {
    return this.#decoder.strange;
  }

  decode(chunk: Buffer): void {
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
    this.#decoder.end();
  }
}
