import type { FieldCutter } from './csv-fields.ts';
import type { Access } from './opcode.ts';
import { unitBytes } from './samples/column-name.ts';
import { quoted } from './trace-error.ts';
import {
  type CsvFormat,
  DEFAULT_COLUMNS,
  OTHER_COLUMNS,
  ROLES,
  type Role,
  SECTOR,
  type TimeUnit,
} from './trace-format.ts';

/** Where the header has the columns that matter, from 0 on; -1: nowhere. */
export interface CsvColumns extends Readonly<Record<Role, number>> {
  /** Bytes that one step of offset stands for. */
  readonly unit: number;
  /** The fields of a line that have to be there. */
  readonly needed: number;
  /** Bytes that one step of size stands for. */
  readonly sizeunit: number;
  readonly timeunit: TimeUnit;
  readonly words: ReadonlyMap<string, Access> | null;
  /** Only lines that have this there. */
  readonly only: { readonly at: number; readonly value: string } | null;
  /** Times may go backwards. */
  readonly sort: boolean;
  /** The header's names of them. */
  readonly names: Readonly<Record<Role, string>>;
}

const OPTIONAL: readonly Role[] = ['op', 'size', 'file'];
const SHOWN_NAMES = 12;

/** The header's names. */
export const headerNames = (fields: FieldCutter): string[] =>
  Array.from({ length: fields.count }, (_, field) => fields.text(field));

/** Whether a header of these names can be that of a trace. */
export const looksLikeTrace = (names: readonly string[]): boolean =>
  find(names, 'time', null) >= 0 || find(names, 'offset', null) >= 0;

/** Finds the columns by their header, or says which one is missing. */
export function resolveColumns(names: readonly string[], format: CsvFormat): CsvColumns | string {
  const at: Record<Role, number> = { time: -1, op: -1, size: -1, offset: -1, file: -1 };
  for (const role of ROLES) {
    const named = format[role];
    at[role] = find(names, role, named);
    if (at[role] >= 0 || (named === null && OPTIONAL.includes(role))) continue;
    const wanted = named === null ? DEFAULT_COLUMNS[role].join(' or ') : quoted(named);
    return (
      `the header has no column ${wanted}: it has ${listed(names)}; ` +
      `say which one is the ${role} with --format csv:${role}=COLUMN`
    );
  }
  const offset = names[at.offset];
  const only =
    format.only === null ? null : { at: find(names, 'file', format.only.column), value: format.only.value };
  if (only !== null && only.at < 0)
    return `the header has no column ${quoted(format.only?.column ?? '')}: it has ${listed(names)}`;
  return {
    ...at,
    unit: format.unit ?? unitIn(offset) ?? 1,
    sizeunit: format.sizeunit ?? unitIn(names[at.size] ?? '') ?? 1,
    timeunit: format.timeunit ?? timeUnitIn(names[at.time]) ?? 's',
    words: format.words,
    only,
    sort: format.sort,
    needed: Math.max(only?.at ?? -1, ...ROLES.map((role) => at[role])) + 1,
    names: {
      time: names[at.time],
      op: names[at.op] ?? '',
      size: names[at.size] ?? '',
      offset,
      file: names[at.file] ?? '',
    },
  };
}

/** The whole format of a trace with these columns, with nothing left to be found by default. */
export function resolvedFormat(columns: CsvColumns, format: CsvFormat): CsvFormat {
  const name = (role: Role): string | null =>
    columns[role] < 0 ? null : (format[role] ?? columns.names[role]);
  return {
    kind: 'csv',
    published: format.published,
    time: name('time'),
    op: name('op'),
    size: name('size'),
    offset: name('offset'),
    file: name('file'),
    unit: columns.unit,
    timeunit: columns.timeunit,
    sizeunit: columns.sizeunit,
    words: format.words,
    only: format.only,
    sort: format.sort,
  };
}

function find(names: readonly string[], role: Role, named: string | null): number {
  if (named !== null) {
    // A number counts the columns of a table, whether it has a header or not.
    const isNumber = /^[1-9]\d{0,3}$/.test(named) && Number(named) <= names.length;
    return isNumber ? Number(named) - 1 : names.indexOf(named);
  }
  const known = [...DEFAULT_COLUMNS[role], ...OTHER_COLUMNS[role]];
  for (const name of known) {
    const at = names.findIndex((candidate) => candidate.toLowerCase() === name);
    if (at >= 0) return at;
  }
  return names.findIndex((candidate) => known.includes(withoutUnit(candidate)));
}

/** `offset_kb`, `time (ms)`: a name, and what its numbers are counted in. */
const UNIT = /^(.*?)(?:_|\s*[([]\s*|\s+)([A-Za-z]+)\s*[)\]]?$/;

const withoutUnit = (name: string): string => {
  const [, word, unit] = UNIT.exec(name) ?? [];
  return unit !== undefined && (unitBytes(unit) !== null || timeUnitIn(name) !== null)
    ? word.toLowerCase()
    : name;
};

const TIME_NAMES: Readonly<Record<string, TimeUnit>> = {
  ...{ s: 's', sec: 's', seconds: 's', ms: 'ms', msec: 'ms', milliseconds: 'ms' },
  ...{ us: 'us', usec: 'us', microseconds: 'us', ns: 'ns', nsec: 'ns', nanoseconds: 'ns', ticks: 'ticks' },
};

const timeUnitIn = (name: string): TimeUnit | null => {
  const unit = UNIT.exec(name)?.[2].toLowerCase() ?? '';
  return Object.hasOwn(TIME_NAMES, unit) ? TIME_NAMES[unit] : null;
};

function unitIn(name: string): number | null {
  if (/^(lb[na]|n?sectors?)$/i.test(name)) return SECTOR;
  return unitBytes(UNIT.exec(name)?.[2] ?? '-');
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).map(quoted).join(', ');
  return names.length > SHOWN_NAMES ? `${shown} and ${names.length - SHOWN_NAMES} more` : shown;
}
