import { serialize } from 'node:v8';
import { newRandom } from '../../src/kernel/random.ts';
import { pages } from '../../src/kernel/units.ts';
import { Machine } from '../../src/machine.ts';
import type { Stream, TraceBatch } from '../../src/task/behaviour.ts';
import { newZipf, nextZipf } from '../../src/task/zipf.ts';
import { bootWith, perform } from './driving.ts';
import { millions, type Row, rate } from './measure.ts';

/** The page core: streams, skewed traces, random touches, and what a page takes. */

const MIB = 256;

/** A file of 1 GiB read again and again through 64 MiB, the reclaimer on. */
export async function stream(): Promise<Row> {
  const machine = bootWith({}, 48 * MIB, 56 * MIB, 64 * MIB);
  const count = 1024 * MIB;
  const behaviour: Stream = {
    kind: 'stream',
    file: 'data.img',
    pages: pages(count),
    at: pages(0),
    write: false,
    random: false,
    times: 4,
    rate: null,
    block: pages(32),
    readahead: true,
  };
  const value = await rate(4 * count, () => perform(machine, { op: 'run', task: 'worker', behaviour }));
  return {
    work: 'stream through 64 MiB, reclaimer on: pages charged a second',
    value,
    unit: '/s',
    aim: '20 M',
    floor: '10 M',
  };
}

const ACCESSES = 4_000_000;
const BATCH = 8192;

/** A Zipf trace (exponent 1) over 10 M pages of which 1 M are resident, from memory. */
export async function zipfTrace(): Promise<Row> {
  const machine = bootWith({ memory: pages(4 << 20) }, 990_000, 995_000, 1_000_000);
  const page = zipfPages(ACCESSES, 10_000_000);
  const replay = (): void => {
    machine.perform({
      op: 'run',
      task: 'worker',
      behaviour: { kind: 'trace', source: 'zipf', file: 'zipf', asap: true },
    });
    for (let at = 0; ; at += BATCH) {
      const stop = machine.run(null);
      if (stop.why === 'done') return;
      const end = Math.min(at + BATCH, ACCESSES);
      machine.feed('zipf', reads(page.subarray(at, end)), end === ACCESSES);
    }
  };
  // Until a million pages are resident, nothing is reclaimed and nothing is measured.
  replay();
  replay();
  const value = await rate(ACCESSES, replay);
  return {
    work: 'Zipf trace, 1 M pages resident: accesses a second',
    value,
    unit: '/s',
    aim: '10 M',
    floor: '5 M',
  };
}

function zipfPages(count: number, span: number): Float64Array {
  const zipf = newZipf(span, 1);
  const random = newRandom(7);
  // Ranks are scattered over the file, as hot pages are.
  return Float64Array.from({ length: count }, () => (nextZipf(random, zipf) * 7919) % span);
}

const reads = (page: Float64Array): TraceBatch => ({
  time: new Float64Array(page.length),
  file: new Int32Array(page.length),
  page,
  count: new Int32Array(page.length).fill(1),
  write: new Uint8Array(page.length),
});

/** Random touches over 16 GiB of resident memory; and what those 4 M pages take of ours. */
export async function randomTouches(): Promise<Row[]> {
  const resident = 4 << 20;
  const machine = Machine.boot({ memory: pages(5 << 20) });
  perform(machine, { op: 'spawn', task: 'worker', cgroup: '/' });
  perform(machine, { op: 'run', task: 'worker', behaviour: { kind: 'alloc', pages: pages(resident) } });
  const bytes = serialize(machine.save()).byteLength / resident;
  const behaviour = {
    kind: 'touch',
    pages: null,
    pattern: { kind: 'random' },
    times: 1,
    forTime: null,
    write: false,
    rate: null,
  } as const;
  const value = await rate(resident, () => perform(machine, { op: 'run', task: 'worker', behaviour }));
  return [
    {
      work: 'random touches over 16 GiB resident: accesses a second',
      value,
      unit: '/s',
      aim: '10 M',
      floor: '5 M',
    },
    {
      work: 'state of the machine for each resident page: bytes',
      value: bytes,
      unit: '',
      aim: '24',
      floor: '24',
    },
  ];
}

export const show = (row: Row): string => (row.unit === '/s' ? millions(row.value) : row.value.toFixed(2));
