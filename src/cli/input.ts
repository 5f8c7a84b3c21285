import { createReadStream, statSync } from 'node:fs';
import { Mistake } from '../script/mistake.ts';
import { isSystemError, STDIN, systemText } from '../script/script-files.ts';

/** Standard input that is read twice has to be kept. */
const MOST = 64 << 20;
/** The longest text that a control file is written. */
const MOST_WRITTEN = 1 << 20;

/** Standard input, whose stream is loaded when somebody reads. */
export async function* standardInput(): AsyncGenerator<Uint8Array> {
  yield* process.stdin;
}

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

/** A request of a session's server takes no more. */
const MOST_PIPED = 4 << 20;
/** What these name is this process's own, whatever it is. */
const OWN = /^\/(dev\/(stdin|fd\/\d+)|proc\/self\/fd\/\d+)$/;

/** The script of `include PATH` where that is a pipe or a device, which only the client can wait for; null: it is none. */
export async function pipedScript([word, path]: readonly string[]): Promise<Uint8Array | Mistake | null> {
  if (word !== 'include' || path === undefined) return null;
  const input = path === STDIN ? process.stdin : isPiped(path) ? createReadStream(path) : null;
  if (input === null) return null;
  const otherwise = `${path}: a script that is no regular file is sent in one piece: put more than ${MOST_PIPED >> 20} MiB into a file`;
  try {
    return await inputUpTo(MOST_PIPED, input, otherwise);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return new Mistake(`${path}: ${systemText(error)}`, 0);
  }
}

function isPiped(path: string): boolean {
  if (OWN.test(path)) return true;
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

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
