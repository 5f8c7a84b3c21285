import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvDecoder } from '../../src/workload/csv.ts';
import { resolveColumns } from '../../src/workload/csv-columns.ts';
import { FileNames } from '../../src/workload/file-names.ts';
import { openTrace } from '../../src/workload/open-trace.ts';
import { OracleGeneralDecoder } from '../../src/workload/oracle-general.ts';
import type { Decoder } from '../../src/workload/record-queue.ts';
import { RecordQueue } from '../../src/workload/record-queue.ts';
import {
  type Access,
  accessesOf,
  csvOf,
  fileOf,
  oracleGeneralOf,
  type Request,
  readAll,
  zstdOf,
} from './traces.ts';

/** What the definition says: the pages floor(offset/4096) to floor((offset+size-1)/4096). */
const expected = (requests: readonly Request[]): Access[] =>
  requests
    .filter(({ size }) => size > 0)
    .map(({ time, write, block, size }) => {
      const page = Math.floor((block * 512) / 4096);
      const last = Math.floor((block * 512 + size - 1) / 4096);
      return {
        time: (time - (requests[0]?.time ?? 0)) * 1e9,
        file: '',
        page,
        count: last - page + 1,
        write: write ? 1 : 0,
      };
    });
const asReads = (accesses: readonly Access[]): Access[] =>
  accesses.map((access) => ({ ...access, write: 0 }));

const requests = fc
  .array(
    fc.record({
      time: fc.nat({ max: 2 ** 21 }),
      write: fc.boolean(),
      block: fc.nat({ max: 2 ** 31 - 1 }),
      size: fc.oneof(fc.nat({ max: 20_000 }), fc.nat({ max: 2 ** 31 - 1 })),
    }),
    { minLength: 1, maxLength: 200 },
  )
  .map((list): Request[] => list.sort((a, b) => a.time - b.time));

const plain = (data: Buffer): Buffer => data;
const packings = [
  ['plain', plain],
  ['gzip', (data: Buffer) => gzipSync(data)],
  ['zstd', zstdOf],
] as const;

describe.each(packings)('a trace, %s', (_, pack) => {
  it('reads back as CSV what was written', async () => {
    await fc.assert(
      fc.asyncProperty(requests, fc.constantFrom('\n', '\r\n'), async (list, newline) => {
        const path = fileOf(pack(Buffer.from(csvOf(list, newline))));
        expect(await readAll(path)).toEqual(expected(list));
      }),
      { numRuns: 30 },
    );
  });

  it('reads back as oracleGeneral what was written, save that all are reads', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (list) => {
        const path = fileOf(pack(oracleGeneralOf(list)), 'a.oracleGeneral.bin');
        expect(await readAll(path)).toEqual(asReads(expected(list)));
      }),
      { numRuns: 30 },
    );
  });
});

/** What a decoder makes of these bytes, cut at these places. */
function decoded(make: (queue: RecordQueue) => Decoder, bytes: Buffer, cuts: readonly number[]) {
  const queue = new RecordQueue();
  const decoder = make(queue);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < places.length; i++) decoder.decode(bytes.subarray(places[i - 1], places[i]));
  decoder.end();
  return queue.take(queue.length);
}

describe('the place where the bytes are cut into chunks', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 40 });

  it('makes no difference to CSV, quoted or not', () => {
    const names = fc.array(fc.constantFrom('a.db', 'b,"c"', ' d ', 'é'), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(names, cuts, fc.boolean(), (list, places, always) => {
        const quote = (name: string) =>
          always || /[", ]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
        const bytes = Buffer.from(
          ['time,file,offset', ...list.map((name, i) => `${i},${quote(name)}, ${i * 4096}`)].join('\n'),
        );
        const header = ['time', 'file', 'offset'];
        const format = { time: null, op: null, size: null, offset: null, file: null, unit: null } as const;
        const columns = resolveColumns(header, {
          kind: 'csv',
          timeunit: 's',
          published: null,
          sizeunit: 1,
          only: null,
          words: null,
          sort: false,
          ...format,
        });
        if (typeof columns === 'string') throw new Error(columns);
        const files = new FileNames();
        const batch = decoded((queue) => new CsvDecoder('t', columns, 's', files, queue), bytes, places);
        expect(Array.from(batch.file, (file) => files.names[file])).toEqual(list);
        expect([...batch.page]).toEqual(list.map((_, i) => i));
      }),
    );
  });

  it('makes no difference to oracleGeneral', () => {
    fc.assert(
      fc.property(requests, cuts, (list, places) => {
        const format = { kind: 'oracleGeneral', objects: false, unit: 512 } as const;
        const make = (queue: RecordQueue) => new OracleGeneralDecoder('t', format, queue);
        expect(decoded(make, oracleGeneralOf(list), places)).toEqual(
          decoded(make, oracleGeneralOf(list), []),
        );
      }),
    );
  });
});

describe('reading', () => {
  const list = Array.from({ length: 30_000 }, (_, i) => ({
    time: Math.floor(i / 100),
    write: i % 3 === 0,
    block: (i * 7919) % 100_003,
    size: (i % 5) * 4096,
  }));
  const whole = expected(list);

  it.each([1000, 8192, 24_000, 1_000_000])('in batches of %i gives the same', async (max) => {
    expect(await readAll(fileOf(csvOf(list)), {}, max)).toEqual(whole);
  });

  it('from the middle gives what reading all gives there, forwards and back', async () => {
    const source = await openTrace(fileOf(gzipSync(csvOf(list))));
    for (const from of [20_000, 5, 5, 23_999, 0]) {
      const { batch, last } = await source.read(from, 100);
      const wanted = whole.slice(from, from + 100);
      expect([...batch.page]).toEqual(wanted.map(({ page }) => page));
      expect([...batch.time]).toEqual(wanted.map(({ time }) => time));
      expect(last).toBe(from === 23_999);
    }
    expect(await accessesOf(source, 12_345)).toEqual(whole.slice(12_345));
    await source.close();
  });

  it('says that a batch is the last when it ends exactly with the trace', async () => {
    const source = await openTrace(fileOf(csvOf(list)));
    expect((await source.read(0, whole.length)).last).toBe(true);
    expect((await source.read(whole.length, 10)).last).toBe(true);
    await expect(source.read(whole.length + 1, 10)).rejects.toThrow(
      `record ${whole.length + 1} is wanted, but the trace has ${whole.length}`,
    );
    await source.close();
  });

  it('gives memory of its own with every batch', async () => {
    const source = await openTrace(fileOf(csvOf(list)));
    const { batch } = await source.read(0, 100);
    const before = structuredClone(batch);
    await source.read(100, 20_000);
    expect(batch).toEqual(before);
    await source.close();
  });

  it('stops with the reason of its signal', async () => {
    const path = fileOf(csvOf(list));
    const controller = new AbortController();
    const source = await openTrace(path, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(source.read(0, 10)).rejects.toThrow('enough');
    await expect(source.read(0, 10)).rejects.toThrow('enough');
    await expect(openTrace(path, { signal: controller.signal })).rejects.toThrow('enough');
    await source.close();
  });
});
