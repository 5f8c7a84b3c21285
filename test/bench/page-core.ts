import { pages } from '../../src/kernel/units.ts';
import type { Machine as AnyMachine } from '../../src/machine/machine.ts';
import type { Stream } from '../../src/task/behaviour.ts';
import { Machine } from './built.ts';
import { bootWith, perform } from './driving.ts';
import { type Row, rate } from './measure.ts';

/** The page core: a stream, and random touches. */

const MIB = 256;

const FILE = 1024 * MIB;
const TIMES = 8;
/** What `readStream` reads. */
export const STREAMED = TIMES * FILE;
/** In pages: 64 MiB, and the marks below. */
export const STREAM_MARKS = [48 * MIB, 56 * MIB, 64 * MIB] as const;

/** Has the task `worker` read a file of 1 GiB again and again. */
export function readStream(machine: AnyMachine): void {
  const behaviour: Stream = {
    kind: 'stream',
    file: 'data.img',
    pages: pages(FILE),
    at: pages(0),
    write: false,
    random: false,
    times: TIMES,
    rate: null,
    block: pages(32),
    readahead: true,
  };
  perform(machine, { op: 'run', task: 'worker', behaviour });
}

/** Through 64 MiB, the reclaimer on. */
export async function stream(): Promise<Row[]> {
  const machine = bootWith({}, ...STREAM_MARKS);
  const found = await rate(STREAMED, () => readStream(machine));
  return [
    {
      work: 'endless stream through 64 MiB, reclaimer on: pages on one core',
      against: '',
      found,
      unit: '/s',
      aim: 40e6,
      floor: 20e6,
      better: 'more',
      seen: '',
    },
  ];
}

/** Random touches over 16 GiB of resident memory. */
export async function randomTouches(): Promise<Row[]> {
  const resident = 4 << 20;
  const machine = Machine.boot({ memory: pages(5 << 20) });
  perform(machine, { op: 'spawn', task: 'worker', cgroup: '/' });
  perform(machine, { op: 'run', task: 'worker', behaviour: { kind: 'alloc', pages: pages(resident) } });
  const behaviour = {
    kind: 'touch',
    pages: null,
    pattern: { kind: 'random' },
    times: 1,
    forTime: null,
    write: false,
    rate: null,
  } as const;
  const found = await rate(resident, () => perform(machine, { op: 'run', task: 'worker', behaviour }));
  return [
    {
      work: '`touch --pattern random` over 16 GiB resident (4 M pages): accesses',
      against: '',
      found,
      unit: '/s',
      aim: 10e6,
      floor: 5e6,
      better: 'more',
      seen: '',
    },
  ];
}
