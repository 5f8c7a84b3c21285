import { LRUCache } from 'lru-cache';
import { pages } from '../../src/kernel/units.ts';
import type { Machine } from '../../src/machine/machine.ts';
import type { TraceBatch } from '../../src/task/behaviour.ts';
import { bootWith } from './driving.ts';
import { inTurn, type Row, seconds } from './measure.ts';
import { shown } from './table.ts';
import { ACCESSES, MARKS, MEMORY, missRatio, RESIDENT, zipfPages } from './zipf-trace.ts';

/** The same accesses, from memory, for lru-cache and for the emulator with the whole model of the kernel. Each begins empty. */

/** Records that a script's driver hands to the machine at once. */
const BATCH = 16_384;

export async function againstLru(rounds: number): Promise<Row[]> {
  const page = zipfPages();
  const records = recordsOf(page);
  let misses = { ours: 0, theirs: 0 };
  const theirs = (): number => seconds(() => (misses = { ...misses, theirs: lruCache(page) }));
  const ours = (): number => seconds(() => (misses = { ...misses, ours: emulated(records) }));
  const took = await inTurn(rounds, theirs, ours);
  return [
    {
      work: 'the same trace, from memory',
      against: 'lru-cache 11',
      found: took.theirs / took.ours,
      unit: 'x',
      aim: 6,
      floor: 4,
      better: 'more',
      seen: `${shown(ACCESSES / took.ours, '/s')} against ${shown(ACCESSES / took.theirs, '/s')}, ${missRatio(misses.ours)} against ${missRatio(misses.theirs)}`,
    },
  ];
}

function lruCache(pageOf: Int32Array): number {
  const cache = new LRUCache<number, true>({ max: RESIDENT });
  let misses = 0;
  for (const page of pageOf) {
    if (cache.get(page) !== undefined) continue;
    misses += 1;
    cache.set(page, true);
  }
  return misses;
}

/** The records from one on, at most a batch of them. */
type Records = (from: number) => TraceBatch;

function emulated(records: Records): number {
  const machine = bootWith({ memory: pages(MEMORY) }, ...MARKS);
  readAll(machine, records);
  return machine.counters('/web').pgpgin;
}

/** Has the task `worker` read them, one after the other. */
export function readAll(machine: Machine, records: Records): void {
  machine.perform({
    op: 'run',
    task: 'worker',
    behaviour: { kind: 'trace', source: 'zipf', file: 'zipf', asap: true },
  });
  for (let at = 0; machine.run(null).why !== 'done'; at += BATCH) {
    machine.feed('zipf', records(at), at + BATCH >= ACCESSES);
  }
}

/** Made beforehand: batches are cut from it, so that what is measured is the machine. */
export function recordsOf(pageOf: Int32Array): Records {
  const all = Float64Array.from(pageOf);
  const time = new Float64Array(BATCH);
  const file = new Int32Array(BATCH);
  const count = new Int32Array(BATCH).fill(1);
  const op = new Uint8Array(BATCH);
  return (from: number) => {
    const page = all.subarray(from, from + BATCH);
    const to = page.length;
    return {
      time: time.subarray(0, to),
      file: file.subarray(0, to),
      page,
      count: count.subarray(0, to),
      op: op.subarray(0, to),
    };
  };
}
