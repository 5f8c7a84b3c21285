import { basename } from 'node:path';
import type { TraceBatch } from '../task/behaviour.ts';
import { CsvDecoder } from './csv.ts';
import { type CsvColumns, looksLikeTrace, resolveColumns, resolvedFormat } from './csv-columns.ts';
import { COMMA } from './csv-fields.ts';
import { type FirstLine, readFirstLine } from './csv-header.ts';
import { LONGEST_LINE } from './csv-lines.ts';
import { decompressed } from './decompress.ts';
import { FileNames } from './file-names.ts';
import { detectedFormat } from './formats.ts';
import { LineDecoder } from './line-decoder.ts';
import { OracleGeneralDecoder } from './oracle-general.ts';
import type { Decoder, RecordQueue, Skipped } from './record-queue.ts';
import { SortedDecoder } from './sorted-decoder.ts';
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
import { inUtf8 } from './utf8.ts';

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
  /** Operations that were neither read nor write, and how often, as far as the trace was read. */
  readonly strange: ReadonlyMap<string, number>;
  /** What was taken for granted; a sentence each. */
  readonly notes: readonly string[];
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
  const format = options.format === undefined ? guess(path, first) : parsed(path, options.format);
  const files = new FileNames();
  const { text, decoder, notes } = decoding(path, format, first, files);

  const bytes = () => decompressed(fileChunks(path, state, signal));
  const reader = new TraceReader(path, format.kind === 'csv' ? () => inUtf8(bytes()) : bytes, decoder);
  return {
    id: stateId(path, state),
    sha256: () => fingerprint(path, state, signal),
    format: text,
    files: files.names,
    get skipped() {
      return reader.skipped;
    },
    get strange() {
      return reader.strange;
    },
    notes,
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
  readonly notes: readonly string[];
  readonly decoder: (queue: RecordQueue) => Decoder;
}

function decoding(path: string, format: TraceFormat, first: FirstLine, files: FileNames): Decoding {
  if (format.kind === 'oracleGeneral') {
    files.names.push('');
    const decoder = (queue: RecordQueue) => new OracleGeneralDecoder(path, format, queue);
    return { text: traceFormatText(format), decoder, notes: [] };
  }
  const { published } = format;
  const columns = columnsOf(path, published?.rewrite ? { ...first, names: REWRITTEN_NAMES } : first, format);
  if (columns.file < 0) files.names.push('');
  const rewrite = published?.rewrite ?? null;
  const hasHeader = rewrite === null && !/^\d/.test(first.names[columns.time] ?? '');
  const csvDecoder = (queue: RecordQueue): Decoder => {
    const separator = rewrite === null ? first.separator : COMMA;
    const header = hasHeader ? first.number : 0;
    const decoder = new CsvDecoder(path, columns, columns.timeunit, files, queue, separator, header);
    return rewrite === null
      ? decoder
      : new LineDecoder(path, rewrite(), decoder, published?.whyEmpty ?? null);
  };
  return {
    text: traceFormatText(resolvedFormat(columns, format)),
    notes: notesOf(columns, first, published?.volume ?? null),
    decoder: (queue) =>
      format.sort ? new SortedDecoder((inner) => csvDecoder(inner), queue) : csvDecoder(queue),
  };
}

/** What a rewritten line holds (formats.ts). */
const REWRITTEN_NAMES = ['time', 'op', 'offset', 'size', 'file'];

function notesOf(
  { op, size, file, only }: CsvColumns,
  { names }: FirstLine,
  published: number | null,
): string[] {
  const volume =
    names.find((name) => /^(device_id|disknumber|volumeid|asu|lun|dev|device)$/i.test(name)) ?? published;
  return [
    ...(op < 0 ? ['no column is the operation: each record is taken for a read'] : []),
    ...(size < 0 ? ['no column is the size: each record is taken for 4096 bytes'] : []),
    ...(file < 0 && volume !== null && only === null
      ? [`volumes are taken for one: file=${volume} in --format keeps them apart`]
      : []),
  ];
}

function guess(path: string, first: FirstLine): TraceFormat {
  const { names } = first;
  const isOracleGeneral = /\.oraclegeneral(\.|$)/i.test(basename(path));
  const published = detectedFormat(names, first.line);
  if (published !== undefined) return parsed(path, published.name);
  const name = isOracleGeneral ? 'oracleGeneral' : looksLikeTrace(names) ? 'csv' : null;
  if (name !== null) return parsed(path, name);
  if (names.length > 2 && names.filter((each) => /^[\d.]+$/.test(each)).length > 1)
    throw new TraceError(
      path,
      'the table has no header: say which of its columns is which, as --format csv:time=1,op=2,offset=3,size=4',
    );
  throw new TraceError(path, `the format of this trace is unknown: name it with --format; ${FORMATS}`);
}

function columnsOf(path: string, first: FirstLine, format: CsvFormat): CsvColumns {
  const { names, tooLong } = first;
  const columns = tooLong
    ? `the line is longer than ${LONGEST_LINE} bytes: this is no CSV`
    : resolveColumns(names, format);
  if (typeof columns === 'string') throw new TraceError(path, columns, { line: first.number });
  return columns;
}
