import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { FileAccess } from '../syscalls/accesses.ts';

/** Rows are handed on in pieces of so many characters. */
const PIECE = 1 << 16;

/**
 * The trace beside a recording, for the `trace` behaviour: CSV, compressed with gzip, a row for each read and
 * write of a file in bytes, and for each piece of one that is given up. Times are seconds since the recording began.
 */
export class AccessTrace {
  readonly path: string;
  /** When the recording begins, microseconds since 1970. */
  began = 0;
  readonly #anonymous: boolean;
  readonly #gzip = createGzip();
  readonly #written: Promise<void>;
  #rows = 'time,op,file,offset,size\n';
  /** What it came to, bytes; pieces that are mapped are in no row. */
  readonly totals = { read: 0, written: 0, mapped: 0, accesses: 0 };
  /** Seconds; null: there was none yet. */
  first: number | null = null;

  /** `anonymous`: files are named by their numbers alone. */
  constructor(path: string, anonymous: boolean) {
    this.path = path;
    this.#anonymous = anonymous;
    const file = createWriteStream(path);
    this.#written = finished(this.#gzip.pipe(file));
    // It is awaited at the end; a full disk must not end the program before.
    this.#written.catch(() => {});
  }

  /** `name`: of the file, now. */
  add({ time, kind, file, offset, size }: FileAccess, name: string): void {
    if (kind === 'map') {
      this.totals.mapped += size;
      return;
    }
    if (kind === 'read') this.totals.read += size;
    if (kind === 'write') this.totals.written += size;
    this.totals.accesses += 1;
    const seconds = Math.max(0, time - this.began) / 1e6;
    this.first ??= seconds;
    const shown = this.#anonymous ? `${file}` : quoted(name);
    this.#rows += `${seconds.toFixed(6)},${kind},${shown},${offset},${size}\n`;
    if (this.#rows.length >= PIECE) this.#handOn();
  }

  /** Throws the system's error if not all of it could be written. */
  async end(): Promise<void> {
    this.#handOn();
    this.#gzip.end();
    await this.#written;
  }

  #handOn(): void {
    this.#gzip.write(this.#rows);
    this.#rows = '';
  }
}

const quoted = (name: string): string => (/[",\n\r]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
