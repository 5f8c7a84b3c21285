import { unitBytes } from './column-name.ts';

const NO_VALUE: ReadonlySet<string> = new Set([
  '',
  '-',
  'nan',
  'null',
  'none',
  'na',
  'n/a',
  'undefined',
  '+inf',
  'inf',
  '?',
  '--',
  'no data',
]);
const VALUE = /^(0x[0-9a-f]+|[\d.,]*\d[.,]?(?:e[-+]?\d+)?)\s*([a-z]*?)(ps|\/s(?:ec)?)?$/i;
/** What Grafana and others show counts of operations a second in. */
const OPERATIONS = /^(iops|ops|io|c|req|r|w|rd|wr|p|counts?)(\/s)?$/i;

export const isNoValue = (cell: string): boolean => NO_VALUE.has(cell.trim().toLowerCase());

/** What a cell says of its column: bytes or operations, and so many a second; null: nothing. */
export function cellUnit(cell: string): { readonly rate: boolean; readonly counts: boolean } | null {
  const [, , unit = '', second] = VALUE.exec(tidy(cell)) ?? [];
  if (unit === '') return null;
  if (OPERATIONS.test(unit)) return { rate: second !== undefined, counts: true };
  return unitBytes(unit) === null ? null : { rate: second !== undefined, counts: false };
}

/** What stands between the digits of a column's numbers. */
export interface Notation {
  /** `1.234,5` */
  readonly decimalComma: boolean;
}

/** How these cells are written: `;` between them leaves the comma to decimals. */
export function notationOf(cells: Iterable<string>, separator: number | null): Notation {
  let [comma, point] = [0, 0];
  for (const cell of cells) {
    const digits = /^[\d.,]+/.exec(cell.trim())?.[0] ?? '';
    if (/\.\d{3},\d/.test(digits) || /^\d+,(\d{1,2}|\d{4,})$/.test(digits)) comma += 1;
    if (/,\d{3}\./.test(digits) || /,\d{3},\d{3}/.test(digits)) point += 1;
    // Three digits behind it say nothing by themselves.
    else if (/^\d{1,3},\d{3}$/.test(digits) && separator === 0x3b) comma += 1;
  }
  return { decimalComma: comma > point };
}

/** In bytes; a word when it is none. */
export function cellBytes(
  cell: string,
  unit: number,
  { decimalComma }: Notation,
): number | 'negative' | 'no size' {
  const text = tidy(cell);
  const [, digits, suffix] = VALUE.exec(text) ?? [];
  const own = suffix === undefined || suffix === '' ? unit : unitBytes(suffix);
  if (digits === undefined || own === null) return text.startsWith('-') ? 'negative' : 'no size';
  const value = Number(digits.startsWith('0x') ? digits : decimal(digits, decimalComma));
  return Number.isNaN(value) ? 'no size' : value * own;
}

function decimal(digits: string, decimalComma: boolean): string {
  if (decimalComma) return digits.replaceAll('.', '').replace(',', '.');
  const plain = digits.replaceAll(',', '');
  return plain.split('.').length > 2 ? plain.replaceAll('.', '') : plain;
}

/** Blanks that break no line, as locales put between thousands. */
const tidy = (cell: string): string =>
  cell
    .trim()
    .replace(/(\d)[\u00a0\u202f](?=\d{3})/g, '$1')
    .replace(/[\u00a0\u202f]/g, ' ');
