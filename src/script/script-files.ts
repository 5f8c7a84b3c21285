import { createReadStream } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
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
    yield* readLines(path === STDIN ? stdin : createReadStream(path));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    yield failure('world', `${path}: ${systemText(error)}`);
  }
}

export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && typeof (error as NodeJS.ErrnoException).code === 'string';

/** `no such file or directory`, of Node's `ENOENT: no such file or directory, open 'x'`. */
export const systemText = (error: NodeJS.ErrnoException): string =>
  error.message.replace(/^[A-Z0-9]+: /, '').replace(/, \w+( '.*')?$/s, '');
