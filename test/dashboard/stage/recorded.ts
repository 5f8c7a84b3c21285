import type { Feeds } from '../../../src/script/traces.ts';
import { failure } from '../../../src/script/world.ts';
import type { TraceBatch } from '../../../src/task/behaviour.ts';
import { batchOf } from '../../support/behaviours.ts';

/** A recorded trace, for tests that need not read a file. */

const ACCESSES = Array.from({ length: 400 }, (_, i) => ({
  time: i * 50_000,
  page: (i * 17) % 60,
  count: 1 + (i % 3),
  write: i % 5 === 0,
}));

/** At most 100 of them from this one on. */
export function recordsFrom(record: number): { readonly batch: TraceBatch; readonly last: boolean } {
  const accesses = ACCESSES.slice(record, record + 100);
  return { batch: batchOf(accesses), last: record + accesses.length === ACCESSES.length };
}

export const FEEDS: Feeds = {
  read: async ({ record }) => ({ ok: true, ...recordsFrom(record), files: [] }),
  open: async () => failure('mistake', 'nothing is opened here'),
  close: async () => {},
};
