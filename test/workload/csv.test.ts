import { describe, expect, it } from 'vitest';
import { openTrace } from '../../src/workload/open-trace.ts';
import { fileOf, readAll } from './traces.ts';

/** Accesses as short words: file:page+count, w or r, at time in ns. */
async function words(content: string | Uint8Array, format?: string, name?: string): Promise<string[]> {
  const accesses = await readAll(fileOf(content, name), format === undefined ? {} : { format });
  return accesses.map(
    ({ time, file, page, count, write }) => `${file}:${page}+${count}${'rwtd'[write]}@${time}`,
  );
}

describe('the pages of a request', () => {
  it.each([
    [0, 1, '0+1'],
    [0, 4096, '0+1'],
    [0, 4097, '0+2'],
    [4095, 1, '0+1'],
    [4095, 2, '0+2'],
    [4096, 4096, '1+1'],
    [6000, 8192, '1+3'],
    [0, 2 ** 32, '0+1048576'],
    [1, 2 ** 32, '0+1048577'],
    [2 ** 45 - 4096, 4096, `${2 ** 33 - 1}+1`],
  ])('at offset %i of size %i are %s', async (offset, size, expected) => {
    expect(await words(`time,offset,size\n0,${offset},${size}`)).toEqual([`:${expected}r@0`]);
  });
});

describe('a CSV trace', () => {
  it.each<[string, string, string | undefined, string[]]>([
    ['without op reads', 'time,offset,size\n1,0,4096', undefined, [':0+1r@0']],
    [
      'cuts files off and drops whole pages of them',
      'time,op,offset,size\n1,truncate,4097,0\n1,truncate,0,0\n1,drop,1,8191\n1,drop,4096,4096\n1,r,0,0',
      undefined,
      [':2+0t@0', ':0+0t@0', ':1+1d@0', ':1+1d@0'],
    ],
    [
      'without size moves one page',
      'time,op,offset\n1,w,4096\n2,w,100',
      undefined,
      [':1+1w@0', ':0+2w@1000000000'],
    ],
    ['counts lbn in sectors', 'time,lbn,size\n1,8,512', undefined, [':1+1r@0']],
    ['counts LBA in sectors, whatever its case', 'Time,LBA,Size\n1,8,512', undefined, [':1+1r@0']],
    ['counts lbn as told', 'time,lbn,size\n1,8,512', 'csv:unit=4096', [':8+1r@0']],
    [
      'counts an offset of its own name in bytes',
      'time,where,size\n1,8192,512',
      'csv:offset=where',
      [':2+1r@0'],
    ],
    ['prefers offset to lbn', 'time,lbn,offset,size\n1,8,0,512', undefined, [':0+1r@0']],
    [
      'takes the columns that are named',
      'ts,rw,bytes,pos,path,time,op\n5,W,1,0,a,x,y\n6,R,1,4096,b,x,y',
      'csv:time=ts,op=rw,size=bytes,offset=pos,file=path,timeunit=us',
      ['a:0+1w@0', 'b:1+1r@1000'],
    ],
    [
      'numbers its files',
      'time,file,offset\n0,b,0\n0,a,0\n0,b,4096',
      undefined,
      ['b:0+1r@0', 'a:0+1r@0', 'b:1+1r@0'],
    ],
    [
      'may quote its fields',
      '"time","file",offset\n"1","a ""b"", c",0\n 2 , "d" ,"4096"\n3,,0',
      undefined,
      ['a "b", c:0+1r@0', 'd:1+1r@1000000000', ':0+1r@2000000000'],
    ],
    ['may have a byte order mark', '\ufefftime,offset\n1,0', undefined, [':0+1r@0']],
    ['may have empty lines', 'time,offset\n\n1,0\n\r\n\n', undefined, [':0+1r@0']],
    [
      'may have more columns',
      'time,offset,note\n1,0,"x, y"\n2,0\n',
      undefined,
      [':0+1r@0', ':0+1r@1000000000'],
    ],
    ['does not look at quotes behind its last column', 'time,offset,note\n1,0,it"s', undefined, [':0+1r@0']],
  ])('%s', async (_, content, format, expected) => {
    expect(await words(content, format)).toEqual(expected);
  });

  it('keeps file names of any bytes apart', async () => {
    const content = Buffer.from('time,file,offset\n0,\xff,0\n0,\xfe,0\n0,\xc3\xa9,0\n', 'latin1');
    expect(await words(content)).toEqual(['\udcff:0+1r@0', '\udcfe:0+1r@0', 'é:0+1r@0']);
  });

  it('skips and counts what is no access, and checks its times all the same', async () => {
    const content = 'time,op,offset,size\n1,35,,\n2,28,0,4096\n3,trim,0,9\n4,2a,0,0\n5,2a,0,1';
    const source = await openTrace(fileOf(content));
    const { batch, last } = await source.read(0, 10);
    expect([...batch.time]).toEqual([1e9, 4e9]);
    expect({ last, ...source.skipped }).toEqual({ last: true, op: 2, empty: 1 });
    await source.close();
    await expect(words('time,op,offset\n2,r,0\n1,sync,0')).rejects.toThrow('times must not go backwards');
  });

  it('has the whole format and the fingerprint of its bytes', async () => {
    const source = await openTrace(fileOf('time,op,lbn\n1,r,0\n'));
    expect(source.format).toBe('csv:time=time,op=op,offset=lbn,unit=512,timeunit=s');
    // printf 'time,op,lbn\n1,r,0\n' | sha256sum
    expect(await source.sha256()).toBe('e98de97352b56b944185caa35737459eb002fec232009f0fcd0107ca25aa2d56');
    expect(source.files).toEqual(['']);
    await source.close();
  });
});
