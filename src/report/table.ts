import wrapAnsi from 'wrap-ansi';
import { widthOf } from './width.ts';

/** A line of a table. Texts may be coloured; an empty cell says nothing. */
export interface Row {
  readonly label: string;
  readonly cells: readonly string[];
  /** Words after the cells. */
  readonly note?: string;
}

const INDENT = '  ';
const GAP = '  ';
const NARROWEST = { label: 0, cell: 0 };
/** Blanks at either end, also inside a colour, which wrapping takes away; line breaks and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const NO_LINE = /^(\x1b\[\d+m)*\s|\s(\x1b\[\d+m)*$|[\n\r\t]/;

const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text;
const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));

/**
 * Rows in columns: labels to the left, cells to the right, notes after them. What is too wide
 * is never cut: a note goes below its row, and columns that can't stand side by side go below each other.
 * Tables that follow each other share `least`, so that their columns stand below each other.
 */
export function table(
  header: readonly string[],
  rows: readonly Row[],
  width: number,
  least = NARROWEST,
): string[] {
  if (rows.length === 0) return [];
  const titled = header.some((title) => title !== '');
  const columns = header.map((title, i) =>
    Math.max(least.cell, widest([title, ...rows.map((row) => row.cells[i] ?? '')])),
  );
  const label = Math.max(least.label, widest(rows.map((row) => row.label)));
  const needed = columns.reduce((sum, column) => sum + GAP.length + column, INDENT.length + label);
  if (needed > width) return rows.flatMap((row) => listed(header, row, width));

  const line = (row: Row): string => {
    const cells = columns.map((column, i) => GAP + padStart(row.cells[i] ?? '', column)).join('');
    return INDENT + padEnd(row.label, label) + cells;
  };
  const lines = rows.flatMap((row) => {
    const noted = row.note ? `${line(row)}${GAP}${row.note}` : line(row).trimEnd();
    if (widthOf(noted) <= width) return [noted];
    return [line(row).trimEnd(), ...paragraph(row.note ?? '', width, INDENT + INDENT)];
  });
  return titled ? [line({ label: '', cells: header }).trimEnd(), ...lines] : lines;
}

function listed(header: readonly string[], row: Row, width: number): string[] {
  const values = row.cells.flatMap((cell, i) =>
    cell === '' ? [] : [[header[i], cell].filter(Boolean).join(' ')],
  );
  const note = row.note ? [row.note] : [];
  return [
    ...paragraph(row.label, width, INDENT),
    ...[...values, ...note].flatMap((text) => paragraph(text, width, INDENT + INDENT)),
  ];
}

/** Text in lines of at most `width` columns, each after `indent`; words longer than a line are broken. */
export function paragraph(text: string, width: number, indent = ''): string[] {
  if (text === '') return [];
  const columns = Math.max(2, width - indent.length);
  // What fits is not wrapped: to make ready for that takes longer than most reports.
  if (!NO_LINE.test(text) && widthOf(text) <= columns) return [indent + text];
  const lines = wrapAnsi(text, columns, { hard: true }).split('\n');
  return lines.map((line) => indent + line);
}

/** Two blocks of lines next to each other, or one below the other when that would be too wide. */
export function beside(left: readonly string[], right: readonly string[], width: number): string[] {
  const column = widest(left);
  if (left.length === 0 || right.length === 0) return [...left, ...right];
  if (column + widest(right) > width) return [...left, '', ...right];
  const height = Math.max(left.length, right.length);
  return Array.from({ length: height }, (_, i) =>
    (padEnd(left[i] ?? '', column) + (right[i] ?? '')).trimEnd(),
  );
}
