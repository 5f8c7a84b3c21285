import { kindOf } from '../machine/kernels.ts';

/** Numbers as people read them, for `-h`, `ps` and `tree`. */

const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];
/** A mark at or above this was never set: LLONG_MAX, rounded to whole pages or not. */
const UNSET = (1n << 63n) - 4096n;

/** `64M`, `55.9M`, `512`; `unset` for a mark that is not. */
export function humanSize(bytes: bigint): string {
  if (bytes >= UNSET) return 'unset';
  let unit = 0;
  while (unit < UNITS.length - 1 && bytes >= 1n << BigInt(10 * (unit + 1))) unit += 1;
  const scale = 1n << BigInt(10 * unit);
  if (bytes % scale === 0n) return `${bytes / scale}${UNITS[unit]}`;
  return `${(Number(bytes) / Number(scale)).toFixed(1)}${UNITS[unit]}`;
}

/** `1.5s`, `20ms`, `3.2us`. */
export function humanTime(time: number): string {
  for (const [unit, length] of [
    ['s', 1e9],
    ['ms', 1e6],
    ['us', 1e3],
  ] as const) {
    if (time >= length) return `${Number((time / length).toPrecision(3))}${unit}`;
  }
  return `${time}ns`;
}

/** A control file's text with its sizes in bytes made human. `key`: the line that was picked. */
export function humanText(file: string, key: string | null, text: string): string {
  const sized = (digits: string): string => humanSize(BigInt(digits));
  if (key === null && kindOf(file) === 'lines')
    return text.replace(/^(\S+) (\d+)$/gm, (line, name: string, digits: string) =>
      kindOf(name) === 'bytes' ? `${name} ${sized(digits)}` : line,
    );
  return kindOf(key ?? file) === 'bytes' ? text.replace(/^\d+/, sized) : text;
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
