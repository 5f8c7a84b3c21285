/**
 * What a trace's bytes mean, as people write it after --format:
 * `csv`, `csv:time=ts,offset=lba,unit=512,timeunit=us`, `oracleGeneral`,
 * `oracleGeneral:unit=4096`, `oracleGeneral:objects`.
 */

export const TIME_UNITS = { s: 1e9, ms: 1e6, us: 1e3, ns: 1 } as const;
export type TimeUnit = keyof typeof TIME_UNITS;

/** null: found by its default name in the header, see `DEFAULT_COLUMNS`. */
export interface CsvFormat {
  readonly kind: 'csv';
  readonly time: string | null;
  readonly op: string | null;
  readonly size: string | null;
  readonly offset: string | null;
  readonly file: string | null;
  /** Bytes that one step of offset stands for; null: 512 for `lbn` and `lba`, else 1. */
  readonly unit: number | null;
  readonly timeunit: TimeUnit;
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

export const FORMATS =
  'the formats are csv (csv:time=COLUMN,op=COLUMN,size=COLUMN,offset=COLUMN,file=COLUMN,unit=BYTES,' +
  'timeunit=s|ms|us|ns; a column may be left out) and oracleGeneral (oracleGeneral:unit=BYTES, ' +
  'oracleGeneral:objects), both also compressed with gzip or zstd';

export const SECTOR = 512;
const LARGEST_UNIT = 2 ** 30;

const CSV: CsvFormat = {
  kind: 'csv',
  time: null,
  op: null,
  size: null,
  offset: null,
  file: null,
  unit: null,
  timeunit: 's',
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
  if (kind.toLowerCase() === 'csv') format = CSV;
  else if (kind.toLowerCase() === 'oraclegeneral') format = ORACLE_GENERAL;
  else return { ok: false, column: 1, why: `${JSON.stringify(kind)} is no trace format: ${FORMATS}` };
  if (colon < 0 || colon === text.length - 1) return { ok: true, value: format };

  let column = colon + 2;
  for (const option of text.slice(colon + 1).split(',')) {
    const next = format.kind === 'csv' ? csvOption(format, option) : oracleGeneralOption(format, option);
    if (typeof next === 'string') return { ok: false, column, why: next };
    format = next;
    column += option.length + 1;
  }
  return { ok: true, value: format };
}

function csvOption(format: CsvFormat, option: string): CsvFormat | string {
  const [key, value] = keyAndValue(option);
  if (value === '') return `${JSON.stringify(option)} is not KEY=VALUE: ${FORMATS}`;
  if (key === 'unit') return unitOption(format, value);
  if (key === 'timeunit') {
    if (Object.hasOwn(TIME_UNITS, value)) return { ...format, timeunit: value as TimeUnit };
    return `timeunit ${JSON.stringify(value)} is none of ${Object.keys(TIME_UNITS).join(', ')}`;
  }
  const role = ROLES.find((name) => name === key);
  if (role === undefined) {
    return `a csv trace has no ${JSON.stringify(key)}: it has ${ROLES.join(', ')}, unit and timeunit`;
  }
  return { ...format, [role]: value };
}

function oracleGeneralOption(format: OracleGeneralFormat, option: string): OracleGeneralFormat | string {
  if (option === 'objects') return { ...format, objects: true };
  const [key, value] = keyAndValue(option);
  if (key === 'unit') return unitOption(format, value);
  return `an oracleGeneral trace has no ${JSON.stringify(option)}: it has objects and unit=BYTES`;
}

function unitOption<F extends TraceFormat>(format: F, value: string): F | string {
  const unit = Number(value);
  if (/^\d+$/.test(value) && unit >= 1 && unit <= LARGEST_UNIT) return { ...format, unit };
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
  const options = ROLES.flatMap((role) => (format[role] === null ? [] : [`${role}=${format[role]}`]));
  if (format.unit !== null) options.push(`unit=${format.unit}`);
  return `csv:${[...options, `timeunit=${format.timeunit}`].join(',')}`;
}
