import { headerNames } from '../csv-columns.ts';
import { FieldCutter } from '../csv-fields.ts';
import { separatorOf } from '../csv-header.ts';
import { LONGEST_LINE, RowCutter } from '../csv-lines.ts';
import { DamagedStream, decompressed } from '../decompress.ts';
import { TraceError } from '../trace-error.ts';
import { fileChunks, fileState } from '../trace-file.ts';
import { inUtf8 } from '../utf8.ts';
import { addMatrices } from './prometheus-json.ts';
import { isTime } from './sample-clock.ts';
import type { SampleSource } from './sources.ts';
import { Table } from './table.ts';

const HASH = 0x23;
const BLANK = 0x20;
const NUMBER = /^[-+]?[\d.,]+(e[-+]?\d+)?$/i;
/** Bytes of JSON that are read at once. */
const LONGEST_JSON = 256 * 2 ** 20;

export interface ReadTable {
  readonly table: Table;
  /** Why it ends where it does; null: it was read to its end. */
  readonly damage: TraceError | null;
  /** The byte between its fields; null: it is no CSV. */
  readonly separator: number | null;
}

/** All of a table, in whatever form its source has. Throws a TraceError if there is none to read. */
export async function readTable(
  path: string,
  source: SampleSource | undefined,
  hasNoHeader: boolean,
): Promise<ReadTable> {
  const chunks = inUtf8(decompressed(fileChunks(path, await fileState(path))));
  const table = new Table();
  if (source?.name === 'prometheus-json') {
    addMatrices(path, await textOf(path, chunks), table);
    return { table, damage: null, separator: null };
  }
  const reader = source?.reader?.() ?? null;
  const lines = reader === null ? new CsvLines(path, table, hasNoHeader) : null;
  let number = 0;
  const cutter = new RowCutter(
    (buffer, start, end) => {
      number += 1;
      if (lines !== null) lines.line(buffer, start, end, number);
      else {
        const row = reader?.(buffer.toString('utf8', start, end)) ?? null;
        if (row !== null) table.add(row.names, number, row.cells, null);
      }
      if (table.isFull)
        throw new TraceError(path, 'the table is too large: leave out columns, or choose fewer series');
    },
    () => {
      throw new TraceError(path, `the line is longer than ${LONGEST_LINE} bytes: this is no CSV`, {
        line: number + 1,
      });
    },
  );
  let damage: TraceError | null = null;
  try {
    for await (const chunk of chunks) cutter.push(chunk);
    cutter.end();
  } catch (error) {
    if (error instanceof DamagedStream) damage = new TraceError(path, error.message, { line: number + 1 });
    else if (error instanceof TraceError && table.rows.length > 0 && !table.isFull) damage = error;
    else throw error;
  }
  return { table, damage, separator: lines?.separator ?? null };
}

/** The lines that a file begins with, as far as they help to tell what it is. */
export async function firstLines(path: string): Promise<string[]> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of inUtf8(decompressed(fileChunks(path, await fileState(path))))) {
      pieces.push(Buffer.from(chunk.subarray(0, LONGEST_LINE)));
      length += chunk.length;
      if (length >= LONGEST_LINE) break;
    }
  } catch (error) {
    if (!(error instanceof DamagedStream)) throw error;
  }
  const text = Buffer.concat(pieces).toString('utf8');
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
}

/** Lines of CSV: comments and what says the separator before the header, and headers again below it. */
class CsvLines {
  readonly #path: string;
  readonly #table: Table;
  readonly #hasNoHeader: boolean;
  #fields = new FieldCutter();
  #told: string | null = null;
  #comment = '';
  #names: readonly string[] | null = null;
  separator: number | null = null;

  constructor(path: string, table: Table, hasNoHeader: boolean) {
    this.#path = path;
    this.#table = table;
    this.#hasNoHeader = hasNoHeader;
  }

  line(source: Buffer, start: number, end: number, number: number): void {
    if (start === end) return;
    if (this.#names === null) {
      const text = source.toString('utf8', start, end);
      const told = /^"?sep=(.)"?$/.exec(text);
      if (told !== null) this.#told = told[1];
      if (told !== null || text.startsWith('#')) {
        this.#comment = text;
        return;
      }
      this.#begin(text);
    } else if (source[start] === HASH) return;
    const bad = this.#fields.cut(source, start, end, LONGEST_LINE);
    if (bad > 0 && this.#names === null) {
      const names = unquotedLabels(source.toString('utf8', start, end), this.separator ?? BLANK);
      if (names !== null) {
        this.#names = names;
        return;
      }
    }
    if (bad > 0) {
      const why = 'a quoted field must end on its line, be followed by a comma and write " as ""';
      throw new TraceError(this.#path, why, { line: number });
    }
    const cells = Array.from({ length: this.#fields.count }, (_, i) => this.#fields.text(i));
    if (this.#names === null) this.#first(cells, number);
    else this.#row(cells, number);
  }

  #begin(text: string): void {
    const separator = this.#told?.charCodeAt(0) ?? separatorOf(Buffer.from(text));
    const isBlanks =
      this.#told === null && !text.includes(String.fromCharCode(separator)) && / /.test(text.trim());
    this.separator = isBlanks ? BLANK : separator;
    this.#fields = new FieldCutter(this.separator);
  }

  #first(cells: readonly string[], number: number): void {
    this.#table.header = number;
    const hasValues = cells.some((cell) => NUMBER.test(cell) || isTime(cell));
    const said = this.#comment.replace(/^#+\s*/, '').split(String.fromCharCode(this.separator ?? BLANK));
    if (!hasValues) {
      this.#names = headerNames(this.#fields);
      return;
    }
    if (this.#hasNoHeader) this.#names = cells.map((_, i) => `column ${i + 1}`);
    else if (said.length === cells.length && said.length > 1) this.#names = said.map((name) => name.trim());
    else {
      const why =
        'the table has no header: say which of its columns is which, as --format samples:time=1,anon=2,file=3';
      throw new TraceError(this.#path, why, { line: number });
    }
    this.#row(cells, number);
  }

  #row(cells: readonly string[], number: number): void {
    const names = this.#names ?? [];
    // A header again, perhaps another: reports are often put one behind the other.
    if (
      cells.length > 1 &&
      cells.every(
        (cell, i) => cell === names[i] || (i > 0 && /^[A-Za-z_{"][^;]*$/.test(cell) && cells[0] === names[0]),
      )
    ) {
      this.#names = cells;
      return;
    }
    if (cells.length > names.length && cells.slice(names.length).some((cell) => cell !== '')) {
      const why = `the line has ${cells.length} fields, and the header ${names.length}: a number with a comma has to be quoted`;
      throw new TraceError(this.#path, why, { line: number });
    }
    this.#table.add(names, number, cells, [...this.#fields.columns]);
  }
}

/** The names of a header that quotes its labels and not its fields: `time,rss{pod="a",job="b"}`; null: it has no labels. */
function unquotedLabels(line: string, separator: number): string[] | null {
  const inside = /\{[^}]*\}/g;
  if (!inside.test(line)) return null;
  const labels = line.match(inside) ?? [];
  const names = line.replace(inside, '{}').split(String.fromCharCode(separator));
  return names.map((name) => name.trim().replace('{}', () => labels.shift() ?? ''));
}

async function textOf(path: string, chunks: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      pieces.push(Buffer.from(chunk));
      length += chunk.length;
      if (length > LONGEST_JSON)
        throw new TraceError(path, 'the JSON is larger than 256M: ask for fewer series');
    }
  } catch (error) {
    throw error instanceof DamagedStream ? new TraceError(path, error.message) : error;
  }
  return Buffer.concat(pieces).toString('utf8');
}
