import { Mistake } from '../script/mistake.ts';

/** Standard input that is read twice has to be kept. */
const MOST = 64 << 20;
/** The longest text that a control file is written. */
const MOST_WRITTEN = 1 << 20;

/** Standard input, whole; a Mistake when it is too large to keep. */
export const wholeInput = (input: AsyncIterable<Uint8Array>): Promise<Uint8Array | Mistake> =>
  inputUpTo(MOST, input, `--compare reads a script twice: put more than ${MOST >> 20} MiB into a file`);

/** A script in standard input that is run many times. */
export const scriptInput = (input: AsyncIterable<Uint8Array>): Promise<Uint8Array | Mistake> =>
  inputUpTo(MOST, input, `standard input is kept in memory: put more than ${MOST >> 20} MiB into a file`);

/** Standard input as the text of one write(2). */
export const boundedInput = (input: AsyncIterable<Uint8Array>): Promise<Uint8Array | Mistake> =>
  inputUpTo(
    MOST_WRITTEN,
    input,
    `standard input is longer than ${MOST_WRITTEN >> 20} MiB: no control file takes that at once`,
  );

async function inputUpTo(
  most: number,
  input: AsyncIterable<Uint8Array>,
  otherwise: string,
): Promise<Uint8Array | Mistake> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of input) {
    length += piece.length;
    if (length > most) return new Mistake(otherwise, 0);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The bytes as a stream of one piece. */
export async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
