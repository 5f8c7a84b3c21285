import { PUBLISHED, type PublishedFormat, publishedFormat } from './formats.ts';
import type { Access } from './opcode.ts';
import { unitBytes } from './samples/column-name.ts';

/**
 * What a trace's bytes mean, as people write it after --format:
 * `csv`, `csv:time=ts,offset=lba,unit=512,timeunit=us`, `oracleGeneral`,
 * `oracleGeneral:unit=4096`, `oracleGeneral:objects`.
 */

/** In ns. `ticks`: those of FILETIME (Windows, since 1601). */
export const TIME_UNITS = { s: 1e9, ms: 1e6, us: 1e3, ns: 1, ticks: 100 } as const;
export type TimeUnit = keyof typeof TIME_UNITS;

/** null: found by its default name in the header, see `DEFAULT_COLUMNS`. */
export interface CsvFormat {
  readonly kind: 'csv';
  /** The published format that it is (formats.ts). */
  readonly published: PublishedFormat | null;
  readonly time: string | null;
  readonly op: string | null;
  readonly size: string | null;
  readonly offset: string | null;
  readonly file: string | null;
  /** Bytes that one step of offset stands for; null: as the column's name says, 512 for `lbn` and `lba`, or 1. */
  readonly unit: number | null;
  /** null: as the column's name says, or seconds. */
  readonly timeunit: TimeUnit | null;
  /** Bytes that one step of size stands for; null: as the column's name says, or 1. */
  readonly sizeunit: number | null;
  /** What words of the op column mean beside those that are known; null: nothing. */
  readonly words: ReadonlyMap<string, Access> | null;
  /** Only lines that have this in this column; null: all. */
  readonly only: { readonly column: string; readonly value: string } | null;
  /** Times may go backwards: records are put in order, in memory. */
  readonly sort: boolean;
}

export interface OracleGeneralFormat {
  readonly kind: 'oracleGeneral';
  /** true: ids name objects, each laid out in pages of its own; false: ids are block numbers. */
  readonly objects: boolean;
  /** Bytes of a block; of no meaning for objects. */
  readonly unit: number;
}

export type TraceFormat = CsvFormat | OracleGeneralFormat;

export type Role = 'time' | 'op' | 'size' | 'offset' | 'file';
export const ROLES: readonly Role[] = ['time', 'op', 'size', 'offset', 'file'];

export const DEFAULT_COLUMNS: Readonly<Record<Role, readonly string[]>> = {
  time: ['time'],
  op: ['op'],
  size: ['size'],
  offset: ['offset', 'lbn', 'lba'],
  file: ['file'],
};

/** What others call them. */
export const OTHER_COLUMNS: Readonly<Record<Role, readonly string[]>> = {
  time: ['timestamp', 'ts'],
  op: ['opcode', 'operation', 'type', 'iotype', 'rw', 'rwbs', 'cmd'],
  size: ['length', 'len', 'bytes', 'nsectors', 'sectors'],
  offset: [],
  file: ['filename', 'path'],
};

export const FORMATS =
  'the formats are csv (csv:time=COLUMN,op=COLUMN,size=COLUMN,offset=COLUMN,file=COLUMN,unit=BYTES,' +
  'timeunit=s|ms|us|ns|ticks,sizeunit=BYTES,op=COLUMN:WORD=read,WORD=write,only=COLUMN:VALUE,sort; a column may be left out, or be a number from 1 on) and oracleGeneral (oracleGeneral:unit=BYTES, ' +
  'oracleGeneral:objects), both also compressed with gzip or zstd; and ' +
  PUBLISHED.map(({ name }) => name).join(', ');

export const SECTOR = 512;
const LARGEST_UNIT = 2 ** 30;

const CSV: CsvFormat = {
  kind: 'csv',
  published: null,
  time: null,
  op: null,
  size: null,
  offset: null,
  file: null,
  unit: null,
  timeunit: null,
  sizeunit: null,
  words: null,
  only: null,
  sort: false,
};
const ORACLE_GENERAL: OracleGeneralFormat = { kind: 'oracleGeneral', objects: false, unit: SECTOR };

export type ParsedFormat =
  | { readonly ok: true; readonly value: TraceFormat }
  /** `column`: where in the text, from 1 on. */
  | { readonly ok: false; readonly column: number; readonly why: string };

/** Reads what stands after --format. A mistake is a value, so that a script can say where it is. */
export function parseTraceFormat(text: string): ParsedFormat {
  const colon = text.indexOf(':');
  const kind = colon < 0 ? text : text.slice(0, colon);
  let format: TraceFormat;
  const published = publishedFormat(kind);
  if (published !== undefined) {
    const parsed = parseTraceFormat(`csv:${published.csv}`);
    if (!parsed.ok || parsed.value.kind !== 'csv') return parsed;
    format = { ...parsed.value, published };
  } else if (kind.toLowerCase() === 'csv') format = CSV;
  else if (kind.toLowerCase() === 'oraclegeneral') format = ORACLE_GENERAL;
  else return { ok: false, column: 1, why: `${JSON.stringify(kind)} is no trace format: ${FORMATS}` };
  if (colon < 0 || colon === text.length - 1) return { ok: true, value: format };

  let column = colon + 2;
  for (const option of text.slice(colon + 1).split(',')) {
    const next: TraceFormat | string =
      format.kind === 'csv' ? csvOption(format, option) : oracleGeneralOption(format, option);
    if (typeof next === 'string') return { ok: false, column, why: next };
    format = next;
    column += option.length + 1;
  }
  return { ok: true, value: format };
}

function csvOption(format: CsvFormat, option: string): CsvFormat | string {
  if (option === 'sort') return { ...format, sort: true };
  const [key, value] = keyAndValue(option);
  if (value === '') return `${JSON.stringify(option)} is not KEY=VALUE: ${FORMATS}`;
  if (key === 'unit') return unitOption(format, value);
  if (key === 'timeunit') {
    if (Object.hasOwn(TIME_UNITS, value)) return { ...format, timeunit: value as TimeUnit };
    return `timeunit ${JSON.stringify(value)} is none of ${Object.keys(TIME_UNITS).join(', ')}`;
  }
  if (key === 'only') {
    const [, column, only] = /^([^:]+):(.*)$/.exec(value) ?? [];
    return column === undefined
      ? `only=${value} is not only=COLUMN:VALUE`
      : { ...format, only: { column, value: only } };
  }
  if (key === 'sizeunit') {
    const unit = unitOption(format, value);
    return typeof unit === 'string' ? unit : { ...format, sizeunit: unit.unit ?? 1 };
  }
  const role = ROLES.find((name) => name === key);
  if (role === undefined && format.words !== null && isAccess(value))
    return { ...format, words: new Map([...format.words, [key, value]]) };
  if (role === undefined) {
    return `a csv trace has no ${JSON.stringify(key)}: it has ${ROLES.join(', ')}, unit and timeunit`;
  }
  const [, column, word, access] = /^(.*):([^:=]+)=(\w+)$/.exec(value) ?? [];
  if (role === 'op' && isAccess(access)) return { ...format, op: column, words: new Map([[word, access]]) };
  return { ...format, [role]: value };
}

const isAccess = (word: string | undefined): word is Access => word === 'read' || word === 'write';

function oracleGeneralOption(format: OracleGeneralFormat, option: string): OracleGeneralFormat | string {
  if (option === 'objects') return { ...format, objects: true };
  const [key, value] = keyAndValue(option);
  if (key === 'unit') return unitOption(format, value);
  return `an oracleGeneral trace has no ${JSON.stringify(option)}: it has objects and unit=BYTES`;
}

function unitOption<F extends TraceFormat>(format: F, value: string): F | string {
  const unit = Number(value);
  if (/^\d+$/.test(value) && unit >= 1 && unit <= LARGEST_UNIT) return { ...format, unit };
  const named = unitBytes(value);
  if (named !== null && named <= LARGEST_UNIT) return { ...format, unit: named };
  return `unit ${JSON.stringify(value)} is not a number of bytes from 1 to ${LARGEST_UNIT}`;
}

function keyAndValue(option: string): [string, string] {
  const equals = option.indexOf('=');
  return equals < 0 ? [option, ''] : [option.slice(0, equals), option.slice(equals + 1)];
}

/** The text that `parseTraceFormat` reads as this format. */
export function traceFormatText(format: TraceFormat): string {
  if (format.kind === 'oracleGeneral') {
    return format.objects ? 'oracleGeneral:objects' : `oracleGeneral:unit=${format.unit}`;
  }
  if (format.published !== null) return publishedText(format, format.published);
  const words = [...(format.words ?? [])].map(([word, access]) => `${word}=${access}`).join(',');
  const options = ROLES.flatMap((role) =>
    format[role] === null
      ? []
      : [`${role}=${format[role]}${role === 'op' && words !== '' ? `:${words}` : ''}`],
  );
  if (format.unit !== null) options.push(`unit=${format.unit}`);
  options.push(`timeunit=${format.timeunit ?? 's'}`);
  if (format.sizeunit !== null && format.sizeunit !== 1) options.push(`sizeunit=${format.sizeunit}`);
  if (format.only !== null) options.push(`only=${format.only.column}:${format.only.value}`);
  if (format.sort) options.push('sort');
  return `csv:${options.join(',')}`;
}

/** Its name, and what differs from it. */
function publishedText(format: CsvFormat, { name, csv }: PublishedFormat): string {
  const own = new Set(csv.split(','));
  const [, options = ''] = traceFormatText({ ...format, published: null }).split(/:(.*)/s);
  const other = options
    .split(',')
    .filter((option) => !own.has(option) && !/^(timeunit=s|unit=1)$/.test(option));
  return other.length === 0 ? name : `${name}:${other.join(',')}`;
}
