import { PAGE_SIZE } from '../kernel/units.ts';
import { DROP, READ, TRUNCATE, WRITE } from '../task/behaviour.ts';
import type { CsvColumns } from './csv-columns.ts';
import { COMMA, FieldCutter } from './csv-fields.ts';
import { LONGEST_LINE, RowCutter } from './csv-lines.ts';
import type { FileNames } from './file-names.ts';
import { accessOf } from './opcode.ts';
import type { Decoder, Skipped } from './record-queue.ts';
import { FILE_PAGES, REQUEST_BYTES, type RecordQueue } from './record-queue.ts';
import { TraceClock, wholeNumber } from './trace-clock.ts';
import { quoted, TraceError, type TracePosition } from './trace-error.ts';
import type { Role, TimeUnit } from './trace-format.ts';

const LIMIT = FILE_PAGES * PAGE_SIZE;
const MINUS = 0x2d;
const HASH = 0x23;
/** Different words that are remembered. */
const MOST_WORDS = 16;

/** CSV with a header, one request a line. */
export class CsvDecoder implements Decoder {
  readonly #file: string;
  readonly #columns: CsvColumns;
  readonly #files: FileNames;
  readonly #queue: RecordQueue;
  readonly #clock: TraceClock;
  readonly #fields: FieldCutter;
  readonly #header: number;
  /** Words of operations that are neither read nor write, and how often. */
  readonly strange = new Map<string, number>();
  readonly #lines = new RowCutter(
    (source, start, end) => this.#line(source, start, end),
    () => this.#failAt(undefined, `the line is longer than ${LONGEST_LINE} bytes: this is no CSV`),
  );
  /** The line in hand. */
  #number = 1;
  #records = 0;
  #lastTime = 0;
  #lastTimeLine = 0;
  #skippedOps = 0;
  #empty = 0;
  #others = 0;
  #strangeOp = '';

  /** `header`: the number of its line; lines up to it are no records. */
  constructor(
    file: string,
    columns: CsvColumns,
    timeunit: TimeUnit,
    files: FileNames,
    queue: RecordQueue,
    separator = COMMA,
    header = 1,
  ) {
    this.#fields = new FieldCutter(separator);
    this.#header = header;
    this.#file = file;
    this.#columns = columns;
    this.#files = files;
    this.#queue = queue;
    this.#clock = new TraceClock(timeunit);
  }

  get position(): TracePosition {
    return { line: this.#number };
  }

  get skipped(): Skipped {
    const skipped = { op: this.#skippedOps, empty: this.#empty };
    return this.#columns.only === null ? skipped : { ...skipped, others: this.#others };
  }

  decode(chunk: Buffer): void {
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
    if (this.#lastTimeLine === 0 && this.#others > 0)
      this.#failAt(
        undefined,
        `none of the ${this.#others} records has ${quoted(this.#columns.only?.value ?? '')} there`,
      );
    if (this.#lastTimeLine === 0) this.#failAt(undefined, 'the trace ends without a record');
    if (this.#records === 0 && this.#empty === 0) {
      this.#failAt(
        undefined,
        `no record is a read or a write: column ${this.#columns.names.op} has ${quoted(this.#strangeOp)}, ` +
          `but read, write and SCSI codes (28, 2a) are known: say what it means with --format csv:op=${this.#columns.names.op}:${this.#strangeOp}=read`,
      );
    }
  }

  #line(source: Buffer, start: number, end: number): void {
    if (start < end && this.#number > this.#header && source[start] !== HASH)
      this.#record(source, start, end);
    this.#number++;
  }

  #record(source: Buffer, start: number, end: number): void {
    const columns = this.#columns;
    const badQuote = this.#fields.cut(source, start, end, columns.needed);
    if (badQuote > 0) {
      this.#failAt(badQuote, 'a quoted field must end on its line, be followed by a comma and write " as ""');
    }
    if (this.#fields.count < columns.needed) {
      const has = `${this.#fields.count} of the ${columns.needed} columns needed`;
      this.#failAt(undefined, `the line has ${has}: it is cut short or damaged`);
    }

    if (columns.only !== null && this.#fields.text(columns.only.at) !== columns.only.value) {
      this.#others++;
      return;
    }
    const time = this.#time();
    const op = columns.op < 0 ? 'r' : this.#fields.latin1(columns.op);
    const access = columns.words?.get(op) ?? accessOf(op);
    if (access === undefined) {
      if (this.#skippedOps++ === 0) this.#strangeOp = op;
      const before = this.strange.get(op);
      if (before !== undefined || this.strange.size < MOST_WORDS) this.strange.set(op, (before ?? 0) + 1);
      return;
    }
    const size = columns.size < 0 ? PAGE_SIZE : this.#size(columns.sizeunit);
    const blocks = this.#whole('offset', columns.unit, LIMIT, '32 TiB');
    const offset = blocks * columns.unit;
    if (offset + size > LIMIT) {
      const text = `${blocks} times ${columns.unit} bytes lies`;
      this.#fail('offset', `${text} beyond the largest file (32 TiB)`);
    }
    if (size === 0 && access !== 'truncate') {
      this.#empty++;
      return;
    }
    this.#records++;
    const file = this.#fileNumber();
    const first = Math.ceil(offset / PAGE_SIZE);
    if (access === 'truncate') this.#queue.push(time, file, first, 0, TRUNCATE);
    else if (access === 'drop') {
      const end = Math.ceil((offset + size) / PAGE_SIZE);
      this.#queue.push(time, file, first, Math.max(0, end - first), DROP);
    } else this.#queue.pushBytes(time, file, offset, size, access === 'write' ? WRITE : READ);
  }

  #time(): number {
    const { source, starts, ends } = this.#fields;
    const field = this.#columns.time;
    const time = this.#clock.read(source, starts[field], ends[field]);
    if (Number.isNaN(time)) this.#failNumber('time', 'a number');
    if (time < this.#lastTime && !this.#columns.sort) {
      const former = `${this.#clock.former} on line ${this.#lastTimeLine}`;
      this.#fail(
        'time',
        `${this.#fields.text(field)} is before ${former}: times must not go backwards; --sort puts them in order`,
      );
    }
    if (time > Number.MAX_SAFE_INTEGER) {
      this.#fail(
        'time',
        `${this.#fields.text(field)} is more than 104 days after the first: is timeunit right?`,
      );
    }
    this.#lastTime = time;
    this.#lastTimeLine = this.#number;
    return time;
  }

  #whole(role: 'size' | 'offset', unit: number, most: number, mostText: string): number {
    const { source, starts, ends } = this.#fields;
    const field = this.#columns[role];
    const value = wholeNumber(source, starts[field], ends[field]);
    if (Number.isNaN(value)) return this.#otherwiseWritten(role, unit, most);
    if (value > most) this.#fail(role, `${this.#fields.text(field)} is more than ${mostText}`);
    return value;
  }

  /** `0x1f`, `512.0`, `512,0`, and `0.5` of a unit. */
  #otherwiseWritten(role: 'size' | 'offset', unit: number, most: number): number {
    const text = this.#fields.text(this.#columns[role]);
    const isNumber = /^(0x[0-9a-f]+|\d+[.,]\d*)$/i.test(text);
    const value = isNumber ? Number(text.replace(',', '.')) : Number.NaN;
    if (!(value <= most) || !Number.isInteger(value * unit)) this.#failNumber(role, 'a whole number');
    return value;
  }

  #size(unit: number): number {
    const size = this.#whole('size', unit, REQUEST_BYTES, '4 GiB in one request') * unit;
    if (size > REQUEST_BYTES) this.#fail('size', `${size} bytes is more than 4 GiB in one request`);
    return size;
  }

  #fileNumber(): number {
    const { source, starts, ends } = this.#fields;
    const field = this.#columns.file;
    if (field < 0) return 0;
    const number = this.#files.numberOf(source, starts[field], ends[field]);
    if (number < 0)
      this.#fail('file', `this is one file more than the ${this.#files.names.length} that a trace may have`);
    return number;
  }

  #failNumber(role: Role, what: string): never {
    const { source, starts } = this.#fields;
    const text = this.#fields.text(this.#columns[role]);
    const negative = text !== '' && source[starts[this.#columns[role]]] === MINUS;
    this.#fail(role, `${quoted(text)} is ${negative ? 'negative' : `not ${what}`}`);
  }

  #fail(role: Role, why: string): never {
    const field = this.#columns[role];
    this.#failAt(this.#fields.columns[field], `${this.#columns.names[role]} ${why}`);
  }

  #failAt(column: number | undefined, why: string): never {
    throw new TraceError(
      this.#file,
      why,
      column === undefined ? this.position : { line: this.#number, column },
    );
  }
}
