import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/workload/record/sample.ts';
import { type Findings, readSamples } from '../../../src/workload/samples/read-samples.ts';
import { looksLikeSamples } from '../../../src/workload/samples/samples-columns.ts';
import { parseSamplesFormat } from '../../../src/workload/samples/samples-format.ts';
import { folder } from '../../script/scripts.ts';

const files = folder({});
afterAll(files.remove);

interface Read {
  readonly samples: Sample[];
  readonly resets: Map<string, number>;
  readonly gaps: Map<string, number>;
  readonly notes: readonly string[];
  readonly error: string | null;
}

async function read(table: string | Buffer, options = ''): Promise<Read> {
  const path = files.path('table.csv');
  writeFileSync(path, table);
  const format = parseSamplesFormat(options);
  if (typeof format === 'string') throw new Error(format);
  const findings: Findings = { resets: new Map(), gaps: new Map(), notes: [] };
  const asked = { format, choice: new Map(), sort: false };
  const samples: Sample[] = [];
  try {
    for await (const sample of readSamples(path, asked, findings)) samples.push(sample);
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(path.length) : '';
    return { samples, ...findings, error: message };
  }
  return { samples, ...findings, error: null };
}

const MIB = 2 ** 20;

describe('the columns', () => {
  const units: [string, string, string, number][] = [
    ['bytes', 'time,anon', '1,4096', 4096],
    ['a unit in the name', 'time,anon_kb', '1,4', 4096],
    ['a unit in brackets', 'Time,Anon (MiB)', '1,1.5', 1.5 * MIB],
    ['a unit in the cell', 'ts,rss', '1,1.5 MiB', 1.5 * MIB],
    ['a name of Prometheus', 'timestamp,"container_memory_rss{pod=""a""}"', '1,1e6', 1_000_000],
    ['a byte order mark', '\ufefftime,anon', '1,4096', 4096],
  ];
  it.each(units)('are told by the header: %s', async (_, header, row, anon) => {
    const { samples, error } = await read(`${header}\n${row}\n`);
    expect(error).toBeNull();
    expect(samples).toMatchObject([{ time: 0, anon, peak: anon }]);
  });

  it('can be named, with a unit for all', async () => {
    const { samples } = await read('when,what\n5,3\n', 'time=when,anon=what,unit=M');
    expect(samples).toMatchObject([{ anon: 3 * MIB }]);
  });

  it('that are not there are said', async () => {
    const { error } = await read('time,foo\n1,2\n');
    expect(error).toMatch(
      /:1: the header has no column of samples \(anon, file, read, write\): it has "time", "foo"/,
    );
  });

  it('of accesses are no samples', () => {
    expect(looksLikeSamples(['time', 'op', 'file', 'offset', 'size'])).toBe(false);
    expect(looksLikeSamples(['time', 'anon', 'file'])).toBe(true);
  });
});

describe('times', () => {
  const times: [string, string, string][] = [
    ['seconds', '100', '115.5'],
    ['ISO 8601', '2026-07-01T12:00:00Z', '2026-07-01T12:00:15.5Z'],
    ['with a zone', '2026-07-01T12:00:00+02:00', '2026-07-01T10:00:15.5Z'],
    ['with a blank and no zone', '2026-07-01 12:00:00', '2026-07-01 12:00:15.500'],
    ['an epoch in seconds', '1782907200', '1782907215.5'],
    ['an epoch in ms', '1782907200000', '1782907215500'],
    ['an epoch in ns', '1782907200000000000', '1782907215500000000'],
  ];
  it.each(times)('are read as %s', async (_, first, second) => {
    const { samples, error } = await read(`time,anon\n${first},1\n${second},2\n`);
    expect(error).toBeNull();
    expect(samples.map(({ time }) => time / 1e9)).toEqual([0, 15.5]);
  });
});

describe('reads and writes', () => {
  it('are counted from the first row, and on from 0 when a counter begins again', async () => {
    const { samples, resets } = await read('time,read,write\n0,1000,5\n1,3000,5\n2,500,9\n3,600,10\n');
    expect(samples.map((each) => each.read)).toEqual([0, 2000, 2500, 2600]);
    expect(samples.map(({ written }) => written)).toEqual([0, 0, 4, 5]);
    expect(resets).toEqual(new Map([['read', 1]]));
  });

  it('may be so much a second', async () => {
    const { samples } = await read('time,read (KiB/s)\n0,1\n10,2\n');
    expect(samples.map((each) => each.read)).toEqual([0, 20_480]);
  });

  it('are at least what the file memory grew by', async () => {
    const { samples } = await read('time,file,write\n0,1000,0\n1,5000,1000\n2,2000,1000\n');
    expect(samples.map((each) => each.read)).toEqual([1000, 4000, 4000]);
    expect(samples.map(({ cached }) => cached)).toEqual([1000, 5000, 2000]);
  });

  it('that are missing are as they were', async () => {
    const { samples, gaps } = await read('time,anon,read\n0,10,0\n1,,NaN\n2,30,50\n');
    expect(samples.map(({ anon }) => anon)).toEqual([10, 10, 30]);
    expect(samples.map((each) => each.read)).toEqual([0, 0, 50]);
    expect(gaps).toEqual(
      new Map([
        ['anon', 1],
        ['read', 1],
      ]),
    );
  });
});

describe('a damaged table', () => {
  const damaged: [string, string, RegExp][] = [
    [
      'rows in another order',
      'time,anon\n5,1\n6,2\n4,3\n',
      /^:4:1: time "4" is before "6" of the row above: sort/,
    ],
    [
      'a line that is cut',
      'time,anon,read\n1,2,3\n2,3\n',
      /^:3: the line has no read: it is cut short or damaged$/,
    ],
    ['a word for a number', 'time,anon\n1,2\n2,many\n', /^:3:3: anon "many" is no size/],
    ['a negative number', 'time,anon\n1,2\n2,-3\n', /^:3:3: anon "-3" is negative/],
    ['no time', 'time,anon\n1,2\nsoon,3\n', /^:3:1: time "soon" is no time/],
    ['a time too far', 'time,anon\n1,2\n99999999999,3\n', /more than 104 days after the first/],
    ['an open quote', 'time,anon\n1,2\n2,"3\n', /a quoted field must end on its line/],
  ];
  it.each(damaged)('is said where: %s; what came before it is given', async (_, table, message) => {
    const { samples, error } = await read(table);
    expect(error).toMatch(message);
    expect(samples.length).toBeGreaterThan(0);
  });

  it('may have no row at all', async () => {
    expect((await read('time,anon\n')).error).toMatch(/the table ends without a sample/);
  });

  it('may be compressed, and cut', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i},${(i * 48_271) % 1_000_003}\n`);
    const packed = gzipSync(`time,anon\n${rows.join('')}`);
    expect((await read(packed)).samples).toHaveLength(50_000);
    const { samples, error } = await read(packed.subarray(0, packed.length / 2));
    expect(error).toMatch(/the gzip stream ends early: the file is cut short/);
    expect(samples.length).toBeGreaterThan(1_000);
  });
});

it('a wrong --format says what there is', () => {
  expect(parseSamplesFormat('unit=Q')).toMatch(/^unit "Q" is none: it is samples/);
  expect(parseSamplesFormat('foo=bar')).toMatch(/^samples have no "foo"/);
  expect(parseSamplesFormat('anon')).toMatch(/^"anon" is not KEY=VALUE/);
});
