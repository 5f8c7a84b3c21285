import { quoted } from '../trace-error.ts';
import { readColumnName, withoutLabels } from './column-name.ts';
import { SampleClock } from './sample-clock.ts';
import type { SampleRole, SamplesFormat } from './samples-format.ts';
import type { SampleSource } from './sources.ts';
import { Table } from './table.ts';

/** Which series is wanted: what its labels are. */
export type Choice = ReadonlyMap<string, string>;

/** Columns that say whose figures a row has. */
const LABELS = new Set(
  (
    'pod pod_name container container_name container_id namespace name instance job node host hostname device image ' +
    'service app cgroup id pid tid tgid process command comm cmd series metric user uid interface label labels unit'
  ).split(' '),
);
/** Columns that say what figure is in the column of values. */
const METRICS = [
  '__name__',
  'metric',
  'metric_name',
  'series',
  'variable',
  '_field',
  'field',
  'key',
  'name',
  'measurement',
];
const VALUES = ['value', '_value', 'val'];
const NUMERIC = /^[-+]?[\d.]|^$|^(nan|null|none|n\/?a|undefined|[-+]?inf|-)$/i;
const SHOWN = 8;

/** A table of a column for each series; those of several have their labels behind their names. */
export interface Series {
  readonly table: Table;
  /** The format by the names that its columns have there. */
  readonly format: SamplesFormat;
  /** Rows, or columns, of series that were not chosen. */
  readonly left: number;
}

/** Makes of rows that each belong to a series columns that do, and leaves those that are not chosen; or says why not. */
export function chosenSeries(
  table: Table,
  format: SamplesFormat,
  source: SampleSource | undefined,
  asked: Choice,
): Series | string {
  const choice = new Map([...asked].map(([key, value]) => [key.toLowerCase(), value]));
  const columns = rolesOf(table, format, source);
  const { time } = columns;
  if (time < 0 && format.interval === null) {
    return `the table has no column of times: it has ${listed(table.names)}; say which with --format samples:time=COLUMN, or how far apart its rows are with --format ${source?.name ?? 'samples'}:interval=15s`;
  }
  const labels = columns.labels.filter(
    (at) => isSplit(table, at) || choice.has(table.names[at].toLowerCase()),
  );
  const known = labelValues(table, labels, columns.metric);
  for (const [key, value] of choice) {
    const values = known.get(key);
    if (values === undefined)
      return `the table has no label ${quoted(key)}: it has ${listed([...known.keys()])}`;
    if (!values.has(value)) return `no series has ${key}=${value}: there are ${listed([...values])}`;
  }
  const hasLabels = table.names.some((name) => name.includes('{'));
  if (time >= 0 && columns.metric < 0 && labels.length === 0 && !table.isRagged && !hasLabels)
    return { table, format, left: 0 };
  const named = (role: SampleRole): string | null => {
    const at = columnOf(table.names, format[role]);
    return at === null ? format[role] : table.names[at];
  };
  return {
    ...folded(table, { ...columns, labels }, format.interval, choice),
    format: {
      ...format,
      time: null,
      anon: named('anon'),
      file: named('file'),
      read: named('read'),
      write: named('write'),
    },
  };
}

interface Roles {
  readonly time: number;
  /** -1: a column has its figure's name for a header. */
  readonly metric: number;
  readonly value: number;
  readonly labels: readonly number[];
}

function rolesOf(table: Table, format: SamplesFormat, source: SampleSource | undefined): Roles {
  const { names } = table;
  const meanings = names.map((name) => source?.columns[name] ?? readColumnName(name));
  const named = new Set(Object.values(format).filter((each) => typeof each === 'string'));
  const isFigure = (at: number): boolean =>
    named.has(names[at]) ||
    meanings[at].figure !== null ||
    meanings[at].counts ||
    source?.columns[names[at]] !== undefined;
  const indexOf = (wanted: readonly string[]): number =>
    wanted.map((each) => names.findIndex((name) => name.toLowerCase() === each)).find((at) => at >= 0) ?? -1;
  const time = columnOf(names, format.time) ?? timeColumn(names, source);
  const value = indexOf(VALUES);
  const metric = value < 0 || named.has(names[value]) ? -1 : indexOf(METRICS);
  const others = names
    .map((_, at) => at)
    .filter((at) => at !== time && at !== metric && at !== value && !isFigure(at));
  const identity = others.filter((at) => LABELS.has(plain(names[at])));
  const texts = others.filter(
    (at) => !identity.includes(at) && table.rows.some(({ cells }) => !NUMERIC.test(cells[at] ?? '')),
  );
  // Other texts, as a state, tell series apart only where a time comes twice without them.
  const repeats = time >= 0 && metric < 0 && hasRepeats(table, [time, ...identity]);
  return { time, metric, value, labels: repeats || metric >= 0 ? [...identity, ...texts] : identity };
}

/** The column that is named, or numbered from 1. */
export function columnOf(names: readonly string[], named: string | null): number | null {
  if (named === null) return null;
  const at = names.indexOf(named);
  if (at >= 0) return at;
  const number = /^[1-9]\d{0,3}$/.test(named) ? Number(named) : 0;
  return number > 0 && number <= names.length ? number - 1 : null;
}

/** An epoch is surer than a date. */
export function timeColumn(names: readonly string[], source: SampleSource | undefined): number {
  const times = names.map((name, at) =>
    (source?.columns[name] ?? readColumnName(name)).figure === 'time' ? at : -1,
  );
  const found = times.filter((at) => at >= 0);
  return found.find((at) => /timestamp/i.test(names[at])) ?? found[0] ?? -1;
}

function hasRepeats(table: Table, columns: readonly number[]): boolean {
  const seen = new Set<string>();
  return table.rows.some(({ cells }) => {
    const key = columns.map((at) => cells[at]).join('\n');
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

function isSplit(table: Table, at: number): boolean {
  const first = table.rows[0]?.cells[at];
  return table.rows.some(({ cells }) => cells[at] !== first && cells[at] !== undefined);
}

function folded(
  table: Table,
  { time, metric, value, labels }: Roles,
  interval: number | null,
  choice: Choice,
): Omit<Series, 'format'> {
  const result = new Table();
  const names = ['time'];
  const at = new Map<string, number>();
  const rows: { line: number; cells: string[] }[] = [];
  const byTime = new Map<string, number>();
  const counts = new Map<string, number>();
  const kept = keptColumns(table, [time, metric, value, ...labels], choice);
  let left = kept.left;
  const put = (line: number, when: string, name: string, cell: string): void => {
    const column = at.get(name) ?? names.push(name) - 1;
    at.set(name, column);
    let row = byTime.get(when);
    // The same once more at the same time is a row of its own.
    if (row === undefined || (cell !== '' && (rows[row].cells[column] ?? cell) !== cell)) {
      row = rows.push({ line, cells: [when] }) - 1;
      byTime.set(when, row);
    }
    if (cell !== '') rows[row].cells[column] = cell;
  };
  for (const { line, cells } of table.rows) {
    const own = labels.map((label) => [table.names[label].toLowerCase(), cells[label] ?? ''] as const);
    const name = metric < 0 ? '' : (cells[metric] ?? '');
    if (!isChosen([...own, ...labelsOf(name)], choice)) {
      left += 1;
      continue;
    }
    const behind = own.map(([key, text]) => `${key}=${JSON.stringify(text)}`).join(',');
    const when = time >= 0 ? (cells[time] ?? '') : String(nth(counts, behind) * (interval ?? 0));
    if (metric >= 0) put(line, when, withLabels(name, behind), cells[value] ?? '');
    else {
      for (const column of kept.columns)
        put(line, when, withLabels(table.names[column], behind), cells[column] ?? '');
    }
  }
  const clock = new SampleClock(null);
  const order = rows.map((row) => ({ ...row, time: clock.read(row.cells[0]) }));
  if (time >= 0 && order.every((row) => !Number.isNaN(row.time))) order.sort((a, b) => a.time - b.time);
  result.header = table.header;
  for (const { line, cells } of order)
    result.add(
      names,
      line,
      Array.from(names, (_, i) => cells[i] ?? ''),
      null,
    );
  if (order.length === 0) result.names.push(...names);
  return { table: result, left };
}

function nth(counts: Map<string, number>, key: string): number {
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return count;
}

/** The columns of values whose own labels are those that were chosen. */
function keptColumns(
  { names }: Table,
  others: readonly number[],
  choice: Choice,
): { columns: number[]; left: number } {
  const values = names.map((_, at) => at).filter((at) => !others.includes(at));
  const columns = values.filter((at) => isChosen(labelsOf(names[at]), choice));
  return { columns, left: values.length - columns.length };
}

/** Labels that it has not are of no matter: a metric without a pod is of all. */
const isChosen = (labels: readonly (readonly [string, string])[], choice: Choice): boolean =>
  labels.every(([key, value]) => (choice.get(key) ?? value) === value);

function withLabels(name: string, labels: string): string {
  if (labels === '') return name;
  const own = /^(.*)\{(.*)\}(.*)$/s.exec(name);
  return own === null ? `${name}{${labels}}` : `${own[1]}{${labels},${own[2]}}${own[3]}`;
}

/** Those in `rss{pod="web-0",container="app"}`. */
export function labelsOf(name: string): [string, string][] {
  const inside = /\{(.*)\}/s.exec(name)?.[1] ?? '';
  return [...inside.matchAll(/([\w.-]+)\s*[=:]\s*"((?:[^"\\]|\\.)*)"|([\w.-]+)\s*[=:]\s*([^",{}]+)/g)].map(
    ([, key, value, bareKey, bareValue]) => [(key ?? bareKey).toLowerCase(), (value ?? bareValue).trim()],
  );
}

function labelValues(table: Table, labels: readonly number[], metric: number): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  const add = (key: string, value: string): void => {
    known.set(key, (known.get(key) ?? new Set()).add(value));
  };
  for (const at of labels)
    for (const { cells } of table.rows) add(table.names[at].toLowerCase(), cells[at] ?? '');
  const named = metric < 0 ? table.names : new Set(table.rows.map(({ cells }) => cells[metric] ?? ''));
  for (const name of named) for (const [key, value] of labelsOf(name)) add(key, value);
  return known;
}

/** Why columns of one figure can't be told apart, and how to choose between them; null: it is one. */
export function whyAmbiguous(names: readonly string[]): string | null {
  if (names.length < 2) return null;
  const metric = withoutLabels(names[0]);
  const all = names.map((name) => new Map(labelsOf(name)));
  const keys = [...new Set(all.flatMap((labels) => [...labels.keys()]))];
  const values = (key: string): string[] => [...new Set(all.map((labels) => labels.get(key) ?? ''))];
  const splits = keys.filter((key) => values(key).length > 1);
  const key = splits.find((each) => values(each).length === names.length) ?? splits[0];
  if (key === undefined)
    return `there are ${names.length} columns ${quoted(metric)}: say which by its number, as --format samples:anon=2`;
  const found = values(key);
  const also =
    splits.length > 1 ? `; they differ in ${splits.join(', ')}, and --column may be said for each` : '';
  return `there are ${names.length} series of ${metric === '' ? 'one figure' : metric} (${key}: ${listed(found)}): choose one with --column ${key}=${found.find((each) => each !== '') ?? ''}${also}`;
}

export function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, SHOWN + 4)
    .map(quoted)
    .join(', ');
  return names.length > SHOWN + 4 ? `${shown} and ${names.length - SHOWN - 4} more` : shown;
}

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^_|_$/g, '');
