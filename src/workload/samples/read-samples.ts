import { NOTHING_YET, type Sample } from '../record/sample.ts';
import { quoted, TraceError } from '../trace-error.ts';
import { cellBytes, isNoValue, type Notation, notationOf } from './cell.ts';
import { firstLines, readTable } from './read-table.ts';
import { SampleClock, whyNoTime } from './sample-clock.ts';
import { resolveSampleColumns, type SampleColumn, type SampleColumns } from './samples-columns.ts';
import { SAMPLE_ROLES, type SampleRole, type SamplesFormat } from './samples-format.ts';
import { type Choice, chosenSeries } from './series.ts';
import { detectedSource, sampleSource } from './sources.ts';
import type { Row, Table } from './table.ts';

/** What was found in a table beside its samples. */
export interface Findings {
  /** Counters that began again from 0, rows without a value, by column. */
  readonly resets: Map<string, number>;
  readonly gaps: Map<string, number>;
  /** What was taken for what, and what was left out; a sentence each. */
  readonly notes: string[];
}

export interface SamplesAsked {
  readonly format: SamplesFormat;
  readonly choice: Choice;
  /** Rows may be in any order. */
  readonly sort: boolean;
}

/**
 * The samples of a table, plain or compressed, row by row. Throws a TraceError at the first row that
 * can't be; those before it have been given.
 */
export async function* readSamples(
  path: string,
  { format, choice, sort }: SamplesAsked,
  findings: Findings,
): AsyncGenerator<Sample> {
  const source =
    format.source === null ? detectedSource(await firstLines(path)) : sampleSource(format.source);
  const isNumbered = SAMPLE_ROLES.some((role) => /^\d+$/.test(format[role] ?? ''));
  const { table, damage, separator } = await readTable(path, source, isNumbered);
  const fail = (why: string, line = table.header): never => {
    throw new TraceError(path, why, { line });
  };
  if (table.rows.length === 0 && damage !== null) throw damage;
  if (table.rows.length === 0) fail('the table ends without a sample');
  const series = chosenSeries(table, format, source, choice);
  if (typeof series === 'string') return fail(series);
  const columns = resolveSampleColumns(series.table, series.format, source);
  if (typeof columns === 'string') return fail(columns);
  findings.notes.push(...columns.notes);
  if (series.left > 0) findings.notes.push(`left out: ${series.left} rows or columns of other series`);
  const rows = new Rows(path, series.table, columns, format, findings, separator);
  yield* rows.samples(sort);
  if (damage !== null) throw damage;
}

class Rows {
  readonly #path: string;
  readonly #table: Table;
  readonly #columns: SampleColumns;
  readonly #findings: Findings;
  readonly #clock: SampleClock;
  readonly #notation: Notation;
  #last: Sample = NOTHING_YET;
  #lastTimeText = '';
  /** The counters as they were last given. */
  readonly #counters = new Map<SampleRole, number>();

  constructor(
    path: string,
    table: Table,
    columns: SampleColumns,
    format: SamplesFormat,
    findings: Findings,
    separator: number | null,
  ) {
    this.#path = path;
    this.#table = table;
    this.#columns = columns;
    this.#findings = findings;
    this.#clock = new SampleClock(format.interval === null ? format.timeunit : 's');
    const used = [columns.anon, columns.file, columns.read, columns.write, columns.usage];
    const cells = table.rows.flatMap((row) =>
      used.map((each) => (each === null ? '' : (row.cells[each.at] ?? ''))),
    );
    this.#notation = notationOf(cells, separator);
  }

  /** In the order of their times, if that was asked for. */
  *samples(sort: boolean): Generator<Sample> {
    const { rows } = this.#table;
    const { time } = this.#columns;
    if (!sort) for (const row of rows) yield this.#sample(row, this.#time(row, time));
    else {
      const timed = rows
        .map((row) => ({ row, time: this.#absolute(row, time) }))
        .sort((a, b) => a.time - b.time);
      for (const each of timed) yield this.#sample(each.row, each.time - timed[0].time);
    }
  }

  #sample(row: Row, time: number): Sample {
    const { anon, file, usage, read, write } = this.#columns;
    const last = this.#last;
    const seconds = (time - last.time) / 1e9;
    const level = this.#value(row, anon);
    const cached = this.#cached(row, file ?? usage, usage === null ? 0 : (level ?? last.anon));
    const beside = this.#columns.hasFile ? (cached ?? 0) : 0;
    const anonymous = level === null ? last.anon : Math.max(0, level - beside);
    const written = this.#moved('write', row, write, seconds);
    // What is there at the beginning has to be read to be there, and what grew by itself was mapped.
    const grown = Math.max(0, (cached ?? 0) - (last.cached ?? 0) - written);
    this.#last = {
      ...last,
      time,
      anon: anonymous,
      peak: anonymous,
      cached,
      read: last.read + Math.max(this.#moved('read', row, read, seconds), grown),
      written: last.written + written,
    };
    return this.#last;
  }

  /** `beside`: bytes in the column that are no file's. */
  #cached(row: Row, column: SampleColumn | null, beside: number): number | null {
    if (column === null) return null;
    const value = this.#value(row, column);
    return value === null ? (this.#last.cached ?? 0) : Math.max(0, value - beside);
  }

  #time(row: Row, column: SampleColumn): number {
    const time = this.#absolute(row, column);
    const text = row.cells[column.at] ?? '';
    if (time < this.#last.time) {
      const why = `is before ${quoted(this.#lastTimeText)} of the row above: sort with --sort, or sort the rows by time`;
      this.#fail(row, column, why);
    }
    if (time > Number.MAX_SAFE_INTEGER)
      this.#fail(row, column, 'is more than 104 days after the first: is timeunit right?');
    this.#lastTimeText = text;
    return time;
  }

  /** ns since the first that was read. */
  #absolute(row: Row, column: SampleColumn): number {
    const text = row.cells[column.at];
    if (text === undefined) this.#cutShort(row, column);
    const time = this.#clock.read(text);
    if (!Number.isNaN(time)) return time;
    return this.#fail(row, column, `is no time: ${whyNoTime(text)}`);
  }

  /** In bytes; null: there is no such column, or no value in it. */
  #value(row: Row, column: SampleColumn | null): number | null {
    if (column === null) return null;
    const { at, name, unit } = column;
    const text = row.cells[at];
    if (text === undefined) this.#cutShort(row, column);
    if (isNoValue(text)) {
      this.#findings.gaps.set(name, (this.#findings.gaps.get(name) ?? 0) + 1);
      return null;
    }
    const bytes = cellBytes(text, unit, this.#notation);
    if (typeof bytes === 'string')
      this.#fail(row, column, `is ${bytes}: write a number, and a unit if need be`);
    if (bytes > Number.MAX_SAFE_INTEGER) this.#fail(row, column, 'is more than 8192T');
    return bytes;
  }

  /** Bytes since the row before. */
  #moved(role: SampleRole, row: Row, column: SampleColumn | null, seconds: number): number {
    const value = this.#value(row, column);
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

  #cutShort({ line }: Row, { name }: SampleColumn): never {
    throw new TraceError(this.#path, `the line has no ${name}: it is cut short or damaged`, { line });
  }

  #fail({ line, cells, columns }: Row, { at, name }: SampleColumn, why: string): never {
    const column = columns?.[at];
    const position = column === undefined ? { line } : { line, column };
    throw new TraceError(this.#path, `${name} ${quoted(cells[at] ?? '')} ${why}`, position);
  }
}
