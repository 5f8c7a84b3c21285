import { describe, expect, test } from 'vitest';
import { sharing } from '../../src/script/shared-traces.ts';
import type { TraceOpener, TraceSource } from '../../src/script/traces.ts';
import { batchOf } from '../support/behaviours.ts';

const RECORDS = 1000;

/** Opens traces of so many records, each of the page of its number, and counts what is done with them. */
function counted() {
  const seen = { opened: 0, reads: 0, closed: 0 };
  const source = (): TraceSource => ({
    id: 'id',
    files: [''],
    sha256: () => Promise.resolve(''),
    read: (from, max) => {
      seen.reads += 1;
      const to = Math.min(RECORDS, from + max);
      const accesses = Array.from({ length: to - from }, (_, i) => ({ time: 0, page: from + i }));
      return Promise.resolve({ batch: batchOf(accesses), last: to === RECORDS });
    },
    close: () => {
      seen.closed += 1;
      return Promise.resolve();
    },
  });
  const opener: TraceOpener = {
    fault: () => null,
    isFault: (error): error is Error => error instanceof Error,
    open: () => {
      seen.opened += 1;
      return Promise.resolve(source());
    },
  };
  return { seen, opener: sharing(opener) };
}

/** The pages of all records, read by so many at once. */
async function readAll(opener: TraceOpener, max: number): Promise<number[]> {
  const source = await opener.open('t.csv', null, null);
  const found: number[] = [];
  for (let last = false; !last; ) {
    const read = await source.read(found.length, max);
    found.push(...read.batch.page);
    last = read.last;
  }
  await source.close();
  return found;
}

const all = Array.from({ length: RECORDS }, (_, i) => i);

describe('a trace that several runs read', () => {
  test('is read once where they take turns', async () => {
    const { seen, opener } = counted();
    const found = await Promise.all([1, 2, 3].map(() => readAll(opener, 100)));
    expect(found).toEqual([all, all, all]);
    expect(seen).toEqual({ opened: 1, reads: 10, closed: 1 });
  });

  test('is read anew by who has fallen too far behind', async () => {
    const { seen, opener } = counted();
    const late = await opener.open('t.csv', null, null);
    expect(await readAll(opener, 10)).toEqual(all);
    expect([...(await late.read(0, 10)).batch.page]).toEqual(all.slice(0, 10));
    expect([...(await late.read(10, 10)).batch.page]).toEqual(all.slice(10, 20));
    await late.close();
    expect(seen).toEqual({ opened: 2, reads: 102, closed: 2 });
  });

  test('is another in another format', async () => {
    const { seen, opener } = counted();
    await opener.open('t.csv', null, null);
    await opener.open('t.csv', 'csv:sort', null);
    expect(seen.opened).toBe(2);
  });
});
