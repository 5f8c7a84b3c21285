import { basename } from 'node:path';
import type { TraceBatch } from '../task/behaviour.ts';
import { CsvDecoder } from './csv.ts';
import { headerNames, looksLikeTrace, resolveColumns, resolvedFormat } from './csv-columns.ts';
import { FieldCutter } from './csv-fields.ts';
import { LONGEST_LINE } from './csv-lines.ts';
import type { Decoder, Skipped } from './decoder.ts';
import { DamagedStream, decompressed } from './decompress.ts';
import { FileNames } from './file-names.ts';
import { OracleGeneralDecoder } from './oracle-general.ts';
import type { RecordQueue } from './record-queue.ts';
import { TraceError } from './trace-error.ts';
import { type FileState, fileChunks, fileState, fingerprint, stateId } from './trace-file.ts';
import {
  type CsvFormat,
  FORMATS,
  parseTraceFormat,
  type TraceFormat,
  traceFormatText,
} from './trace-format.ts';
import { TraceReader } from './trace-reader.ts';

export interface TraceOptions {
  /** As after --format, see `parseTraceFormat`; left out: told by the file's name and header. */
  readonly format?: string;
  readonly signal?: AbortSignal;
}

/** A trace that is open for reading, from one reader: each task that replays it opens its own. */
export interface TraceSource {
  /** No other file, and no other state of this one, has the same. */
  readonly id: string;
  /** Of the file's raw bytes, in hex. Throws a TraceError if it can't be read, or is no longer the same. */
  sha256(): Promise<string>;
  /** The format in full, as `parseTraceFormat` reads it. */
  readonly format: string;
  /** Names by file number; grows as records are read. A trace of a single file has one, ''. */
  readonly files: readonly string[];
  /** Records that were no page accesses, as far as the trace was read. */
  readonly skipped: Skipped;
  /**
   * At most `max` records from the one with index `from` (from 0 on, skipped records not counted).
   * Reading on is quick; from elsewhere, the file is read from its start. `last`: no more will come.
   * Records before a damaged one are given before the TraceError is thrown.
   */
  read(from: number, max: number): Promise<{ batch: TraceBatch; last: boolean }>;
  close(): Promise<void>;
}

/**
 * Opens a recorded trace: CSV or oracleGeneral, plain or compressed with gzip or zstd.
 * Throws a TraceError if the file or its format is none; the signal's reason if it aborts.
 */
export async function openTrace(path: string, options: TraceOptions = {}): Promise<TraceSource> {
  const { signal } = options;
  const state = await fileState(path);
  if (state.size === 0n) throw new TraceError(path, 'the file is empty');
  const header = new Header(path, await readHead(path, state, signal));
  const format = options.format === undefined ? header.guess() : parsed(path, options.format);
  const files = new FileNames();
  const { text, decoder } = decoding(path, format, header, files);

  const reader = new TraceReader(path, () => fileChunks(path, state, signal), decoder);
  return {
    id: stateId(path, state),
    sha256: () => fingerprint(path, state, signal),
    format: text,
    files: files.names,
    get skipped() {
      return reader.skipped;
    },
    read: (from, max) => reader.read(from, max),
    close: () => reader.close(),
  };
}

function parsed(path: string, text: string): TraceFormat {
  const format = parseTraceFormat(text);
  if (!format.ok) throw new TraceError(path, `--format ${text}: ${format.why}`);
  return format.value;
}

interface Decoding {
  readonly text: string;
  readonly decoder: (queue: RecordQueue) => Decoder;
}

function decoding(path: string, format: TraceFormat, header: Header, files: FileNames): Decoding {
  if (format.kind === 'oracleGeneral') {
    files.names.push('');
    const decoder = (queue: RecordQueue) => new OracleGeneralDecoder(path, format, queue);
    return { text: traceFormatText(format), decoder };
  }
  const columns = header.columns(format);
  if (columns.file < 0) files.names.push('');
  return {
    text: traceFormatText(resolvedFormat(columns, format)),
    decoder: (queue) => new CsvDecoder(path, columns, format.timeunit, files, queue),
  };
}

/** The file's first line, or as much of it as a line may have. */
class Header {
  readonly #path: string;
  readonly #line: Buffer;
  readonly #names: readonly string[];

  constructor(path: string, head: Buffer) {
    this.#path = path;
    const newline = head.indexOf(0x0a);
    this.#line = head.subarray(0, newline < 0 ? head.length : newline);
    const fields = new FieldCutter();
    const fits = this.#line.length <= LONGEST_LINE;
    const end = this.#line.at(-1) === 0x0d ? this.#line.length - 1 : this.#line.length;
    const good = fits && fields.cut(this.#line, 0, end, LONGEST_LINE) === 0;
    this.#names = good ? headerNames(fields) : [];
  }

  guess(): TraceFormat {
    const isOracleGeneral = /\.oraclegeneral(\.|$)/i.test(basename(this.#path));
    const name = isOracleGeneral ? 'oracleGeneral' : looksLikeTrace(this.#names) ? 'csv' : null;
    if (name === null) {
      throw new TraceError(
        this.#path,
        `the format of this trace is unknown: name it with --format; ${FORMATS}`,
      );
    }
    return parsed(this.#path, name);
  }

  columns(format: CsvFormat) {
    if (this.#line.length > LONGEST_LINE) {
      throw new TraceError(this.#path, `the line is longer than ${LONGEST_LINE} bytes: this is no CSV`, {
        line: 1,
      });
    }
    const columns = resolveColumns(this.#names, format);
    if (typeof columns === 'string') throw new TraceError(this.#path, columns, { line: 1 });
    return columns;
  }
}

/** The first line and perhaps more, uncompressed; never much more than a line may have. */
async function readHead(path: string, state: FileState, signal: AbortSignal | undefined): Promise<Buffer> {
  const head: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of decompressed(fileChunks(path, state, signal))) {
      head.push(Buffer.from(chunk));
      length += chunk.length;
      if (length > LONGEST_LINE || chunk.includes(0x0a)) break;
    }
  } catch (error) {
    // The reader meets it again, after the records that come before.
    if (!(error instanceof DamagedStream)) throw error;
    if (length === 0) throw new TraceError(path, error.message, undefined, error);
  }
  if (length === 0) throw new TraceError(path, 'the file is empty once it is decompressed');
  return Buffer.concat(head);
}
