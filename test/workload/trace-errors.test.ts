import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTrace } from '../../src/workload/open-trace.ts';
import { quoted, TraceError } from '../../src/workload/trace-error.ts';
import { csvOf, fileOf, oracleGeneralOf, readAll } from './traces.ts';

async function errorOf(path: string, format?: string): Promise<TraceError> {
  const error: unknown = await readAll(path, format === undefined ? {} : { format }).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof TraceError) return error;
  throw new Error('a TraceError was to be thrown', { cause: error });
}

const HEADER = 'time,op,size,offset,file\n';

describe('a mistake in a CSV trace', () => {
  it.each<[string, string, number, number, string]>([
    ['a time that is none', 'x,r,1,1,a', 2, 1, 'time "x" is not a number'],
    ['an empty time', ',r,1,1,a', 2, 1, 'time "" is not a number'],
    ['a negative time', '-1,r,1,1,a', 2, 1, 'time "-1" is negative'],
    ['a size that is none', '1,r,0y10,1,a', 2, 5, 'size "0y10" is not a whole number'],
    ['a negative size', '1,r,-4096,1,a', 2, 5, 'size "-4096" is negative'],
    ['an empty size', '1,r,,1,a', 2, 5, 'size "" is not a whole number'],
    ['too large a size', '1,r,4294967297,1,a', 2, 5, 'size 4294967297 is more than 4 GiB in one request'],
    ['a negative offset', '1,r,1, -8,a', 2, 8, 'offset "-8" is negative'],
    ['a fraction of an offset', '1,r,1,1.5,a', 2, 7, 'offset "1.5" is not a whole number'],
    ['too large an offset', `1,r,1,${2 ** 45 + 1},a`, 2, 7, 'is more than 32 TiB'],
    ['an enormous offset', `1,r,1,${'9'.repeat(400)},a`, 2, 7, 'is more than 32 TiB'],
    ['an end too far', `1,r,2,${2 ** 45 - 1},a`, 2, 7, 'beyond the largest file (32 TiB)'],
    [
      'times going backwards',
      '7.25,r,1,1,a\n\n8,r,1,1,a\n7.5,r,1,1,a',
      5,
      1,
      'time 7.5 is before 8 on line 4: times must not go backwards',
    ],
    [
      'times too far apart',
      '0,r,1,1,a\n9007200,r,1,1,a',
      3,
      1,
      'is more than 104 days after the first: is timeunit',
    ],
    ['a quote that does not end', '1,r,1,1,"a', 2, 9, 'a quoted field must end on its line'],
    ['text behind a quote', '1,r,"1"2,1,a', 2, 5, 'a quoted field must'],
    ['a quote within a field', '1,r,1,1,a"b"', 2, 10, 'a quoted field must'],
  ])('has its line and column: %s', async (_, lines, line, column, why) => {
    const path = fileOf(HEADER + lines);
    const error = await errorOf(path);
    expect(error.message).toBe(`${path}:${line}:${column}: ${error.why}`);
    expect(error.why).toContain(why);
    expect(error).toMatchObject({ file: path, line, column, record: undefined });
  });

  it.each<[string, string, number, string]>([
    ['a line cut short', `${HEADER}1,r,1,1,a\n2,r,1`, 3, 'the line has 3 of the 5 columns needed'],
    [
      'a line without end',
      `${HEADER}1,r,1,1,a\n${'x'.repeat(65_537)}`,
      3,
      'the line is longer than 65536 bytes',
    ],
    [
      'a line of a megabyte',
      `${HEADER}1,r,1,1,${'x'.repeat(1_000_000)}\n`,
      2,
      'the line is longer than 65536',
    ],
    ['no record', HEADER, 2, 'the trace ends without a record'],
    ['no access', `${HEADER}1,flush,1,1,a\n`, 3, 'no record is a read or a write: column op has "flush"'],
  ])('has its line: %s', async (_, content, line, why) => {
    const error = await errorOf(fileOf(content));
    expect(error.why).toContain(why);
    expect(error).toMatchObject({ line, column: undefined });
  });

  it.each<[string, string, string | undefined, string]>([
    [
      'time',
      'op,size,offset\n',
      undefined,
      'no column time: it has "op", "size", "offset"; say which one is the time',
    ],
    [
      'offset',
      'time,size,sector\n',
      undefined,
      'no column offset or lbn or lba: it has "time", "size", "sector"',
    ],
    ['a column named in the format', 'time,offset\n', 'csv:op=rw', 'the header has no column "rw"'],
    ['a column named in another case', 'Time,offset\n', 'csv:time=time', 'the header has no column "time"'],
    [
      'every column, in junk',
      '\x1b[2J\x00\x01,\x7f\n',
      'csv',
      'it has "\\u001b[2J\\u0000\\u0001", "\\u007f"; say',
    ],
    ['twenty others', `a${',a'.repeat(19)}\n`, 'csv', '"a", "a" and 8 more'],
  ])('a header without %s', async (_, content, format, why) => {
    const error = await errorOf(fileOf(`${content}1,1,1\n`), format);
    expect(error.why).toContain(why);
    expect(error.line).toBe(1);
  });

  it('is no matter until its record is wanted', async () => {
    const source = await openTrace(fileOf(`${HEADER}1,r,1,1,a\n2,r,1,1,a\nx,r,1,1,a\n4,r,1,1,a\n`));
    expect((await source.read(0, 1)).batch.time).toHaveLength(1);
    expect(await source.read(1, 100)).toMatchObject({ batch: { time: Float64Array.of(1e9) }, last: false });
    await expect(source.read(2, 100)).rejects.toMatchObject({ line: 4 });
    await expect(source.read(2, 100)).rejects.toMatchObject({ line: 4 });
    expect((await source.read(0, 1)).batch.time).toHaveLength(1);
    await source.close();
  });
});

describe('a mistake in an oracleGeneral trace', () => {
  const request = (time: number, block: number) => ({ time, write: false, block, size: 512 });
  it.each<[string, Buffer, number, number, string]>([
    [
      'times going backwards',
      oracleGeneralOf([request(5, 0), request(7, 0), request(6, 0)]),
      3,
      48,
      "time 6 s is before 7 s, the record's before",
    ],
    [
      'a block too far',
      oracleGeneralOf([request(5, 0), request(5, 2 ** 36)]),
      2,
      24,
      'block 68719476736 of 512 bytes',
    ],
    ['an id that is a hash', Buffer.alloc(24, 0xff), 1, 0, 'use --format oracleGeneral:objects'],
    ['a record cut short', Buffer.alloc(24 * 3 + 5), 4, 72, "only 5 of the record's 24 bytes are there"],
    ['less than one record', Buffer.alloc(1), 1, 0, "only 1 of the record's 24 bytes are there"],
  ])('has its record and byte: %s', async (_, content, record, byte, why) => {
    const path = fileOf(content, 'a.oracleGeneral');
    const error = await errorOf(path);
    expect(error.message).toBe(`${path}: record ${record}, at byte ${byte}: ${error.why}`);
    expect(error.why).toContain(why);
    expect(error).toMatchObject({ file: path, record, line: undefined });
  });
});

describe('a file that is no trace', () => {
  const somewhere = dirname(fileOf(''));
  it.each<[string, () => string, string | undefined, string]>([
    ['none', () => join(somewhere, 'none.csv'), undefined, 'there is no such file'],
    ['below a file', () => join(fileOf('x'), 'a.csv'), undefined, 'there is no such file'],
    ['a directory', () => somewhere, undefined, 'this is a directory, not a trace'],
    ['empty', () => fileOf('', 'a.csv'), undefined, 'the file is empty'],
    [
      'of no known format',
      () => fileOf('once upon a time\n'),
      undefined,
      'the format of this trace is unknown',
    ],
    [
      'binary junk',
      () => fileOf(Buffer.alloc(200_000, 0x80)),
      undefined,
      'the format of this trace is unknown',
    ],
    [
      'binary junk as CSV',
      () => fileOf(Buffer.alloc(200_000, 0x80)),
      'csv',
      'the line is longer than 65536 bytes',
    ],
    [
      'in a format unheard of',
      () => fileOf(csvOf([])),
      'xml',
      '--format xml: "xml" is no trace format: the formats are',
    ],
  ])('%s', async (_, path, format, why) => {
    const error = await errorOf(path(), format);
    expect(error.message).toContain(why);
    expect(error.file).not.toBe('');
  });

  it.skipIf(process.platform === 'win32')('a pipe: it is not waited for', async () => {
    const directory = join(somewhere, 'pipes');
    mkdirSync(directory);
    execFileSync('mkfifo', [join(directory, 'pipe')]);
    expect((await errorOf(join(directory, 'pipe'))).why).toBe('this is no regular file, not a trace');
  });

  it('was changed behind the reader: it is not read on', async () => {
    const path = fileOf('time,offset\n1,0\n2,0\n');
    const source = await openTrace(path);
    appendFileSync(path, '3,0\n');
    await expect(source.read(0, 10)).rejects.toThrow('the file was changed while the run was reading it');
    await source.close();
  });
});

it('text from a damaged file is shown cut and harmless', () => {
  expect(quoted(`\x1b]0;\x9b\u2028"${'x'.repeat(100)}`)).toBe(
    `"\\u001b]0;\\u009b\\u2028\\"${'x'.repeat(33)}..."`,
  );
});
