import { headerNames } from '../csv-columns.ts';
import { FieldCutter } from '../csv-fields.ts';
import { LONGEST_LINE, RowCutter } from '../csv-lines.ts';
import { DamagedStream, decompressed } from '../decompress.ts';
import { NOTHING_YET, type Sample } from '../record/sample.ts';
import { quoted, TraceError } from '../trace-error.ts';
import { fileChunks, fileState } from '../trace-file.ts';
import { SampleClock } from './sample-clock.ts';
import { resolveSampleColumns, type SampleColumn, type SampleColumns } from './samples-columns.ts';
import { type SampleRole, type SamplesFormat, unitBytes } from './samples-format.ts';

/** What was found in a table beside its samples. */
export interface Findings {
  /** Counters that began again from 0, rows without a value, by column. */
  readonly resets: Map<string, number>;
  readonly gaps: Map<string, number>;
}

/**
 * The samples of a table in CSV, plain or compressed, row by row. Throws a TraceError at the first row that
 * can't be; those before it have been given.
 */
export async function* readSamples(
  path: string,
  format: SamplesFormat,
  findings: Findings,
): AsyncGenerator<Sample> {
  const state = await fileState(path);
  const table = new Table(path, format, findings);
  let rows: Sample[] = [];
  const cutter = new RowCutter(
    (source, start, end) => {
      const sample = table.line(source, start, end);
      if (sample !== null) rows.push(sample);
    },
    () => table.fail(`the line is longer than ${LONGEST_LINE} bytes: this is no CSV`),
  );
  const taken = (): Sample[] => {
    const all = rows;
    rows = [];
    return all;
  };
  let failure: unknown = null;
  try {
    for await (const chunk of decompressed(fileChunks(path, state))) {
      cutter.push(chunk);
      yield* taken();
    }
    cutter.end();
    table.end();
  } catch (error) {
    failure =
      error instanceof DamagedStream ? new TraceError(path, error.message, { line: table.number }) : error;
  }
  yield* taken();
  if (failure !== null) throw failure;
}

const NO_VALUE: ReadonlySet<string> = new Set(['', '-', 'nan', 'null', 'none', 'na', 'n/a', 'undefined']);
const VALUE = /^(\d+(?:\.\d*)?|\.\d+)(e[-+]?\d+)?\s*([a-z]*)(?:\/s)?$/i;

class Table {
  /** The line in hand, from 1. */
  number = 1;
  readonly #path: string;
  readonly #format: SamplesFormat;
  readonly #findings: Findings;
  readonly #fields = new FieldCutter();
  readonly #clock: SampleClock;
  #columns: SampleColumns | null = null;
  #last: Sample | null = null;
  #lastTimeText = '';
  /** The counters as they were last given. */
  readonly #counters = new Map<SampleRole, number>();

  constructor(path: string, format: SamplesFormat, findings: Findings) {
    this.#path = path;
    this.#format = format;
    this.#findings = findings;
    this.#clock = new SampleClock(format.timeunit);
  }

  /** null: the header, or an empty line. */
  line(source: Buffer, start: number, end: number): Sample | null {
    const sample = end > start ? this.#filled(source, start, end) : null;
    this.number += 1;
    return sample;
  }

  end(): void {
    if (this.#last === null) this.fail('the table ends without a sample');
  }

  fail(why: string, field = -1): never {
    const column = field < 0 ? {} : { column: this.#fields.columns[field] };
    throw new TraceError(this.#path, why, { line: this.number, ...column });
  }

  #filled(source: Buffer, start: number, end: number): Sample | null {
    const badQuote = this.#fields.cut(source, start, end, LONGEST_LINE);
    if (badQuote > 0)
      this.fail('a quoted field must end on its line, be followed by a comma and write " as ""');
    if (this.#columns !== null) return this.#sample(this.#columns);
    const columns = resolveSampleColumns(headerNames(this.#fields), this.#format);
    if (typeof columns === 'string') this.fail(columns);
    this.#columns = columns;
    return null;
  }

  #sample(columns: SampleColumns): Sample {
    const before = this.#last;
    const time = this.#time(columns.time);
    const last = before ?? NOTHING_YET;
    const seconds = (time - last.time) / 1e9;
    const anon = this.#value(columns.anon) ?? last.anon;
    const cached = columns.file === null ? null : (this.#value(columns.file) ?? last.cached ?? 0);
    const written = this.#moved('write', columns.write, seconds);
    // What is there at the beginning has to be read to be there, and what grew by itself was mapped.
    const grown = Math.max(0, (cached ?? 0) - (last.cached ?? 0) - written);
    const read = Math.max(this.#moved('read', columns.read, seconds), grown);
    this.#last = {
      ...last,
      time,
      anon,
      peak: anon,
      cached,
      read: last.read + read,
      written: last.written + written,
    };
    return this.#last;
  }

  #time({ at, name }: SampleColumn): number {
    if (at >= this.#fields.count) this.fail(`the line has no ${name}: it is cut short or damaged`);
    const text = this.#fields.text(at);
    const time = this.#clock.read(text);
    if (Number.isNaN(time)) {
      this.fail(`${name} ${quoted(text)} is no time: it is ISO 8601, an epoch, or a number of seconds`, at);
    }
    if (time < (this.#last?.time ?? 0)) {
      this.fail(
        `${name} ${quoted(text)} is before ${quoted(this.#lastTimeText)} of the row above: sort the rows by time`,
        at,
      );
    }
    if (time > Number.MAX_SAFE_INTEGER) {
      this.fail(`${name} ${quoted(text)} is more than 104 days after the first: is timeunit right?`, at);
    }
    this.#lastTimeText = text;
    return time;
  }

  /** In bytes; null: there is no such column, or no value in it. */
  #value(column: SampleColumn | null): number | null {
    if (column === null) return null;
    const { at, name, unit } = column;
    if (at >= this.#fields.count) this.fail(`the line has no ${name}: it is cut short or damaged`);
    const text = this.#fields.text(at).trim();
    if (NO_VALUE.has(text.toLowerCase())) {
      this.#findings.gaps.set(name, (this.#findings.gaps.get(name) ?? 0) + 1);
      return null;
    }
    const [, digits, exponent = '', suffix] = VALUE.exec(text) ?? [];
    const own = suffix === undefined || suffix === '' ? unit : unitBytes(suffix);
    if (digits === undefined || own === null) {
      const what = text.startsWith('-') ? 'negative' : 'no size';
      this.fail(`${name} ${quoted(text)} is ${what}: write a number, and a unit if need be`, at);
    }
    const bytes = Number(`${digits}${exponent}`) * own;
    if (bytes > Number.MAX_SAFE_INTEGER) this.fail(`${name} ${quoted(text)} is more than 8192T`, at);
    return bytes;
  }

  /** Bytes since the row before. */
  #moved(role: 'read' | 'write', column: SampleColumn | null, seconds: number): number {
    const value = this.#value(column);
    if (column === null || value === null) return 0;
    if (column.rate) return value * seconds;
    const before = this.#counters.get(role);
    this.#counters.set(role, value);
    if (before === undefined) return 0;
    if (value >= before) return value - before;
    // It began again from 0, as a counter does when its process does.
    this.#findings.resets.set(column.name, (this.#findings.resets.get(column.name) ?? 0) + 1);
    return value;
  }
}
