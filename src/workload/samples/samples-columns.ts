import { quoted } from '../trace-error.ts';
import { DEFAULT_COLUMNS } from '../trace-format.ts';
import { cellUnit } from './cell.ts';
import { type ColumnMeaning, type Figure, readColumnName, withoutLabels } from './column-name.ts';
import { SAMPLE_ROLES, type SampleRole, type SamplesFormat } from './samples-format.ts';
import { columnOf, listed, timeColumn, whyAmbiguous } from './series.ts';
import type { SampleSource } from './sources.ts';
import type { Table } from './table.ts';

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
  /** Of what there is of file memory beyond the column of anonymous memory, where no column has that alone. */
  readonly usage: SampleColumn | null;
  /** The column of anonymous memory has the file memory in it that another column has. */
  readonly hasFile: boolean;
  /** What was taken for what, and what was left out; a sentence each. */
  readonly notes: readonly string[];
};

/** Whether a header of these names is that of samples, and not of accesses, which each have an offset. */
export const looksLikeSamples = (names: readonly string[]): boolean =>
  names.some((name) => readColumnName(name).figure === 'time') &&
  !names.some((name) => DEFAULT_COLUMNS.offset.includes(name.trim().toLowerCase()));

/** The figures that can stand for a role, the best first. */
const CANDIDATES: Readonly<Record<Exclude<SampleRole, 'time'>, readonly Figure[]>> = {
  anon: ['anon', 'rss', 'working', 'usage'],
  file: ['file'],
  read: ['read'],
  write: ['write'],
};
const WORDS: Readonly<Record<SampleRole, string>> = {
  time: 'the time',
  anon: 'anonymous memory',
  file: 'file memory',
  read: 'reads',
  write: 'writes',
};
/** What only ps, top and pidstat have beside an RSS: theirs is in kB. */
const PS = /^(vsz|vsize|%mem|pmem|%cpu|pcpu|minflt\/s|majflt\/s|sz|tty|stat)$/i;

interface Column extends ColumnMeaning {
  readonly at: number;
  readonly name: string;
}

/** Finds the columns, or says which is missing, or which are too many. */
export function resolveSampleColumns(
  table: Table,
  format: SamplesFormat,
  source: SampleSource | undefined,
): SampleColumns | string {
  const { names } = table;
  const columns = names.map((name, at) => meant(table, name, at, source));
  const time = columnOf(names, format.time) ?? (format.time === null ? timeColumn(names, source) : -1);
  if (time < 0) {
    return format.time === null
      ? `the header has no column of times: it has ${listed(names)}; say which with --format samples:time=COLUMN`
      : noColumn(format.time, names);
  }
  const notes: string[] = [];
  const taken = new Set([time]);
  const found: Record<SampleRole, SampleColumn | null> = {
    time: { at: time, name: names[time], unit: 1, rate: false },
    anon: null,
    file: null,
    read: null,
    write: null,
  };
  for (const role of SAMPLE_ROLES) {
    if (role === 'time') continue;
    const column = columnFor(role, columns, format, notes);
    if (typeof column === 'string') return column;
    if (column === null) continue;
    taken.add(column.at);
    found[role] = { at: column.at, name: names[column.at], ...unitOf(column, columns, format, notes) };
  }
  if (found.anon === null && found.file === null && found.read === null && found.write === null) {
    const counts = columns.filter((each) => each.counts).map(({ name }) => name);
    const also = counts.length === 0 ? '' : ` (${listed(counts)}: operations, not bytes)`;
    return `the header has no column of samples (anon, file, read, write): it has ${listed(names)}${also}; say which with --format samples:anon=COLUMN`;
  }
  const mixed = whyMixed(Object.values(found).flatMap((each) => (each === null ? [] : [each.name])));
  if (mixed !== null) return mixed;
  const all = columns.find(({ figure }) => figure === 'usage');
  if (
    found.anon !== null &&
    columns[found.anon.at].figure === 'working' &&
    found.file !== null &&
    all &&
    format.anon === null
  ) {
    taken.add(all.at);
    found.anon = { at: all.at, name: names[all.at], ...unitOf(all, columns, format, notes) };
  }
  const used = found.anon === null ? undefined : columns[found.anon.at].figure;
  const whole = wholeOf(columns, found, format);
  if (whole !== null) {
    taken.add(whole.at);
    const why = whole === found.file ? ', which has the active part of it' : '';
    notes.push(`file memory is ${whole.name} less ${found.anon?.name}${why}`);
  } else if ((used === 'usage' || used === 'working') && found.file === null)
    notes.push(
      `${found.anon?.name} has file memory in it, and is taken for anonymous memory: the cache is not known apart`,
    );
  const hasFile = used === 'usage' && found.file !== null;
  if (hasFile) notes.push(`anonymous memory is ${found.anon?.name} less ${found.file?.name}`);
  notes.push(...leftOut(columns, taken));
  return {
    ...found,
    file: whole === null ? found.file : null,
    time: { at: time, name: names[time], unit: 1, rate: false },
    usage: whole,
    hasFile,
    notes,
  };
}

function meant(table: Table, name: string, at: number, source: SampleSource | undefined): Column {
  const meaning = source?.columns[withoutLabels(name)] ?? readColumnName(name);
  if (meaning.figure === null) return { ...meaning, at, name };
  // A unit in the cells says whether `reads` are bytes, and whether they are so many a second.
  const unit = table.rows.map(({ cells }) => cellUnit(cells[at] ?? '')).find((each) => each !== null);
  if (unit === undefined || unit === null) return { ...meaning, at, name };
  return { ...meaning, at, name, rate: meaning.rate || unit.rate, counts: unit.counts };
}

function columnFor(
  role: Exclude<SampleRole, 'time'>,
  columns: readonly Column[],
  format: SamplesFormat,
  notes: string[],
): Column | null | string {
  const named = format[role];
  const names = columns.map(({ name }) => name);
  if (named !== null) {
    const at = columnOf(names, named) ?? names.findIndex((name) => withoutLabels(name) === named);
    return at < 0 ? noColumn(named, names) : columns[at];
  }
  const able = columns.filter((column) => column.figure !== null && CANDIDATES[role].includes(column.figure));
  const order = (column: Column): number => CANDIDATES[role].indexOf(column.figure ?? 'time');
  const volumes = able.filter(({ counts }) => !counts).sort((a, b) => order(a) - order(b));
  if (volumes.length === 0) return null;
  const [best] = volumes;
  const same = volumes.filter(({ name }) => withoutLabels(name) === withoutLabels(best.name));
  const ambiguous = whyAmbiguous(same.map(({ name }) => name));
  if (ambiguous !== null) return ambiguous;
  const others = volumes
    .filter(({ figure }) => figure !== 'usage' || role !== 'anon')
    .filter((each) => each !== best);
  if (others.length > 0)
    notes.push(
      `${best.name} is taken for ${WORDS[role]}, and not ${others.map(({ name }) => name).join(', ')}: ${role}=COLUMN in --format takes another`,
    );
  return best;
}

function unitOf(
  { name, figure, unit, rate }: Column,
  columns: readonly Column[],
  format: SamplesFormat,
  notes: string[],
): { unit: number; rate: boolean } {
  const isRate =
    (figure === 'read' || figure === 'write' || figure === null) && format.values !== null
      ? format.values === 'rate'
      : rate;
  if (unit !== null || format.unit !== null) return { unit: unit ?? format.unit ?? 1, rate: isRate };
  const bare = withoutLabels(name).trim();
  const isPs =
    figure === 'rss' &&
    (/^(RSS|RSZ|RES)$/.test(bare) || columns.some((each) => PS.test(withoutLabels(each.name).trim())));
  if (!isPs) return { unit: 1, rate: isRate };
  notes.push(`${name} is taken in kB, as ps counts it: unit=b in --format takes it in bytes`);
  return { unit: 1024, rate: isRate };
}

/** A column of more than anonymous memory: what it has beyond that is of files. */
function wholeOf(
  columns: readonly Column[],
  { anon, file }: Readonly<Record<SampleRole, SampleColumn | null>>,
  format: SamplesFormat,
): SampleColumn | null {
  const figure = anon === null ? null : columns[anon.at].figure;
  // A working set is all memory less inactive file memory (kubelet, cAdvisor): the active part would count twice.
  if (file !== null) return figure === 'working' ? file : null;
  if (figure !== 'anon' && figure !== 'rss' && figure !== 'working') return null;
  const usage = columns.find((each) => each.figure === 'usage');
  return usage === undefined
    ? null
    : { at: usage.at, name: usage.name, unit: usage.unit ?? format.unit ?? 1, rate: false };
}

function leftOut(columns: readonly Column[], taken: ReadonlySet<number>): string[] {
  const rest = columns.filter(({ at }) => !taken.has(at));
  const bare = (those: readonly Column[]): string[] =>
    [...new Set(those.map(({ name }) => withoutLabels(name) || name))].filter((name) => name !== '');
  const counts = bare(rest.filter((each) => each.counts));
  const others = bare(rest.filter((each) => !each.counts && each.figure === null));
  return [
    ...(counts.length === 0
      ? []
      : [
          `left out: ${listed(counts)}, which count operations, not bytes (if they are bytes, say so: read=COLUMN in --format)`,
        ]),
    ...(others.length === 0 ? [] : [`left out: ${listed(others)}`]),
  ];
}

/** Columns of which one is of another series than another. */
function whyMixed(names: readonly string[]): string | null {
  const labels = new Map<string, [string, string]>();
  for (const name of names)
    for (const [, key, value] of name.matchAll(/(\w+)="([^"]*)"/g)) {
      const before = labels.get(key);
      if (before !== undefined && before[0] !== value)
        return `${before[1]} and ${name} are of different series: choose one with --column ${key}=${value}`;
      labels.set(key, [value, name]);
    }
  return null;
}

const noColumn = (named: string, names: readonly string[]): string =>
  `the header has no column ${quoted(named)}: it has ${listed(names)}`;
