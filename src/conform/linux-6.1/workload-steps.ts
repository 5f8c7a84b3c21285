import { pages } from '../../kernel/units.ts';
import type { Touch } from '../../task/behaviour.ts';
import { MIB } from './ground.ts';
import type { Worker } from './worker.ts';

/** The recorded workloads, a page or a MiB at a step. Each ends with the last, or when its worker has died. */

type Steps = (worker: Worker) => Generator<number>;

function* times(count: number, step: (i: number) => unknown): Generator<number> {
  for (let i = 0; i < count; i += 1) {
    if (step(i) === false) return;
    yield i + 1;
  }
}

const pageByPage =
  (file: string, length: number, count: number, readahead: boolean): Steps =>
  (worker) => {
    worker.file(file, length);
    return times(count, (i) => worker.read(file, i % length, 1, 1, readahead));
  };

const HOT = 30;
/** The recorded file that is read once. */
const LONG = 512;

/** For each MiB of a stream 2 MiB of a hot file, round and round. */
function mixed(worker: Worker): Generator<number> {
  worker.file('hot', HOT * MIB);
  worker.file('data', LONG * MIB);
  return times(256, (i) => {
    for (let twice = 0; twice < 2; twice += 1) worker.read('hot', ((2 * i + twice) % HOT) * MIB, MIB);
    worker.read('data', i * MIB, MIB);
  });
}

const stream =
  (length: number, count: number): Steps =>
  (worker) => {
    worker.file('data', length * MIB);
    return times(count, (i) => worker.read('data', (i % length) * MIB, MIB));
  };

const TOUCH: Touch = {
  kind: 'touch',
  pages: null,
  pattern: { kind: 'seq' },
  rate: null,
  times: 1,
  forTime: null,
  write: true,
};

const anon =
  (count: number): Steps =>
  (worker) =>
    times(count, () => worker.run({ kind: 'alloc', pages: pages(MIB) }));

const write =
  (fsync: boolean): Steps =>
  (worker) =>
    times(256, (i) => {
      worker.write('data', i * MIB, MIB);
      if (fsync) worker.sync();
    });

const anonPages: Steps = (worker) => times(3000, () => worker.run({ kind: 'alloc', pages: pages(1) }));

export const WORKLOADS: Readonly<Record<string, Steps>> = {
  'trace-seq3000-random': pageByPage('seq', 12 * MIB, 3000, false),
  'trace-seq3000-ra': pageByPage('seq', 12 * MIB, 3000, true),
  'trace-cyc6M-random': pageByPage('cycle', 6 * MIB, 4608, false),
  'trace-anon3000': anonPages,
  'trace-anon3000-swap': anonPages,
  stream512: stream(LONG, LONG),
  reread96x2: stream(96, 192),
  mixed256: mixed,
  anon60: anon(60),
  anon70: anon(70),
  /** 96 MiB, and all of it once more. */
  *swapseq96(worker) {
    if (!worker.run({ kind: 'alloc', pages: pages(96 * MIB) })) return;
    worker.run(TOUCH);
    yield 1;
  },
  *'anon40+stream256'(worker) {
    worker.run({ kind: 'alloc', pages: pages(40 * MIB) });
    yield* stream(LONG, 256)(worker);
  },
  churn8: (worker) => {
    worker.file('data', LONG * MIB);
    return times(8, (i) => {
      worker.run({ kind: 'alloc', pages: pages(32 * MIB) });
      worker.read('data', i * 32 * MIB, 32 * MIB);
      worker.run({ kind: 'free', pages: null });
    });
  },
  write256: write(false),
  'write256-fsync': write(true),
  'mmap-zipf': (worker) => randomTouches(worker, zipf(), false),
  'mmap-zipf-madv': (worker) => randomTouches(worker, zipf(), true),
  'mmap-uniform': (worker) => randomTouches(worker, uniform(), false),
  'rand-zipf': (worker) => randomReads(worker, zipf(), true),
  'rand-zipf-fadv': (worker) => randomReads(worker, zipf(), false),
  'rand-uniform': (worker) => randomReads(worker, uniform(), true),
};

/** 200,000 reads of 4 KiB in a file of 128 MiB. */
const RANDOM_PAGES = 128 * MIB;
const READS = 200_000;

function randomReads(worker: Worker, next: () => number, readahead: boolean): Generator<number> {
  worker.file('random', RANDOM_PAGES);
  return times(READS, () => worker.read('random', next(), 1, 1, readahead));
}

const U64 = (1n << 64n) - 1n;

function* randomTouches(worker: Worker, next: () => number, random: boolean): Generator<number> {
  worker.file('random', RANDOM_PAGES);
  worker.run({ kind: 'map', file: 'random', pages: pages(RANDOM_PAGES), touches: false, random });
  const touched = Array.from({ length: READS }, next);
  worker.run({ ...TOUCH, pattern: { kind: 'these', pages: touched }, write: false });
  yield READS;
}

/** splitmix64 */
function splitmix(seed: bigint): () => bigint {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & U64;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & U64;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & U64;
    return z ^ (z >> 31n);
  };
}

function uniform(): () => number {
  const next = splitmix(1083n);
  return () => Number(next() % BigInt(RANDOM_PAGES));
}

/** By ranks of weight 2^32 / rank, scattered over the file. */
function zipf(): () => number {
  const next = splitmix(1084n);
  const upTo = new Float64Array(RANDOM_PAGES);
  let total = 0;
  for (let rank = 0; rank < RANDOM_PAGES; rank += 1) {
    total += Math.floor(2 ** 32 / (rank + 1));
    upTo[rank] = total;
  }
  return () => {
    const drawn = Number(next() % BigInt(total));
    let low = 0;
    let high = RANDOM_PAGES - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle] > drawn) high = middle;
      else low = middle + 1;
    }
    return Math.imul(low, 0x9e3779b1) & (RANDOM_PAGES - 1);
  };
}
