import { PAGE_SIZE, pagesOf } from '../kernel/units.ts';
import type { Rewrite } from './line-decoder.ts';
import { ObjectLayout } from './object-layout.ts';
import { NO_FILES, straceRewrite } from './strace-rewrite.ts';

/** A format of page traces that others publish. */
export interface PublishedFormat {
  readonly name: string;
  /** What it means, as a format of CSV: columns by number, units, words. */
  readonly csv: string;
  /** In words, for `memcg import --formats`. */
  readonly units: string;
  /** Whether it has a header, and what of. */
  readonly header: string;
  /** The column that names a volume, from 1; null: it has one. */
  readonly volume: number | null;
  /** Where it is described. */
  readonly source: string;
  /** Whether a file whose first line this is, with these fields, is one; null: it has to be named. */
  readonly detect: ((fields: readonly string[], line: string) => boolean) | null;
  /** Makes each line one of CSV, or several; null: it is CSV. */
  readonly rewrite: (() => Rewrite) | null;
  /** Why it may have no record, where that has a reason of its own. */
  readonly whyEmpty?: string;
}

/** That of what a rewritten line holds: time, op, offset, size, file. */
const REWRITTEN = 'time=1,op=2,offset=3,size=4,file=5';
const is = (pattern: RegExp, text: string | undefined): boolean => pattern.test(text ?? '');
const hasNames = (fields: readonly string[], ...names: readonly string[]): boolean =>
  names.every((name, at) => fields[at]?.toLowerCase() === name);

export const PUBLISHED: readonly PublishedFormat[] = [
  {
    name: 'msr',
    csv: 'time=1,op=4,offset=5,size=6,timeunit=ticks',
    units: 'time in 100 ns since 1601, offset and size in bytes',
    header: 'none (Timestamp,Hostname,DiskNumber,Type,Offset,Size,ResponseTime)',
    volume: 3,
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
    volume: 1,
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
    volume: 5,
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
    volume: 1,
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
    volume: 4,
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
    csv: `${REWRITTEN},timeunit=ms`,
    units: 'time in ms, offset and size in bytes',
    header: 'fio version 3 iolog',
    volume: null,
    source: 'fio(1), TRACE FILE FORMAT',
    detect: (fields) => hasNames(fields, 'fio', 'version', '3', 'iolog'),
    rewrite: () => (line) => {
      const [time, file, action, offset, size] = line.trim().split(/\s+/);
      return isFileAction(action) || size === undefined ? '' : row(time, action, offset, size, file);
    },
  },
  {
    name: 'iolog2',
    csv: `${REWRITTEN},timeunit=us`,
    units: 'no times but waits in us, offset and size in bytes',
    header: 'fio version 2 iolog',
    volume: null,
    source: 'fio(1), TRACE FILE FORMAT',
    detect: (fields) => hasNames(fields, 'fio', 'version', '2', 'iolog'),
    rewrite: () => {
      let time = 0;
      return (line) => {
        if (line.startsWith('fio version')) return '';
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
    volume: null,
    source: 'blkparse(1), default output',
    detect: ([major, rest]) => is(/^\d+$/, major) && is(/^\d+\s+\d+\s+\d+\s+\d+\.\d+\s+\d+\s+[A-Z]+\s/, rest),
    rewrite: () => (line) => {
      const parts = /^\s*\d+,\d+\s+\d+\s+\d+\s+(\d+\.\d+)\s+\d+\s+Q\s+(\w+)\s+(\d+)\s+\+\s+(\d+)/.exec(line);
      return parts === null ? '' : row(parts[1], parts[2], parts[3], parts[4], '');
    },
  },
  {
    name: 'vscsi',
    csv: 'time=2,op=3,size=4,offset=5,unit=512,timeunit=s',
    units: 'time in s, SCSI codes (28 read, 2a write), size in bytes, lbn in sectors of 512',
    header: 'none or version,time,op,size,lbn',
    volume: null,
    source: "CloudPhysics' vscsi in CSV, as in libCacheSim's data",
    detect: (fields) =>
      hasNames(fields, 'version', 'time', 'op', 'size', 'lbn') ||
      (fields.length === 5 && is(/^[12]$/, fields[0]) && is(/^(0x)?(28|2a|88|8a|0?8|0?a)$/i, fields[2])),
    rewrite: null,
  },
  {
    name: 'strace',
    csv: `${REWRITTEN},timeunit=us`,
    units: 'times of -ttt or -tt, offset and size in bytes; mapped files and memory are not in it',
    header: 'none; the calls of `strace -f -ttt -yy -s 0 -o FILE`',
    volume: null,
    source: 'strace(1)',
    detect: (_, line) =>
      /^(\[pid +\d+\] +|\d+ +)?([\d:]+(\.\d+)? )?(execve|\w+)\(.*(\) += |<unfinished )/.test(line),
    rewrite: () =>
      straceRewrite((time, op, offset, size, file) =>
        row(String(time), op, String(offset), String(size), file),
      ),
    whyEmpty: NO_FILES,
  },
  {
    name: 'objects-csv',
    csv: `${REWRITTEN},timeunit=s`,
    units: 'time in s, the number of an object, its size in bytes; each object has pages of its own',
    header: 'none or time,obj_id,size; what follows is left out',
    volume: null,
    source: "libCacheSim's csv with time-col=1, obj-id-col=2, obj-size-col=3",
    detect: ([time, id, size]) => is(/^time/i, time) && is(/^obj(ect)?[_ ]?id$/i, id) && is(/size/i, size),
    rewrite: () => {
      const layout = new ObjectLayout();
      return (line) => {
        const [time, id, size] = line.split(/[,;\t]/).map((field) => field.trim());
        if (/^[a-z]/i.test(time)) return '';
        if (!/^\d+$/.test(id) || !/^\d+$/.test(size)) return line;
        const page = layout.place(
          Number(BigInt(id) & LOW),
          Number((BigInt(id) >> 32n) & LOW),
          pagesOf(Number(size)),
        );
        return page === null
          ? `${time},r,${layout.full},${size}`
          : row(time, 'r', String(page * PAGE_SIZE), size, '');
      };
    },
  },
  {
    name: 'objects-txt',
    csv: `${REWRITTEN},timeunit=s`,
    units: 'the number of an object in each line, of one page; no times',
    header: 'none',
    volume: null,
    source: "libCacheSim's txt",
    detect: null,
    rewrite: () => (line) =>
      /^\d+$/.test(line.trim()) ? row('0', 'r', String(Number(line) * 4096), '4096', '') : line,
  },
];

const LOW = 0xffff_ffffn;

const isFileAction = (action: string | undefined): boolean =>
  action === undefined || ['add', 'open', 'close'].includes(action);

const row = (time: string, op: string, offset: string, size: string, file: string): string =>
  `${time},${op},${offset},${size},"${file.replaceAll('"', '""')}"`;

/** That of a file whose first line this is, with these fields. */
export const detectedFormat = (fields: readonly string[], line: string): PublishedFormat | undefined =>
  PUBLISHED.find(({ detect }) => detect?.(fields, line));

export const publishedFormat = (name: string): PublishedFormat | undefined =>
  PUBLISHED.find((each) => each.name === name.toLowerCase());
