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
