import type { FieldCutter } from './csv-fields.ts';
import type { Access } from './opcode.ts';
import { quoted } from './trace-error.ts';
import { type CsvFormat, DEFAULT_COLUMNS, ROLES, type Role, SECTOR } from './trace-format.ts';

/** Where the header has the columns that matter, from 0 on; -1: nowhere. */
export interface CsvColumns extends Readonly<Record<Role, number>> {
  /** Bytes that one step of offset stands for. */
  readonly unit: number;
  /** The fields of a line that have to be there. */
  readonly needed: number;
  /** Bytes that one step of size stands for. */
  readonly sizeunit: number;
  readonly words: ReadonlyMap<string, Access> | null;
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
  return {
    ...at,
    unit: format.unit ?? (/^lb[na]$/i.test(offset) ? SECTOR : 1),
    sizeunit: format.sizeunit,
    words: format.words,
    sort: format.sort,
    needed: Math.max(...ROLES.map((role) => at[role])) + 1,
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
    timeunit: format.timeunit,
    sizeunit: format.sizeunit,
    words: format.words,
    sort: format.sort,
  };
}

function find(names: readonly string[], role: Role, named: string | null): number {
  if (named !== null) {
    // A number counts the columns of a table, whether it has a header or not.
    const isNumber = /^[1-9]\d{0,3}$/.test(named) && Number(named) <= names.length;
    return isNumber ? Number(named) - 1 : names.indexOf(named);
  }
  for (const name of DEFAULT_COLUMNS[role]) {
    const at = names.findIndex((candidate) => candidate.toLowerCase() === name);
    if (at >= 0) return at;
  }
  return -1;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).map(quoted).join(', ');
  return names.length > SHOWN_NAMES ? `${shown} and ${names.length - SHOWN_NAMES} more` : shown;
}
