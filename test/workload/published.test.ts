import { describe, expect, it } from 'vitest';
import { openTrace } from '../../src/workload/open-trace.ts';
import { fileOf, readAll } from './traces.ts';

/** A read of page 2 at 0, then a write of pages 4 and 5 a second later, as each source publishes them. */
const TRACES: [name: string, text: string | Buffer, format?: string][] = [
  ['msr', '128166372000000000,web,1,Read,8192,512,5\n128166372010000000,web,0,Write,16384,8192,7\n'],
  [
    'msr',
    'Timestamp,Hostname,DiskNumber,Type,Offset,Size,ResponseTime\n128166372000000000,web,1,Read,8192,512,5\n128166372010000000,web,0,Write,16384,8192,7\n',
  ],
  ['alibaba', '4,R,8192,512,1577808000000000\n4,W,16384,8192,1577808001000000\n'],
  ['cbs', '1538323200,16,1,0,12\n1538323201,32,16,1,12\n'],
  ['spc', '0,16,512,r,0.5\n1,32,8192,W,1.5\n'],
  ['systor17', 'Timestamp,Response,IOType,LUN,Offset,Size\n5.5,0.1,R,0,8192,512\n6.5,0.1,W,1,16384,8192\n'],
  [
    'iolog3',
    'fio version 3 iolog\n0 /a add\n0 /a open\n7 /a read 8192 512\n1007 /a write 16384 8192\n1008 /a close\n',
  ],
  [
    'iolog2',
    'fio version 2 iolog\n/a add\n/a open\n/a read 8192 512\n/a wait 1000000 0\n/a write 16384 8192\n',
  ],
  [
    'blkparse',
    '  8,0    1        1     0.500000000   697  Q   RA 16 + 1 [cat]\n  8,0    1        2     0.500001000   697  G   R 16 + 1 [cat]\n  8,0    1        3     1.500000000   697  Q  WS 32 + 16 [cat]\nCPU1 (sda):\n',
  ],
  ['csv', 'time;op;size;offset\r\n0;R;0x200;8192.0\r\n1;WFS;8192;16384\r\n'],
  ['csv', '# by a tool\n\ntime\top\tsize\toffset\n0\tRM\t512\t8192\n# note\n1\tWM\t8192\t16384\n'],
  ['csv', Buffer.from('\ufefftime,op,size,offset\n0,R,512,8192\n1,W,8192,16384\n', 'utf16le')],
  ['vscsi', 'version,time,op,size,lbn\n1,5,28,512,16\n1,6,2a,8192,32\n'],
  ['vscsi', '1,5,28,512,16\n1,6,2a,8192,32\n'],
  ['csv', 'time;op;size;offset\n0,5;R;512,0;8192\n1,5;W;8192;16384\n'],
  [
    'csv',
    'timestamp,type,offset,length\n2024-01-01T23:59:59.5Z,Read,8192,512\n2024-01-02T00:00:00.5Z,Write,16384,8192\n',
  ],
  ['csv', 'time (ms),rw,sector,nsectors\n7,R,16,1\n1007,W,32,16\n', 'csv:offset=sector'],
  ['csv', 'time_us,op,offset_kb,size_kb\n1,R,8,0.5\n1000001,W,16,8\n'],
  ['csv', 'time,op,offset,size\n0,R,16,1\n1,W,32,16\n', 'csv:unit=512,sizeunit=512'],
  ['csv', 'time,op,offset,size\n0,R,8,1\n1,W,16,8\n', 'csv:unit=K,sizeunit=KiB'],
  ['csv', 'R 8192 512 7.0\nW 16384 8192 8.0\n', 'csv:op=1,offset=2,size=3,time=4'],
  ['csv', '\ufeff"time","op","offset","size"\r\n"0","R","8192","512"\r\n"1","W","16384","8192"\r\n'],
  ['csv', 'time,dev,op,size,offset\n0,b,W,9,0\n0,a,R,512,8192\n1,a,W,8192,16384\n', 'csv:only=dev:a'],
  [
    'iolog3',
    'fio version 3 iolog\n0 /a open\n7 /a read 8192 512\n8 /a sync 0 0\n9 /a datasync 0 0\n9 /a trim 0 9\n1007 /a write 16384 8192\n',
  ],
  ['csv', '8192,0,512,100\n16384,1,8192,101\n', 'csv:time=4,op=2:0=read,1=write,offset=1,size=3'],
  ['csv', 'time,op,size,offset\n1,W,8192,16384\n0,R,512,8192\n', 'csv:sort'],
];

describe('a trace in its published form', () => {
  it.each(TRACES.map(([name, text, format]) => ({ name, text, format })))(
    '$name is read as it comes (%#)',
    async ({ name, text, format }) => {
      const path = fileOf(text);
      const accesses = await readAll(path, format === undefined ? {} : { format });
      expect(accesses.map(({ time, page, count, write }) => [time, page, count, write])).toEqual([
        [0, 2, 1, 0],
        [1e9, 4, 2, 1],
      ]);
      const source = await openTrace(path, format === undefined ? {} : { format });
      expect(source.format.split(':')[0]).toBe(name);
      // The full format reads it again.
      expect(await readAll(path, { format: source.format })).toEqual(accesses);
      await source.close();
    },
  );
});

it('times that go backwards are refused with the option that puts them in order', async () => {
  await expect(readAll(fileOf('time,offset\n2,0\n1,0\n'))).rejects.toThrow('--sort puts them in order');
});

it('objects of any number have pages of their own, as many as their size needs', async () => {
  const path = fileOf(
    'time,obj_id,obj_size,next\n5,18446744073709551615,5000,-1\n6,7,100,-1\n7,18446744073709551615,5000,-1\n',
  );
  const accesses = await readAll(path);
  expect(accesses.map(({ time, page, count }) => [time / 1e9, page, count])).toEqual([
    [0, 0, 2],
    [1, 2, 1],
    [2, 0, 2],
  ]);
});

it.each([
  ['1,0,8192,512\n2,1,0,512\n', undefined, /the table has no header: .*--format csv:time=1/],
  ['time,op,offset,size\n1,0,8192,512\n', undefined, /column op has "0", .*--format csv:op=op:0=read/],
  ['time,dev,offset\n1,a,0\n', 'csv:only=dev:b', /none of the 1 records has "b" there/],
  ['time,dev,offset\n1,a,0\n', 'csv:only=x:b', /the header has no column "x"/],
])('what can be taken in two ways is refused with the way out (%#)', async (text, format, message) => {
  await expect(readAll(fileOf(text), format === undefined ? {} : { format })).rejects.toThrow(message);
});

const STRACE = `7 100.000000 execve("/bin/x", [...], 0x7f /* 3 vars */) = 0
7 100.100000 openat(AT_FDCWD</w>, "a", O_RDONLY) = 3</w/a>
7 100.200000 pread64(3</w/a>, ""..., 512, 8192) = 512
7 100.300000 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD) = 8
8 101.000000 openat(AT_FDCWD</w>, "b", O_WRONLY|O_CREAT, 0666) = 4</w/b>
8 101.100000 read(5<socket:[12]>, ""..., 99) = 99
8 101.200000 pwrite64(4</w/b>, ""..., 8192, 16384 <unfinished ...>
7 101.200100 close(3</w/a>) = 0
8 101.200200 <... pwrite64 resumed>) = 8192
8 101.300000 +++ exited with 0 +++
garbage
`;

it.each([
  ['with -f', STRACE, 1.0002],
  [
    'with times of the day',
    STRACE.replaceAll(/^(\d) (\d+)\./gm, (_, pid, s) => `${pid} 00:01:${s - 60}.`),
    1.0002,
  ],
  ['as it stands on the screen', STRACE.replaceAll(/^(\d) /gm, '[pid $1] '), 1.0002],
  ['without times', STRACE.replaceAll(/^(\d) \S+ /gm, '$1 '), 0],
])("strace's own output is read, %s", async (_, text, seconds) => {
  const source = await openTrace(fileOf(text));
  const { batch } = await source.read(0, 9);
  expect(source.files).toEqual(['/w/a', '/w/b']);
  expect([[...batch.page], [...batch.count], [...batch.op]]).toEqual([
    [2, 4],
    [1, 2],
    [0, 1],
  ]);
  expect(batch.time[1] / 1e9).toBeCloseTo(seconds, 3);
  expect([...source.strange]).toEqual([['a line that is no call', 1]]);
  await source.close();
});

it('calls without the paths of their files are refused with the options that strace needs', async () => {
  await expect(readAll(fileOf(STRACE.replaceAll(/<\/[^>]*>/g, '')))).rejects.toThrow(
    '`strace -f -ttt -yy -s 0 -o FILE`',
  );
});
