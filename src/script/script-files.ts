import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Lines, readLines } from './source.ts';
import type { Failure } from './world.ts';
import { failure } from './world.ts';

/** Scripts as files. `-` is standard input. */

export const STDIN = '-';

/** A path named in a script is relative to that script; in standard input, to the working directory. */
export const besideScript = (script: string, path: string): string =>
  isAbsolute(path) || script === STDIN ? path : join(dirname(script), path);

/** A Failure is the end. */
export type ScriptLines = AsyncIterable<Lines | Failure>;

/** The lines of a script. A file that can't be read is a Failure, and the end. */
export async function* linesOf(path: string, stdin: AsyncIterable<Uint8Array>): ScriptLines {
  try {
    yield* readLines(path === STDIN ? stdin : bytesOf(path));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    yield failure('world', `${path}: ${systemText(error)}`);
  }
}

const CHUNK = 1 << 16;

/** What may keep its reader waiting, as a pipe does, is left to threads; to hand a file to them takes longer than to read it. */
const bytesOf = (path: string): AsyncIterable<Uint8Array> =>
  statSync(path).isFile() ? fileBytes(path) : createReadStream(path);

async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      yield chunk.subarray(0, read);
      // Of a long script others get a turn.
      if (read === CHUNK) await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}

export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && typeof (error as NodeJS.ErrnoException).code === 'string';

/** `no such file or directory`, of Node's `ENOENT: no such file or directory, open 'x'`. */
export const systemText = (error: NodeJS.ErrnoException): string =>
  error.message.replace(/^[A-Z0-9]+: /, '').replace(/, \w+( '.*')?$/s, '');
