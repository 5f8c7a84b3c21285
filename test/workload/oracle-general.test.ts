import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ObjectLayout } from '../../src/workload/object-layout.ts';
import { openTrace } from '../../src/workload/open-trace.ts';
import { fileOf, readAll } from './traces.ts';

function trace(...records: readonly (readonly [time: number, id: bigint, size: number])[]): Buffer {
  const bytes = Buffer.alloc(records.length * 24);
  records.forEach(([time, id, size], i) => {
    bytes.writeUInt32LE(time, i * 24);
    bytes.writeBigUInt64LE(id, i * 24 + 4);
    bytes.writeUInt32LE(size, i * 24 + 12);
  });
  return bytes;
}

async function words(content: Buffer, format: string): Promise<string[]> {
  const accesses = await readAll(fileOf(content), { format });
  return accesses.map(({ time, page, count }) => `${page}+${count}@${time}`);
}

describe('an oracleGeneral trace', () => {
  it.each(['a.oracleGeneral', 'a.oracleGeneral.bin', 'b.oraclegeneral.zst', 'c.OracleGeneral.bin.gz'])(
    'is known by its name: %s',
    async (name) => {
      const source = await openTrace(fileOf(trace([1, 0n, 512]), name));
      expect(source.format).toBe('oracleGeneral:unit=512');
      await source.close();
    },
  );

  it('takes ids for block numbers', async () => {
    const content = trace([10, 8n, 512], [10, 15n, 513], [12, 16n, 0], [12, 2n ** 36n - 1n, 512]);
    expect(await words(content, 'oracleGeneral')).toEqual(['1+1@0', '1+2@0', `${2 ** 33 - 1}+1@2000000000`]);
    expect((await words(content.subarray(0, 24), 'oracleGeneral:unit=4096'))[0]).toBe('8+1@0');
  });

  it('lays objects out one after the other, in whole pages', async () => {
    const far = 2n ** 64n - 1n;
    const content = trace([0, far, 5000], [0, 7n, 1], [0, far, 5000], [1, far - 1n, 4096], [1, 7n, 4096]);
    expect(await words(content, 'oracleGeneral:objects')).toEqual([
      '0+2@0',
      '2+1@0',
      '0+2@0',
      '3+1@1000000000',
      '2+1@1000000000',
    ]);
  });

  it('reads the beginning of an object that has shrunk, and lays out anew one that has grown', async () => {
    const content = trace(
      [0, 1n, 8192],
      [0, 2n, 4096],
      [0, 1n, 4096],
      [0, 1n, 12_288],
      [0, 1n, 4096],
      [0, 2n, 1],
    );
    expect(await words(content, 'oracleGeneral:objects')).toEqual([
      '0+2@0',
      '2+1@0',
      '0+1@0',
      '3+3@0',
      '3+1@0',
      '2+1@0',
    ]);
  });
});

describe('the layout of objects', () => {
  it('gives each object pages of its own, the same ones every time', () => {
    const half = fc.oneof(fc.nat({ max: 3 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(half, half), { maxLength: 3000, size: 'max' }), (ids) => {
        const layout = new ObjectLayout();
        const model = new Map<string, number>();
        for (const [low, high] of ids) {
          const key = `${high}:${low}`;
          if (!model.has(key)) model.set(key, model.size * 3);
          expect(layout.place(low, high, 3)).toBe(model.get(key));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has an end', () => {
    const layout = new ObjectLayout();
    for (let object = 0; object < 2 ** 13; object++) expect(layout.place(object, 0, 2 ** 20)).not.toBeNull();
    expect(layout.place(1, 1, 1)).toBeNull();
    expect(layout.full).toBe('the objects together are larger than the largest file (32 TiB)');
    expect(layout.place(0, 0, 1)).toBe(0);
  });
});
