import { dirname, isAbsolute, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openInput } from './input-file.ts';
import { LineCutter, type Lines, linesIn, PIECE } from './source.ts';
import { andThen, type Failure, failure, type Soon } from './world.ts';

/** The host's own files: asked of Node itself, because a test may have put a machine in the place of node:fs. */
const { closeSync, createReadStream, openSync, readSync, statSync } = process.getBuiltinModule('node:fs');

/** Scripts as files. `-` is standard input. */

export const STDIN = '-';

/** A path named in a script is relative to that script; in standard input, to the working directory. */
export const besideScript = (script: string, path: string): string =>
  isAbsolute(path) || script === STDIN ? path : join(dirname(script), path);

/** The lines of one script, some at once. */
export interface ScriptLines {
  /** null: there are no more; a Failure: the file can't be read. Both are the end. */
  next(): Soon<Lines | Failure | null>;
  /** Nobody wants what is left. */
  close(): void;
}

/** The same lines; `seen` is told of them as they go by, and of the end. */
export const seenLines = (lines: ScriptLines, seen: (some: Lines | Failure | null) => void): ScriptLines => ({
  next: () =>
    andThen(lines.next(), (some) => {
      seen(some);
      return some;
    }),
  close: () => lines.close(),
});

/** Lines that are there already. */
export function linesAt(all: readonly Lines[]): ScriptLines {
  let at = 0;
  return { next: () => all[at++] ?? null, close: () => {} };
}

/** The lines of a text: read as a script is, but that no line is too long. */
export const linesOfText = (text: string): ScriptLines => linesAt([linesIn(text)]);

/** The lines of the script at a path. `stdin`: what `-` stands for; null: nobody waits, for a file or a pipe. */
export const linesOf = (
  path: string,
  stdin: AsyncIterable<Uint8Array> | null,
  signal: AbortSignal | null = null,
): ScriptLines => new LinesOfBytes(path, () => chunksOf(path, stdin, signal));

/** The same for who must not wait, and whose standard input is nobody's: of a regular file alone. */
export const linesOfFile = (path: string): ScriptLines =>
  new LinesOfBytes(path, () => new FileChunks(openInput(path), true));

/** Bytes as they come; null: the end. Each is used before the next is asked for. */
interface Chunks {
  next(): Soon<Uint8Array | null>;
  close(): void;
}

class LinesOfBytes implements ScriptLines {
  readonly #path: string;
  readonly #open: () => Chunks;
  readonly #cutter = new LineCutter();
  #chunks: Chunks | null = null;
  /** Not cut yet. */
  #left: Uint8Array = new Uint8Array();
  #ended = false;

  constructor(path: string, open: () => Chunks) {
    this.#path = path;
    this.#open = open;
  }

  next(): Soon<Lines | Failure | null> {
    try {
      while (!this.#ended) {
        const lines = this.#cut();
        if (lines !== null) return lines;
        this.#chunks ??= this.#open();
        const chunk = this.#chunks.next();
        if (chunk instanceof Promise) return this.#later(chunk);
        const last = this.#take(chunk);
        if (last !== null) return last;
      }
      return null;
    } catch (error) {
      return this.#fault(error);
    }
  }

  close(): void {
    this.#ended = true;
    this.#chunks?.close();
  }

  async #later(soon: Promise<Uint8Array | null>): Promise<Lines | Failure | null> {
    try {
      const last = this.#take(await soon);
      return last ?? (await this.next());
    } catch (error) {
      return this.#fault(error);
    }
  }

  #cut(): Lines | null {
    while (this.#left.length > 0) {
      const lines = this.#cutter.push(this.#left.subarray(0, PIECE));
      this.#left = this.#left.subarray(PIECE);
      if (lines === null) continue;
      if (lines.mistake !== null) this.close();
      return lines;
    }
    return null;
  }

  /** The last line, when these bytes are the end. */
  #take(chunk: Uint8Array | null): Lines | null {
    if (chunk !== null) this.#left = chunk;
    else this.close();
    return chunk === null ? this.#cutter.end() : null;
  }

  #fault(error: unknown): Failure {
    this.close();
    if (error instanceof Interrupted) return failure('interrupted', 'interrupted');
    if (!isSystemError(error)) throw error;
    return failure('world', `${this.#path}: ${systemText(error)}`);
  }
}

/** What may keep its reader waiting, as a pipe does, is left to threads; to hand a file to them takes longer than to read it. */
function chunksOf(path: string, stdin: AsyncIterable<Uint8Array> | null, signal: AbortSignal | null): Chunks {
  if (stdin === null) return new FileChunks(openSync(path, 'r'), false);
  if (path !== STDIN && statSync(path).isFile()) return new FileChunks(openInput(path), true);
  return streamed(path === STDIN ? stdin : createReadStream(path), signal);
}

/** Who interrupts it need not wait for a pipe that nobody writes to. */
function streamed(stream: AsyncIterable<Uint8Array>, signal: AbortSignal | null): Chunks {
  const chunks = stream[Symbol.asyncIterator]();
  const interrupted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Interrupted()));
  });
  interrupted.catch(() => {});
  return {
    next: async () => {
      const { done, value } = await Promise.race([chunks.next(), interrupted]);
      return done === true ? null : value;
    },
    close: () => void chunks.return?.(),
  };
}

class Interrupted extends Error {}

class FileChunks implements Chunks {
  readonly #chunk = Buffer.allocUnsafe(PIECE);
  readonly #polite: boolean;
  #file: number;
  #full = false;

  /** `polite`: of a long script others get a turn. */
  constructor(file: number, polite: boolean) {
    this.#file = file;
    this.#polite = polite;
  }

  next(): Soon<Uint8Array | null> {
    if (this.#full && this.#polite) return setImmediate().then(() => this.#read());
    return this.#read();
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }

  #read(): Uint8Array | null {
    const read = readSync(this.#file, this.#chunk);
    this.#full = read === PIECE;
    return read === 0 ? null : this.#chunk.subarray(0, read);
  }
}

export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && typeof (error as NodeJS.ErrnoException).code === 'string';

/** `no such file or directory`, of Node's `ENOENT: no such file or directory, open 'x'`. */
export const systemText = (error: NodeJS.ErrnoException): string =>
  error.message.replace(/^[A-Z0-9]+: /, '').replace(/, \w+( '.*')?$/s, '');
