import { LRUCache } from 'lru-cache';
import { newRandom } from '../../src/kernel/random.ts';
import { pages } from '../../src/kernel/units.ts';
import type { Machine } from '../../src/machine.ts';
import { newZipf, nextZipf } from '../../src/task/zipf.ts';
import { bootWith } from './driving.ts';
import { median, type Row } from './measure.ts';

/**
 * The same skewed accesses, from memory, for lru-cache and for the emulator: 20 M accesses over
 * 10 M pages, 1 M resident, the whole model of the kernel beside it. In turn, so that both see
 * the same machine; each begins empty.
 */

const ACCESSES = 20_000_000;
const SPAN = 10_000_000;
const RESIDENT = 1_000_000;
const BATCH = 8192;
const ROUNDS = 3;

export function againstLru(): Row[] {
  const accesses = zipfPages();
  const theirs: number[] = [];
  const ours: number[] = [];
  let misses = { ours: 0, theirs: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const lru = timed(() => lruCache(accesses));
    const own = timed(() => emulated(accesses));
    theirs.push(lru.seconds);
    ours.push(own.seconds);
    misses = { ours: own.misses, theirs: lru.misses };
  }
  const rate = ACCESSES / median(ours);
  const ratio = (count: number): string => (count / ACCESSES).toFixed(4);
  return [
    {
      work: `Zipf, 20 M accesses, 1 M of 10 M pages resident, from memory (miss ratio ${ratio(misses.ours)}): accesses a second`,
      value: rate,
      unit: '/s',
      aim: '13 M',
      floor: '8.8 M',
    },
    {
      work: `the same, times lru-cache 11 (miss ratio ${ratio(misses.theirs)})`,
      value: median(theirs) / median(ours),
      unit: '',
      aim: '10',
      floor: '5',
      atLeast: 5,
    },
  ];
}

function zipfPages(): Int32Array {
  const zipf = newZipf(SPAN, 1);
  const random = newRandom(7);
  // Ranks are scattered over the file, as hot pages are.
  return Int32Array.from({ length: ACCESSES }, () => (nextZipf(random, zipf) * 7919) % SPAN);
}

function timed(work: () => number): { seconds: number; misses: number } {
  const began = process.hrtime.bigint();
  const misses = work();
  return { seconds: Number(process.hrtime.bigint() - began) / 1e9, misses };
}

function lruCache(accesses: Int32Array): number {
  const cache = new LRUCache<number, true>({ max: RESIDENT });
  let misses = 0;
  for (const page of accesses) {
    if (cache.get(page) !== undefined) continue;
    misses += 1;
    cache.set(page, true);
  }
  return misses;
}

function emulated(accesses: Int32Array): number {
  const machine = bootWith({ memory: pages(2 << 20) }, RESIDENT - 10_000, RESIDENT - 5000, RESIDENT);
  machine.perform({
    op: 'run',
    task: 'worker',
    behaviour: { kind: 'trace', source: 'zipf', file: 'zipf', asap: true },
  });
  for (let at = 0; machine.run(null).why !== 'done'; at += BATCH) feed(machine, accesses, at);
  return machine.counters('/web').pgpgin;
}

const time = new Float64Array(BATCH);
const file = new Int32Array(BATCH);
const count = new Int32Array(BATCH).fill(1);
const write = new Uint8Array(BATCH);

function feed(machine: Machine, accesses: Int32Array, at: number): void {
  const page = Float64Array.from(accesses.subarray(at, at + BATCH));
  const { length } = page;
  const cut = <A extends Float64Array | Int32Array | Uint8Array>(all: A): A => all.subarray(0, length) as A;
  const batch = { time: cut(time), file: cut(file), page, count: cut(count), write: cut(write) };
  machine.feed('zipf', batch, at + BATCH >= accesses.length);
}
