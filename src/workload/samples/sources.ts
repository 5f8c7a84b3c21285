import type { ColumnMeaning } from './column-name.ts';
import { dockerStats } from './docker-stats.ts';
import { blankColumns, type LineReader } from './line-readers.ts';

/** A form in which others write down figures of memory and I/O over time. */
export interface SampleSource {
  readonly name: string;
  /** In words, for `memcg import --formats`. */
  readonly units: string;
  readonly header: string;
  readonly source: string;
  /** Whether a file that begins with these lines is one; null: it is CSV like any other, told by its columns. */
  readonly detect: ((lines: readonly string[]) => boolean) | null;
  /** Takes its lines apart; null: they are CSV, or one JSON. */
  readonly reader: (() => LineReader) | null;
  /** What its columns are, where their names alone don't tell. */
  readonly columns: Readonly<Record<string, ColumnMeaning>>;
}

const bytes = (figure: ColumnMeaning['figure'], unit: number | null = 1, rate = false): ColumnMeaning => ({
  figure,
  unit,
  rate,
  counts: false,
});
const KIB = 1024;
const some = (lines: readonly string[], pattern: RegExp): boolean => lines.some((line) => pattern.test(line));

export const SAMPLE_SOURCES: readonly SampleSource[] = [
  {
    name: 'prometheus-json',
    units: 'time in s, values in base units (bytes); counters and gauges by their names',
    header: 'one JSON of resultType matrix; several may follow each other',
    source: 'Prometheus HTTP API, /api/v1/query_range',
    detect: (lines) => /^\s*[{[]/.test(lines[0] ?? '') && some(lines, /"(resultType|result|metric)"\s*:/),
    reader: null,
    columns: {},
  },
  {
    name: 'prometheus',
    units: 'time in s or ISO 8601, values in base units (bytes)',
    header: 'time and a column a metric (wide), or metric, labels, time and value (long)',
    source: 'CSV made of Prometheus by promtool, Grafana or a script',
    detect: null,
    reader: null,
    columns: {},
  },
  {
    name: 'grafana',
    units: 'as the panel shows them: units in the header or in each cell (kB, KB and KiB are 1024 bytes)',
    header: '"Time" and a column a series; formerly Series;Time;Value, with sep=; above it',
    source: 'Grafana, Inspect > Data > Download CSV; before version 7, Export CSV',
    detect: null,
    reader: null,
    columns: {},
  },
  {
    name: 'cadvisor',
    units: 'bytes; container_fs_reads_total and container_fs_writes_total count operations and are left out',
    header: 'time and container_memory_rss, container_memory_cache, container_fs_reads_bytes_total ...',
    source: 'cAdvisor, docs/storage/prometheus.md',
    detect: null,
    reader: null,
    columns: {},
  },
  {
    name: 'kubectl-top',
    units: 'MEMORY is the working set, in Ki, Mi or Gi; no times but lines of date(1), or interval=TIME',
    header: 'NAME CPU(cores) MEMORY(bytes), with NAMESPACE or POD before',
    source: 'kubectl top pod',
    detect: (lines) => some(lines, /^(\S+\s+)*NAME\s+CPU\(cores\)\s+MEMORY\(bytes\)/),
    reader: () => blankColumns({ header: /\bNAME\s+CPU\(cores\)/, rest: false }),
    columns: { 'MEMORY(bytes)': bytes('working') },
  },
  {
    name: 'docker-stats',
    units: 'MEM USAGE in B, KiB, MiB, GiB, without inactive file memory; BLOCK I/O in B, kB, MB, GB of 1000',
    header:
      'CONTAINER ID, NAME, CPU % ...; or a JSON a line; no times but lines of date(1), or interval=TIME',
    source: 'docker stats, also with --format json',
    detect: (lines) =>
      some(lines, /\bCONTAINER\b.*MEM USAGE \/ LIMIT/) || some(lines, /^[^{]*\{.*"MemUsage"\s*:/),
    reader: dockerStats,
    columns: {
      'MEM USAGE': bytes('working'),
      'BLOCK I': bytes('read'),
      'BLOCK O': bytes('write'),
    },
  },
  {
    name: 'pidstat',
    units: 'RSS in kB; kB_rd/s and kB_wr/s in kB a second',
    header: 'Time, UID, PID and the columns of -r and -d, also with -h; said again and again',
    source: 'pidstat(1) of sysstat',
    detect: (lines) => some(lines, /\b(UID|USER)\s+(TGID\s+TID|PID)\s.*\b(RSS|kB_rd\/s)/),
    reader: () =>
      blankColumns({ header: /\b(UID|USER)\s+(TGID|PID)\s/, rest: true, skip: /^(Linux\s|Average:)/ }),
    columns: {
      RSS: bytes('rss', KIB),
      'kB_rd/s': bytes('read', KIB, true),
      'kB_wr/s': bytes('write', KIB, true),
    },
  },
  {
    name: 'psrecord',
    units: 'time in s since the start, Real in MB',
    header: '# Elapsed time   CPU (%)     Real (MB)   Virtual (MB)',
    source: 'psrecord --log',
    detect: (lines) => some(lines, /^#\s*Elapsed time\s+CPU \(%\)\s+Real \(MB\)/),
    reader: () => blankColumns({ header: /^#\s*Elapsed time/, rest: false, gap: /\s{2,}/ }),
    columns: {
      'Elapsed time': bytes('time'),
      'Real (MB)': bytes('rss', KIB * KIB),
      'Read bytes': bytes('read'),
      'Write bytes': bytes('write'),
      'Read count': { figure: null, unit: null, rate: false, counts: true },
      'Write count': { figure: null, unit: null, rate: false, counts: true },
    },
  },
  {
    name: 'vmstat',
    units:
      'of the whole machine: cache in KiB, bi and bo in KiB a second; with -t it has times, else interval=TIME',
    header: 'r b swpd free buff cache si so bi bo ...; the first row is of the time since the boot',
    source: 'vmstat(8) of procps',
    detect: (lines) => some(lines, /^\s*r\s+b\s+swpd\s+free\s.*\bbi\s+bo\b/),
    reader: () => blankColumns({ header: /^\s*r\s+b\s+swpd/, rest: true, skip: /^\s*procs\b|^-+procs/ }),
    columns: {
      cache: bytes('file', KIB),
      bi: bytes('read', KIB, true),
      bo: bytes('write', KIB, true),
      r: bytes(null),
      in: bytes(null),
      id: bytes(null),
    },
  },
  {
    name: 'below',
    units:
      'sizes with their units, or bytes with --raw; _per_sec, RBytes, WBytes, Reads and Writes are rates',
    header: 'Datetime, Timestamp and the fields of `below dump cgroup`, `process` or `system`',
    source: 'below dump -O csv (github.com/facebookincubator/below)',
    detect: (lines) =>
      some(lines.slice(0, 3), /\bDatetime\b/i) &&
      some(lines.slice(0, 3), /Mem (Total|Anon)|_per_sec|\bRBytes\b|\bReads\b|Cached/i),
    reader: null,
    columns: {
      'Mem Total': bytes('usage', null),
      mem_total: bytes('usage', null),
      RBytes: bytes('read', 1, true),
      WBytes: bytes('write', 1, true),
      Reads: bytes('read', null, true),
      Writes: bytes('write', null, true),
    },
  },
];

/** The source of that name. */
export const sampleSource = (name: string): SampleSource | undefined =>
  SAMPLE_SOURCES.find((each) => each.name === name.toLowerCase());

/** The source whose file begins with these lines. */
export const detectedSource = (lines: readonly string[]): SampleSource | undefined =>
  SAMPLE_SOURCES.find(({ detect }) => detect?.(lines));
