import type { Rewrite } from './line-decoder.ts';

/** A format of page traces that others publish. */
export interface PublishedFormat {
  readonly name: string;
  /** What it means, as a format of CSV: columns by number, units, words. */
  readonly csv: string;
  /** In words, for `memcg import --formats`. */
  readonly units: string;
  /** Whether it has a header, and what of. */
  readonly header: string;
  /** Where it is described. */
  readonly source: string;
  /** Whether a file whose first line has these fields is one; null: it has to be named. */
  readonly detect: ((fields: readonly string[]) => boolean) | null;
  /** Makes each line one of CSV; null: it is CSV. */
  readonly rewrite: (() => Rewrite) | null;
}

/** That of what a rewritten line holds: time, op, offset, size, file. */
const REWRITTEN = 'time=1,op=2,offset=3,size=4';
const is = (pattern: RegExp, text: string | undefined): boolean => pattern.test(text ?? '');
const hasNames = (fields: readonly string[], ...names: readonly string[]): boolean =>
  names.every((name, at) => fields[at]?.toLowerCase() === name);

export const PUBLISHED: readonly PublishedFormat[] = [
  {
    name: 'msr',
    csv: 'time=1,op=4,offset=5,size=6,timeunit=ticks',
    units: 'time in 100 ns since 1601, offset and size in bytes',
    header: 'none (Timestamp,Hostname,DiskNumber,Type,Offset,Size,ResponseTime)',
    source: 'MSR Cambridge, SNIA IOTTA trace set 388',
    detect: (fields) =>
      hasNames(fields, 'timestamp', 'hostname', 'disknumber') ||
      (fields.length === 7 && is(/^\d{17,19}$/, fields[0]) && is(/^(read|write)$/i, fields[3])),
    rewrite: null,
  },
  {
    name: 'alibaba',
    csv: 'time=5,op=2,offset=3,size=4,timeunit=us',
    units: 'time in us, offset and size in bytes',
    header: 'none or device_id,opcode,offset,length,timestamp',
    source: 'Alibaba block-traces (github.com/alibaba/block-traces)',
    detect: (fields) =>
      hasNames(fields, 'device_id', 'opcode', 'offset', 'length', 'timestamp') ||
      (fields.length === 5 && is(/^[RW]$/i, fields[1]) && is(/^\d{14,17}$/, fields[4])),
    rewrite: null,
  },
  {
    name: 'cbs',
    csv: 'time=1,op=4:0=read,1=write,offset=2,size=3,unit=512,timeunit=s,sizeunit=512',
    units: 'time in s, offset and size in sectors of 512, 0 read and 1 write',
    header: 'none or Timestamp,Offset,Size,IOType,VolumeID',
    source: 'Tencent CBS, SNIA IOTTA trace set 27917',
    detect: (fields) =>
      hasNames(fields, 'timestamp', 'offset', 'size', 'iotype', 'volumeid') ||
      (fields.length === 5 && is(/^\d{10}$/, fields[0]) && is(/^[01]$/, fields[3])),
    rewrite: null,
  },
  {
    name: 'spc',
    csv: 'time=5,op=4,offset=2,size=3,unit=512,timeunit=s',
    units: 'time in s, LBA in sectors of 512, size in bytes',
    header: 'none or ASU,LBA,Size,Opcode,Timestamp',
    source: 'UMass trace repository, SPC trace file format 1.0.1',
    detect: (fields) =>
      hasNames(fields, 'asu', 'lba', 'size', 'opcode') ||
      (fields.length >= 5 && is(/^[rw]$/i, fields[3]) && is(/^\d+\.\d+$/, fields[4])),
    rewrite: null,
  },
  {
    name: 'systor17',
    csv: 'time=1,op=3,offset=5,size=6,timeunit=s',
    units: 'time in s, offset and size in bytes',
    header: 'none or Timestamp,Response,IOType,LUN,Offset,Size',
    source: "SYSTOR '17, SNIA IOTTA trace set 4964",
    detect: (fields) =>
      hasNames(fields, 'timestamp', 'response', 'iotype', 'lun') ||
      (fields.length === 6 &&
        is(/^\d+\.\d+$/, fields[0]) &&
        is(/^[RW]?$/i, fields[2]) &&
        is(/^\d+$/, fields[4])),
    rewrite: null,
  },
  {
    name: 'iolog3',
    csv: `${REWRITTEN},file=5,timeunit=ms`,
    units: 'time in ms, offset and size in bytes',
    header: 'fio version 3 iolog',
    source: 'fio(1), TRACE FILE FORMAT',
    detect: (fields) => hasNames(fields, 'fio', 'version', '3', 'iolog'),
    rewrite: () => (line) => {
      const [time, file, action, offset, size] = line.trim().split(/\s+/);
      return isFileAction(action) || size === undefined ? '' : row(time, action, offset, size, file);
    },
  },
  {
    name: 'iolog2',
    csv: `${REWRITTEN},file=5,timeunit=us`,
    units: 'no times but waits in us, offset and size in bytes',
    header: 'fio version 2 iolog',
    source: 'fio(1), TRACE FILE FORMAT',
    detect: (fields) => hasNames(fields, 'fio', 'version', '2', 'iolog'),
    rewrite: () => {
      let time = 0;
      return (line) => {
        const [file, action, offset, size] = line.trim().split(/\s+/);
        if (action === 'wait') time += Number(offset);
        if (isFileAction(action) || action === 'wait' || size === undefined) return '';
        return row(String(time), action, offset, size, file);
      };
    },
  },
  {
    name: 'blkparse',
    csv: `${REWRITTEN},unit=512,timeunit=s,sizeunit=512`,
    units: 'time in s, sector and number of sectors of 512; requests that were queued (Q)',
    header: 'none; what blkparse prints of itself is left out',
    source: 'blkparse(1), default output',
    detect: ([major, rest]) => is(/^\d+$/, major) && is(/^\d+\s+\d+\s+\d+\s+\d+\.\d+\s+\d+\s+[A-Z]+\s/, rest),
    rewrite: () => (line) => {
      const parts = /^\s*\d+,\d+\s+\d+\s+\d+\s+(\d+\.\d+)\s+\d+\s+Q\s+(\w+)\s+(\d+)\s+\+\s+(\d+)/.exec(line);
      return parts === null ? '' : row(parts[1], parts[2], parts[3], parts[4], '');
    },
  },
  {
    name: 'objects-txt',
    csv: `${REWRITTEN},timeunit=s`,
    units: 'the number of an object in each line, of one page; no times',
    header: 'none',
    source: "libCacheSim's txt",
    detect: null,
    rewrite: () => (line) =>
      /^\d+$/.test(line.trim()) ? row('0', 'r', String(Number(line) * 4096), '4096', '') : line,
  },
];

const isFileAction = (action: string | undefined): boolean =>
  action === undefined || ['add', 'open', 'close'].includes(action);

const row = (time: string, op: string, offset: string, size: string, file: string): string =>
  `${time},${op},${offset},${size},"${file.replaceAll('"', '""')}"`;

export const publishedFormat = (name: string): PublishedFormat | undefined =>
  PUBLISHED.find((each) => each.name === name.toLowerCase());
