import { duration, markSize } from '../kernel/numbers.ts';
import { kindOf } from '../machine/kernels.ts';

/** Texts of control files as people read them, and rows as lines. */

/** A control file's text with its sizes in bytes made human. `key`: the line that was picked. */
export function humanText(file: string, key: string | null, text: string): string {
  const sized = (digits: string): string => markSize(BigInt(digits));
  if (key === null && kindOf(file) === 'lines')
    return text.replace(/^(\S+) (\d+)$/gm, (line, name: string, digits: string) =>
      kindOf(name) === 'bytes' ? `${name} ${sized(digits)}` : line,
    );
  return kindOf(key ?? file) === 'bytes' ? text.replace(/^\d+/, sized) : text;
}

/** What a file, or a line of one, holds in words; empty where that would say nothing more. */
export function humanValue(name: string, value: string): string {
  if (!/^\d{4,20}$/.test(value)) return '';
  const kind = kindOf(name);
  if (kind === 'ns') return duration(Number(value));
  return kind === 'bytes' && BigInt(value) >= 1024n ? markSize(BigInt(value)) : '';
}

/** Rows as lines, columns aligned; `right` are the columns of numbers. */
export function columns(rows: readonly (readonly string[])[], right: ReadonlySet<number>): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => (right.has(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
