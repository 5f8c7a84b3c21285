import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/workload/record/sample.ts';
import { type Findings, readSamples } from '../../../src/workload/samples/read-samples.ts';
import { readSamplesFormat } from '../../../src/workload/samples/samples-format.ts';
import { folder } from '../../script/scripts.ts';

const files = folder({});
afterAll(files.remove);

interface Asked {
  readonly format?: string;
  readonly column?: Readonly<Record<string, string>>;
  readonly sort?: boolean;
}

async function read(text: string | Buffer, { format = 'samples', column = {}, sort = false }: Asked = {}) {
  const path = files.path('samples.txt');
  writeFileSync(path, text);
  const parsed = readSamplesFormat(format);
  if (typeof parsed === 'string') throw new Error(parsed);
  const findings: Findings = { resets: new Map(), gaps: new Map(), notes: [] };
  const samples: Sample[] = [];
  const asked = { format: parsed, choice: new Map(Object.entries(column)), sort };
  for await (const sample of readSamples(path, asked, findings)) samples.push(sample);
  return { samples, notes: findings.notes };
}

const MIB = 2 ** 20;
/** Three samples, 15 s apart: 100M, 300M and 200M. */
const LEVELS = [100, 300, 200];
const anonymous = (samples: readonly Sample[]): number[][] =>
  samples.map(({ time, anon }) => [time / 1e9, anon / MIB]);
const EXPECTED = LEVELS.map((level, i) => [i * 15, level]);
const rows = (row: (i: number, bytes: number) => string): string =>
  LEVELS.map((level, i) => `${row(i, level * MIB)}\n`).join('');
const iso = (i: number): string => new Date(1_704_110_400_000 + i * 15_000).toISOString();
const clock = (i: number): string => iso(i).slice(11, 19);
const matrix = (...results: readonly object[]): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: results } });
const values = (times = 1) => LEVELS.map((level, i) => [1_704_110_400 + i * 15, `${level * MIB * times}`]);

describe('figures of memory are read as they come from', () => {
  it.each<[string, string | Buffer, string?]>([
    ['a table', `time,anon\n${rows((i, b) => `${i * 15},${b}`)}`],
    [
      'one with a semicolon and decimal commas',
      `time;rss\n${rows((i, b) => `${i * 15},0;${b / MIB},00 MiB`)}`,
    ],
    [
      'one of Germany',
      `Zeit;x\n${rows((i, b) => `${i * 15};${b.toLocaleString('de')}`)}`,
      'samples:time=Zeit,anon=x',
    ],
    ['one with thousands', `time,rss\n${rows((i, b) => `${i * 15},"${b.toLocaleString('en')}"`)}`],
    ['one with tabs, comments and CRLF', `# of x\r\ntime\trss\r\n${rows((i, b) => `${i * 15}\t${b}\r`)}`],
    ['one with bars', `time|rss\n${rows((i, b) => `${i * 15}|${b}`)}`],
    ['one with blanks', `TIME RSS VSZ\n${rows((i, b) => `${i * 15}   ${b / 1024}  9`)}`],
    ['one in UTF-16', Buffer.from(`\ufefftime\trss\n${rows((i, b) => `${i * 15}\t${b}`)}`, 'utf16le')],
    ['one in hexadecimal', `time,rss\n${rows((i, b) => `${i * 15},0x${b.toString(16)}`)}`],
    ['one with a header in a comment', `# time,rss\n${rows((i, b) => `${i * 15},${b}`)}`],
    ['one without a header', rows((i, b) => `${b},x,${i * 15}`), 'samples:time=3,anon=1'],
    [
      'ticks of 100 ns',
      `time,rss\n${rows((i, b) => `${133_485_840_000_000_000n + BigInt(i) * 150_000_000n},${b}`)}`,
    ],
    ['days by numbers', `time,rss\n${rows((i, b) => `31/01/2024 ${clock(i)},${b}`)}`],
    ['one day, whichever it is', `time,rss\n${rows((i, b) => `02/01/2024 ${clock(i)},${b}`)}`],
    ['times of the day over midnight', `time,rss\n23:59:50,100M\n00:00:05,300M\n00:00:20,200M\n`],
    ['pages', `time,rss_pages\n${rows((i, b) => `${i * 15},${b / 4096}`)}`],
    ['ps', `timestamp,RSS,VSZ\n${rows((i, b) => `${1_704_110_400 + i * 15},${b / 1024},1`)}`],
    ['ps, in lower case', `time,pid,rss,vsz,comm\n${rows((i, b) => `${i * 15},7,${b / 1024},1,java`)}`],
    [
      'Prometheus, wide',
      `timestamp,container_memory_rss{pod="a"}\n${rows((i, b) => `${1_704_110_400 + i * 15},${b}`)}`,
    ],
    [
      'Prometheus, long',
      `metric,pod,timestamp,value\n${rows((i, b) => `container_memory_rss,a,${iso(i)},${b}`)}${rows((i) => `container_memory_swap,a,${iso(i)},5`)}`,
    ],
    [
      'Prometheus, JSON',
      matrix({ metric: { __name__: 'container_memory_rss', pod: 'a' }, values: values() }),
    ],
    [
      'Grafana',
      `\ufeff"Time","rss"\n${rows((i, b) => `"${iso(i).slice(0, 19).replace('T', ' ')}","${b / MIB} MiB"`)}`,
    ],
    [
      'Grafana, the unit in the header',
      `"Time","rss (MiB)"\r\n${rows((i, b) => `${1_704_110_400_000 + i * 15_000},${b / MIB}\r`)}`,
    ],
    ['Grafana for Excel', `sep=,\r\n"Time","rss"\r\n${rows((i, b) => `"${iso(i)}","${b / MIB} MiB"\r`)}`],
    [
      'Grafana of old',
      `sep=;\nSeries;Time;Value\n${rows((i, b) => `rss;${iso(i)};${b}`)}${rows((i) => `cpu;${iso(i)};1`)}`,
    ],
    [
      'cAdvisor',
      `timestamp,container_memory_rss,container_memory_mapped_file\n${rows((i, b) => `${1_704_110_400 + i * 15},${b},1`)}`,
    ],
    [
      'kubectl top with dates',
      rows((i, b) => `${iso(i)}\nNAME    CPU(cores)   MEMORY(bytes)\nweb-0   12m          ${b / MIB}Mi`),
    ],
    [
      'kubectl top with stamps',
      `NAME CPU(cores) MEMORY(bytes)\n${rows((i, b) => `${iso(i)} web-0   12m   ${b / MIB}Mi`)}`,
    ],
    [
      'kubectl top without times',
      rows((_, b) => `POD  NAME    CPU(cores)   MEMORY(bytes)\nweb-0 app  12m          ${b / MIB}Mi`),
      'kubectl-top:interval=15s',
    ],
    [
      'docker stats',
      rows(
        (_, b) =>
          `\u001b[2J\u001b[HCONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT     MEM %     NET I/O         BLOCK I/O         PIDS\n3f4e   web   0.5%   ${b / MIB}MiB / 7.6GiB   1.2%   1.2kB / 0B   4.1MB / 8kB   3`,
      ),
      'docker-stats:interval=15s',
    ],
    [
      'docker stats in JSON',
      rows(
        (i, b) =>
          `${iso(i)} ${JSON.stringify({ Name: 'web', MemUsage: `${b / MIB}MiB / 1GiB`, BlockIO: '0B / 0B' })}`,
      ),
    ],
    [
      'pidstat',
      `Linux 6.1.0 (host)  01/01/24  _x86_64_  (2 CPU)\n\n12:00:00 PM   UID       PID  minflt/s  majflt/s     VSZ     RSS   %MEM  Command\n${rows((i, b) => `${clock(i).replace(/^12/, '12')} PM  1000  77  1.00  0.00  999  ${b / 1024}  1.2  java -jar x`)}Average: 1000 77 1.00 0.00 999 5 1.2 java\n`,
    ],
    [
      'pidstat -h',
      `# Time        UID       PID  minflt/s  majflt/s     VSZ     RSS   %MEM  Command\n${rows((i, b) => `${1_704_110_400 + i * 15}  1000  77  1.00  0.00  999  ${b / 1024}  1.2  java -jar x`)}`,
    ],
    [
      'psrecord',
      `# Elapsed time   CPU (%)     Real (MB)   Virtual (MB)\n${rows((i, b) => `  ${i * 15}.000        0.000      ${b / MIB}.000      999.0`)}`,
    ],
    [
      'below',
      `Datetime,Name,CPU Usage,Mem Total,Mem Anon,Mem File,Timestamp\n${rows((i, b) => `${iso(i).slice(0, 19).replace('T', ' ')},app,5.1%,900 MB,${b / MIB}.0 MB,0 B,${1_704_110_400 + i * 15}`)}`,
    ],
  ])('%s', async (_, text, format) => {
    const { samples } = await read(text, format === undefined ? {} : { format });
    expect(anonymous(samples)).toEqual(EXPECTED);
  });
});

describe('reads and writes are read as they come from', () => {
  const io = (samples: readonly Sample[]) => {
    const last = samples.at(-1);
    return [(last?.read ?? 0) / MIB, (last?.written ?? 0) / MIB];
  };
  it.each<[string, string, readonly number[], string?]>([
    [
      'pidstat -d, in parts',
      `12:00:00      UID       PID     RSS  Command\n12:00:15   0  7  1024  x\n\n12:00:00  UID  PID   kB_rd/s   kB_wr/s kB_ccwr/s iodelay  Command\n12:00:15   0  7  1024.00  0.00  0.00  0 x\n12:00:00      UID       PID     RSS  Command\n12:00:25   0  7  1024  x\n12:00:00  UID  PID   kB_rd/s   kB_wr/s kB_ccwr/s iodelay  Command\n12:00:25   0  7  1024.00  512.00  0.00  0 x\n`,
      [10, 5],
    ],
    [
      'vmstat -t',
      'procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu----- -----timestamp-----\n r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st                 UTC\n 4  0      0 22808536  24304 0    0    0   150   725  762 2124 48  7 45  0  0 2026-11-30 09:14:00\n 8  0      0 22808536  24304 0    0    0  1024  2048 1181 2875 96  4  0  0  0 2026-11-30 09:14:10\n',
      [10, 20],
    ],
    [
      'vmstat',
      ' r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st\n 1 0 0 9 9 0 0 0 7 7 1 1 1 1 1 1 0\n 1 0 0 9 9 0 0 0 1024 2048 1 1 1 1 1 1 0\n',
      [2, 4],
      'vmstat:interval=2s',
    ],
    [
      'below',
      'Datetime,Timestamp,Mem Anon,RBytes,WBytes\na,100,1 MB,0 B/s,0 B/s\na,110,1 MB,1.0 MB/s,512.0 KB/s\n',
      [10, 5],
    ],
    [
      'below, raw',
      'timestamp,mem_anon,io_rbytes_per_sec,io_wbytes_per_sec,datetime\n100,1,0,0,a\n110,1,1048576,0,a\n',
      [10, 0],
    ],
    [
      'a rate of Prometheus',
      'time,rss,"rate(container_fs_reads_bytes_total{pod=""a""}[5m])"\n0,1,5\n10,1,1048576\n',
      [10, 0],
    ],
    ['iostat', 'time,rss,r/s,rkB/s,wMB/s\n0,1,9,0,0\n10,1,9,1024,2\n', [10, 20]],
    ['reads with a unit', 'time,rss,reads\n0,1,0 MiB\n10,1,5 MiB\n', [5, 0]],
    ['a panel of bytes a second', 'Time,rss,Reads\n0,1,0 B/s\n10,1,1 MiB/s\n', [10, 0]],
  ])('%s', async (_, text, expected, format) => {
    const { samples } = await read(text, format === undefined ? {} : { format });
    expect(io(samples)).toEqual(expected);
  });

  it.each([
    ['time,rss,reads/s\n0,1,10\n', 'reads/s'],
    ['time,rss,reads\n0,1,10\n', 'reads'],
    ['time,rss,container_fs_writes_total\n0,1,10\n', 'container_fs_writes_total'],
    ['time,rss,io_read_count\n0,1,10\n', 'io_read_count'],
    ['time,rss,iops\n0,1,10\n', 'iops'],
    ['Time,rss,Reads\n0,1,10 iops\n', 'Reads'],
  ])('counts of operations are left out, and that is said (%#)', async (text, name) => {
    const { samples, notes } = await read(`${text}${text.split('\n')[1].replace(/^0/, '10')}\n`);
    expect(samples.map((each) => each.read + each.written)).toEqual([0, 0]);
    expect(notes.join()).toContain(`"${name}", which count operations`);
  });
});

describe('several series in one table', () => {
  const two = (...columns: string[]): string =>
    `${columns.join(',')}\n${rows((i, b) => `${i * 15},web-0,${b}`)}${rows((i) => `${i * 15},web-1,5`)}`;
  it.each([
    ['by rows', two('time', 'pod', 'rss'), 'pod'],
    [
      'by rows, in another order',
      `rss,time,namespace,pod\n${rows((i, b) => `${b},${i * 15},x,web-0\n5,${i * 15},x,web-1`)}`,
      'pod',
    ],
    [
      'by pid',
      `time,pid,rss\n${rows((i, b) => `${i * 15},web-0,${b}`)}${rows((i) => `${i * 15},12,5`)}`,
      'pid',
    ],
    [
      'by columns',
      `time,rss{pod="web-0"},rss{pod="web-1"}\n${rows((i, b) => `${i * 15},${b},5`)}`.replaceAll(
        /rss\{pod="(web-\d)"\}/g,
        '"rss{pod=""$1""}"',
      ),
      'pod',
    ],
    [
      'of JSON',
      matrix(
        { metric: { __name__: 'rss', pod: 'web-0' }, values: values() },
        { metric: { __name__: 'rss', pod: 'web-1' }, values: values(2) },
      ),
      'pod',
    ],
    [
      'by a text that nobody knows',
      `time,rss,shard\n${rows((i, b) => `${i * 15},${b},web-0\n${i * 15},5,b`)}`,
      'shard',
    ],
  ])('%s are refused with the way to choose, and one is chosen', async (_, text, label) => {
    await expect(read(text)).rejects.toThrow(new RegExp(`there are 2 series of rss .*--column ${label}=`));
    const { samples } = await read(text, { column: { [label]: 'web-0' } });
    expect(anonymous(samples)).toEqual(EXPECTED);
    await expect(read(text, { column: { [label]: 'web-7' } })).rejects.toThrow(
      /no series has .*: there are "/,
    );
    await expect(read(text, { column: { colour: 'red' } })).rejects.toThrow(
      /the table has no label "colour": it has/,
    );
  });

  it('are one where a text only says how it is', async () => {
    const { samples } = await read(`time,rss,state\n${rows((i, b) => `${i * 15},${b},${'SRD'[i]}`)}`);
    expect(anonymous(samples)).toEqual(EXPECTED);
  });

  it('are not mixed', async () => {
    const text = matrix(
      { metric: { __name__: 'rss', pod: 'a' }, values: values() },
      { metric: { __name__: 'container_memory_cache', pod: 'b' }, values: values() },
    );
    await expect(read(text)).rejects.toThrow(/are of different series: choose one with --column pod=/);
  });
});

describe('what can be taken in two ways', () => {
  it.each([
    [
      'time,container_memory_working_set_bytes,container_memory_rss\n0,9,5\n',
      5,
      /container_memory_rss is taken for anonymous memory, and not container_memory_working_set_bytes/,
    ],
    ['time,usage,rss\n0,9,5\n', 5, /file memory is usage less rss/],
    ['time,memory_usage\n0,9\n', 9, /memory_usage has file memory in it/],
    ['time,RSS\n0,9\n', 9216, /RSS is taken in kB/],
    ['time,rss,color\n0,9,red\n', 9, /left out: "color"/],
    ['time,usage,cache\n0,9,5\n', 4, /anonymous memory is usage less cache/],
    ['time,working_set,memory_usage,cache\n0,7,9,5\n', 4, /anonymous memory is memory_usage less cache/],
  ])('is said (%#)', async (text, anon, note) => {
    const { samples, notes } = await read(text);
    expect(samples[0].anon).toBe(anon);
    expect(notes.join('\n')).toMatch(note);
  });

  it.each([
    ['has the active file memory in it, as the cache has', 'time,working_set,cache\n0,7,9\n', 2],
    ['has most of the cache in it', 'time,working_set,cache\n0,9,5\n', 0],
    ['is all memory less inactive file memory', 'time,working_set,memory_usage\n0,7,9\n', 2],
    ['stands beside all memory and the cache', 'time,working_set,memory_usage,cache\n0,7,9,5\n', 5],
  ])('counts no file memory twice where a working set %s', async (_, text, cached) => {
    const { samples } = await read(text);
    expect(samples[0].cached).toBe(cached);
    expect(samples[0].anon + cached).toBe(9);
  });

  it.each([
    [
      'a day or a month',
      'time,rss\n01/02/2024 12:00:00,1\n02/02/2024 12:00:00,1\n03/02/2024 12:00:00,1\n',
      /whether its day or its month comes first is not known/,
    ],
    ['no header', '1,2\n2,3\n', /the table has no header: say which .* samples:time=1/],
    [
      'no times',
      'NAME CPU(cores) MEMORY(bytes)\nweb 1m 5Mi\n',
      /no column of times: .*--format kubectl-top:interval=15s/,
    ],
    ['an unknown figure', 'Time,web-0\n0,5\n', /no column of samples .*it has "Time", "web-0"; say which/],
    ['only counts', 'time,reads/s\n0,5\n', /"reads\/s": operations, not bytes/],
    ['the same name twice', 'time,rss,rss\n0,5,6\n', /there are 2 columns "rss": say which by its number/],
    ['a comma too many', 'time,rss\n0,5,5\n', /the line has 3 fields, and the header 2/],
    [
      'a query of one time',
      '{"status":"success","data":{"resultType":"vector","result":[]}}',
      /no result of a range query, but "vector"/,
    ],
    [
      'a refused query',
      '{"status":"error","error":"bad \\"x\\"","resultType":"x"}',
      /Prometheus refused the query/,
    ],
  ])('is refused with the way out: %s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('of two days only one can be: a month has no day 13', async () => {
    const { samples } = await read('time,rss\n12/31/2023 23:59:50,1M\n01/01/2024 00:00:05,1M\n');
    expect(samples.map(({ time }) => time / 1e9)).toEqual([0, 15]);
  });
});

it('rows in any order are put in order by --sort', async () => {
  const text = `time,rss\n${rows((i, b) => `${i * 15},${b}`)
    .trim()
    .split('\n')
    .reverse()
    .join('\n')}\n`;
  await expect(read(text)).rejects.toThrow('--sort');
  expect(anonymous((await read(text, { sort: true })).samples)).toEqual(EXPECTED);
});
