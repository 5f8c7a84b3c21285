import { quoted } from '../trace-error.ts';
import { DEFAULT_COLUMNS } from '../trace-format.ts';
import {
  SAMPLE_COLUMNS,
  SAMPLE_ROLES,
  type SampleRole,
  type SamplesFormat,
  unitBytes,
} from './samples-format.ts';

/** Where the header has a column, and what its numbers mean. */
export interface SampleColumn {
  readonly at: number;
  readonly name: string;
  readonly unit: number;
  /** So much a second, not all since some beginning. */
  readonly rate: boolean;
}

export type SampleColumns = Readonly<Record<SampleRole, SampleColumn | null>> & {
  readonly time: SampleColumn;
};

/** A name, and what it says of its unit: `anon_kb`, `Read (MiB/s)`, `container_fs_reads_bytes_total`. */
function readName(name: string): { word: string; unit: number | null; rate: boolean } {
  let word = name.trim().toLowerCase().replace(/\{.*$/s, '');
  const rate = /(\/s|_per_second|_rate|ps)\)?\]?$/.test(word);
  word = word.replace(/(\/s|_per_second|_rate)(?=[)\]]?$)/, '').replace(/_total$/, '');
  const behind = /[_ ]?[([]?([a-z]+)[)\]]?$/.exec(word);
  const unit = behind === null || behind.index === 0 ? null : unitBytes(behind[1]);
  return { word: unit === null ? word : word.slice(0, behind?.index), unit, rate };
}

/** Whether a header of these names is that of samples, and not of accesses, which each have an offset. */
export const looksLikeSamples = (names: readonly string[]): boolean =>
  names.some((name) => isNamed(name, 'time')) &&
  !names.some((name) => DEFAULT_COLUMNS.offset.includes(name.trim().toLowerCase()));

const isNamed = (name: string, role: SampleRole): boolean =>
  SAMPLE_COLUMNS[role].includes(readName(name).word);

/** Finds the columns, or says which is missing. */
export function resolveSampleColumns(
  names: readonly string[],
  format: SamplesFormat,
): SampleColumns | string {
  const find = (role: SampleRole): SampleColumn | null | string => {
    const named = format[role];
    const at = names.findIndex((name) => (named === null ? isNamed(name, role) : name === named));
    if (at < 0)
      return named === null ? null : `the header has no column ${quoted(named)}: it has ${listed(names)}`;
    const { unit, rate } = readName(names[at]);
    const isRate = format.values === null ? rate : format.values === 'rate';
    return { at, name: names[at], unit: unit ?? format.unit ?? 1, rate: isRate };
  };
  const columns: Record<SampleRole, SampleColumn | null> = {
    time: null,
    anon: null,
    file: null,
    read: null,
    write: null,
  };
  for (const role of SAMPLE_ROLES) {
    const column = find(role);
    if (typeof column === 'string') return column;
    columns[role] = column;
  }
  const { time } = columns;
  if (time === null)
    return `the header has no column of times: it has ${listed(names)}; say which with --format samples:time=COLUMN`;
  if (SAMPLE_ROLES.every((role) => role === 'time' || columns[role] === null)) {
    return `the header has no column of samples (anon, file, read, write): it has ${listed(names)}; say which with --format samples:anon=COLUMN`;
  }
  return { ...columns, time };
}

const SHOWN_NAMES = 12;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).map(quoted).join(', ');
  return names.length > SHOWN_NAMES ? `${shown} and ${names.length - SHOWN_NAMES} more` : shown;
}
