import { TIME_UNITS, type TimeUnit } from '../trace-format.ts';

/**
 * How a table of samples is to be read, as people write it after --format:
 * `samples`, `samples:anon=container_memory_rss,unit=M,timeunit=ms,values=rate`.
 */
export interface SamplesFormat extends Readonly<Record<SampleRole, string | null>> {
  /** Bytes that sizes are counted in where nothing else is said; null: 1. */
  readonly unit: number | null;
  /** null: told by the first time. */
  readonly timeunit: TimeUnit | null;
  /** What read and write columns hold: all since some beginning, or so much a second; null: told by their names. */
  readonly values: 'total' | 'rate' | null;
}

export type SampleRole = 'time' | 'anon' | 'file' | 'read' | 'write';
export const SAMPLE_ROLES: readonly SampleRole[] = ['time', 'anon', 'file', 'read', 'write'];

/** Names of columns, in lower case and without what says the unit. */
export const SAMPLE_COLUMNS: Readonly<Record<SampleRole, readonly string[]>> = {
  time: ['time', 'timestamp', 'ts', 'date', 'datetime', '@timestamp'],
  anon: ['anon', 'anonymous', 'rss', 'rss_anon', 'memory_rss', 'container_memory_rss'],
  file: ['file', 'cache', 'file_cache', 'memory_cache', 'container_memory_cache'],
  read: ['read', 'reads', 'rchar', 'rbytes', 'container_fs_reads'],
  write: ['write', 'writes', 'written', 'wchar', 'wbytes', 'container_fs_writes'],
};

export const SAMPLES_FORMAT =
  'samples (samples:time=COLUMN,anon=COLUMN,file=COLUMN,read=COLUMN,write=COLUMN,unit=K|M|G,' +
  'timeunit=s|ms|us|ns,values=total|rate; what is left out is told by the header)';

export const PLAIN_SAMPLES: SamplesFormat = {
  time: null,
  anon: null,
  file: null,
  read: null,
  write: null,
  unit: null,
  timeunit: null,
  values: null,
};

/** As memory is counted: K, KB and KiB are 1024. */
const UNIT = /^(?:bytes?|b|([kmgt])(?:i?b|bytes)?)$/i;
const SHIFT: Readonly<Record<string, number>> = { k: 10, m: 20, g: 30, t: 40 };

/** The bytes of `K`, `MiB`, `kb`, `bytes`; null: no unit. */
export function unitBytes(text: string): number | null {
  const match = UNIT.exec(text);
  if (match === null) return null;
  return match[1] === undefined ? 1 : 2 ** SHIFT[match[1].toLowerCase()];
}

/** Reads what stands behind `samples:`; a sentence when it is wrong. */
export function parseSamplesFormat(text: string): SamplesFormat | string {
  let format = PLAIN_SAMPLES;
  for (const option of text === '' ? [] : text.split(',')) {
    const equals = option.indexOf('=');
    const [key, value] = [option.slice(0, Math.max(0, equals)), option.slice(equals + 1)];
    const next =
      equals < 1 || value === '' ? `${JSON.stringify(option)} is not KEY=VALUE` : optionOf(key, value);
    if (typeof next === 'string') return `${next}: it is ${SAMPLES_FORMAT}`;
    format = { ...format, ...next };
  }
  return format;
}

function optionOf(key: string, value: string): Partial<SamplesFormat> | string {
  const role = SAMPLE_ROLES.find((each) => each === key);
  if (role !== undefined) return { [role]: value };
  if (key === 'unit') {
    const unit = unitBytes(value);
    return unit === null ? `unit ${JSON.stringify(value)} is none` : { unit };
  }
  if (key === 'timeunit') {
    const unit = (Object.keys(TIME_UNITS) as TimeUnit[]).find((each) => each === value);
    return unit === undefined ? `timeunit ${JSON.stringify(value)} is none` : { timeunit: unit };
  }
  if (key === 'values')
    return value === 'total' || value === 'rate' ? { values: value } : `values are total or rate`;
  return `samples have no ${JSON.stringify(key)}`;
}
