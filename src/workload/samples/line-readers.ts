import { isTime } from './sample-clock.ts';

/** The fields of a line, by the names of their columns. */
export interface ReportRow {
  readonly names: readonly string[];
  readonly cells: readonly string[];
}

/** Takes the lines of a report apart, one after the other; null: the line is no row. */
export type LineReader = (line: string) => ReportRow | null;

/** What tells the columns of a report whose fields blanks stand between. */
export interface BlankColumns {
  readonly header: RegExp;
  /** Whether the last column takes what is left of the line. */
  readonly rest: boolean;
  /** What stands between the names of the header; left out: blanks. */
  readonly gap?: RegExp;
  /** Lines that are no rows. */
  readonly skip?: RegExp;
}

export const TIME = 'time';
const ZONE = /^([A-Z]{2,5}|[+-]\d{2}:?(\d{2})?)$/;
const CLOCK = /^(?:\d{4}-\d\d-\d\d[T ])?\d{1,2}:\d\d:\d\d(?:\s+[AP]M\b|\S*)/i;

/** Reports in columns: each header tells the names of the rows below it; a time stands in a row, or above it. */
export function blankColumns({ header, rest, gap = /\s+/, skip }: BlankColumns): LineReader {
  let names: readonly string[] = [];
  let hasTime = false;
  let time: string | null = null;
  return (line) => {
    const text = line.trim().replace(/^#\s*/, '');
    if (text === '' || skip?.test(line)) return null;
    if (isTime(text)) {
      time = text;
      return null;
    }
    const clock = CLOCK.exec(text)?.[0] ?? '';
    const words = text.slice(clock.length).trim();
    if (header.test(line)) {
      names = words.split(gap);
      hasTime = names[0] === 'Time';
      if (hasTime) names = names.slice(1);
      // vmstat heads its times with their zone.
      if (ZONE.test(names.at(-1) ?? '') && rest && names.includes('swpd'))
        names = [...names.slice(0, -1), TIME];
      return null;
    }
    if (names.length === 0) return null;
    const cells = words.split(/\s+/);
    if (clock !== '') time = clock;
    else if (hasTime) time = cells.shift() ?? null;
    const fields = rest ? withRest(cells, names.length) : cells;
    return time === null ? { names, cells: fields } : { names: [TIME, ...names], cells: [time, ...fields] };
  };
}

const withRest = (words: readonly string[], count: number): readonly string[] =>
  words.length <= count ? words : [...words.slice(0, count - 1), words.slice(count - 1).join(' ')];
