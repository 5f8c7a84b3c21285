import { cpus, totalmem } from 'node:os';
import { isMissed, type Row } from './measure.ts';

/** The rows, as a person reads them in a terminal or in the README, and as programs do. */

const HEAD = ['work', 'against', 'found', 'aim', 'floor'] as const;
/** Behind these columns figures are flush. */
const TEXTS = 2;

export function text(rows: readonly Row[]): string {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const notes = ['', ...rows.map(noteOf)];
  return [machine(), '', ...cells.map((row, i) => `${padded(row, widths)}  ${notes[i]}`.trimEnd())].join(
    '\n',
  );
}

const padded = (row: readonly string[], widths: readonly number[]): string =>
  row.map((cell, i) => (i < TEXTS ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');

function noteOf(row: Row): string {
  const missed = isMissed(row) ? 'BELOW ITS FLOOR' : '';
  return [missed, row.seen].filter((note) => note !== '').join('; ');
}

/** For the README, with the machine and the command. */
export function markdown(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `\`npm run bench -- --markdown\`, medians, on ${machine()}:`,
    '',
    line([...HEAD, 'seen']),
    '|---|---|--:|--:|--:|---|',
    ...rows.map((row) => line([...cellsOf(row), noteOf(row)])),
  ].join('\n');
}

export const json = (rows: readonly Row[]): string =>
  JSON.stringify(
    { node: process.version, cpu: cpu(), cores: cpus().length, memory: totalmem(), rows },
    null,
    2,
  );

const cpu = (): string => cpus()[0]?.model.trim() ?? 'an unknown CPU';

const machine = (): string =>
  `Node ${process.versions.node}, ${cpus().length} cores of ${cpu()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;

function cellsOf({ work, against, found, aim, floor, unit }: Row): string[] {
  return [
    work,
    against,
    shown(found, unit),
    ...[aim, floor].map((goal) => (goal === null ? '' : shown(goal, unit))),
  ];
}

export function shown(value: number, unit: Row['unit']): string {
  if (unit === '/s') return `${rounded(value)}/s`;
  return `${figures(value)} ${unit}`;
}

/** 13.4 M, 310 k, 42. */
function rounded(value: number): string {
  if (value >= 1e6) return `${figures(value / 1e6)} M`;
  return value >= 1e3 ? `${figures(value / 1e3)} k` : figures(value);
}

/** Three figures, no zeros behind the point that say nothing. */
const figures = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
