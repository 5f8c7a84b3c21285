import { Mistake } from '../script/mistake.ts';

/** Standard input that is read twice has to be kept. */
const MOST = 64 << 20;

/** Standard input, whole; a Mistake when it is too large to keep. */
export async function wholeInput(input: AsyncIterable<Uint8Array>): Promise<Uint8Array | Mistake> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of input) {
    length += piece.length;
    if (length > MOST)
      return new Mistake(`--compare reads a script twice: put more than ${MOST >> 20} MiB into a file`, 0);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The bytes as a stream of one piece. */
export async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
