import { basename } from 'node:path';
import type { TraceBatch } from '../task/behaviour.ts';
import { CsvDecoder } from './csv.ts';
import { type CsvColumns, looksLikeTrace, resolveColumns, resolvedFormat } from './csv-columns.ts';
import { type FirstLine, readFirstLine } from './csv-header.ts';
import { LONGEST_LINE } from './csv-lines.ts';
import { FileNames } from './file-names.ts';
import { OracleGeneralDecoder } from './oracle-general.ts';
import type { Decoder, RecordQueue, Skipped } from './record-queue.ts';
import { TraceError } from './trace-error.ts';
import { fileChunks, fileState, fingerprint, stateId } from './trace-file.ts';
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
  const first = await readFirstLine(path, state, signal);
  // Damage further on is met again by the reader, after the records that come before.
  if (first.missing && first.damage !== null)
    throw new TraceError(path, first.damage.message, undefined, first.damage);
  if (first.missing) throw new TraceError(path, 'the file is empty once it is decompressed');
  const format = options.format === undefined ? guess(path, first.names) : parsed(path, options.format);
  const files = new FileNames();
  const { text, decoder } = decoding(path, format, first, files);

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

function decoding(path: string, format: TraceFormat, first: FirstLine, files: FileNames): Decoding {
  if (format.kind === 'oracleGeneral') {
    files.names.push('');
    const decoder = (queue: RecordQueue) => new OracleGeneralDecoder(path, format, queue);
    return { text: traceFormatText(format), decoder };
  }
  const columns = columnsOf(path, first, format);
  if (columns.file < 0) files.names.push('');
  return {
    text: traceFormatText(resolvedFormat(columns, format)),
    decoder: (queue) => new CsvDecoder(path, columns, format.timeunit, files, queue),
  };
}

function guess(path: string, names: readonly string[]): TraceFormat {
  const isOracleGeneral = /\.oraclegeneral(\.|$)/i.test(basename(path));
  const name = isOracleGeneral ? 'oracleGeneral' : looksLikeTrace(names) ? 'csv' : null;
  if (name !== null) return parsed(path, name);
  throw new TraceError(path, `the format of this trace is unknown: name it with --format; ${FORMATS}`);
}

function columnsOf(path: string, { names, tooLong }: FirstLine, format: CsvFormat): CsvColumns {
  const columns = tooLong
    ? `the line is longer than ${LONGEST_LINE} bytes: this is no CSV`
    : resolveColumns(names, format);
  if (typeof columns === 'string') throw new TraceError(path, columns, { line: 1 });
  return columns;
}
