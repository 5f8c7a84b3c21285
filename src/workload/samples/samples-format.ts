import { TIME_UNITS, type TimeUnit } from '../trace-format.ts';
import { unitBytes } from './column-name.ts';
import { SAMPLE_SOURCES, sampleSource } from './sources.ts';

/**
 * How a table of samples is to be read, as people write it after --format:
 * `samples`, `samples:anon=container_memory_rss,unit=M,timeunit=ms,values=rate`, `pidstat`.
 */
export interface SamplesFormat extends Readonly<Record<SampleRole, string | null>> {
  /** Name of its source; null: told by how it begins. */
  readonly source: string | null;
  /** Bytes that sizes are counted in where nothing else is said; null: 1. */
  readonly unit: number | null;
  /** null: told by the first time. */
  readonly timeunit: TimeUnit | null;
  /** What read and write columns hold: all since some beginning, or so much a second; null: told by their names. */
  readonly values: 'total' | 'rate' | null;
  /** Seconds between rows that have no times. */
  readonly interval: number | null;
}

export type SampleRole = 'time' | 'anon' | 'file' | 'read' | 'write';
export const SAMPLE_ROLES: readonly SampleRole[] = ['time', 'anon', 'file', 'read', 'write'];

export const SAMPLES_FORMAT =
  'samples (samples:time=COLUMN,anon=COLUMN,file=COLUMN,read=COLUMN,write=COLUMN,unit=K|M|G,' +
  `timeunit=${Object.keys(TIME_UNITS).join('|')},values=total|rate,interval=TIME; a column may be a number from 1 on; ` +
  `what is left out is told by the header) and ${SAMPLE_SOURCES.map(({ name }) => name).join(', ')}`;

export const PLAIN_SAMPLES: SamplesFormat = {
  source: null,
  time: null,
  anon: null,
  file: null,
  read: null,
  write: null,
  unit: null,
  timeunit: null,
  values: null,
  interval: null,
};

/** Whether this names a format of samples, with or without options. */
export const isSamplesFormat = (text: string): boolean => {
  const name = text.replace(/:.*$/s, '').toLowerCase();
  return name === 'samples' || sampleSource(name) !== undefined;
};

/** Reads `samples` or the name of a source, and what stands behind; a sentence when it is wrong. */
export function readSamplesFormat(text: string): SamplesFormat | string {
  const [, name, options = ''] = /^([^:]*):?(.*)$/s.exec(text) ?? ['', ''];
  const format = parseSamplesFormat(options);
  return typeof format === 'string' ? format : { ...format, source: sampleSource(name)?.name ?? null };
}

/** Reads what stands behind `samples:`; a sentence when it is wrong. */
export function parseSamplesFormat(text: string): SamplesFormat | string {
  let format = PLAIN_SAMPLES;
  // Labels have commas, too.
  for (const option of text.match(/(?:\{[^}]*\}|"[^"]*"|[^,{"])+/g) ?? []) {
    const equals = option.indexOf('=');
    const [key, value] = [option.slice(0, Math.max(0, equals)), option.slice(equals + 1)];
    const next =
      equals < 1 || value === '' ? `${JSON.stringify(option)} is not KEY=VALUE` : optionOf(key, value);
    if (typeof next === 'string') return `${next}: it is ${SAMPLES_FORMAT}`;
    format = { ...format, ...next };
  }
  return format;
}

const INTERVAL = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/;
const SECONDS: Readonly<Record<string, number>> = { ms: 1e-3, s: 1, m: 60, h: 3600 };

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
  if (key === 'interval') {
    const [, count, unit = 's'] = INTERVAL.exec(value) ?? [];
    return Number(count) > 0
      ? { interval: Number(count) * SECONDS[unit] }
      : `interval ${JSON.stringify(value)} is no time`;
  }
  if (key === 'values')
    return value === 'total' || value === 'rate' ? { values: value } : `values are total or rate`;
  return `samples have no ${JSON.stringify(key)}`;
}
