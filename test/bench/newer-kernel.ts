import { encodeText } from '../../src/kernel/text.ts';
import { pages } from '../../src/kernel/units.ts';
import type { Machine as AnyMachine, MachineOptions } from '../../src/machine/machine.ts';
import { readAll, recordsOf } from './against-lru.ts';
import { Machine } from './built.ts';
import { bootWith, perform } from './driving.ts';
import { inTurn, type Row, seconds } from './measure.ts';
import { readStream, STREAM_MARKS, STREAMED } from './page-core.ts';
import { shown } from './table.ts';
import { ACCESSES, MARKS, MEMORY, RESIDENT, zipfPages } from './zipf-trace.ts';

/** The same on both kernels, each with room for as many pages. */

/** The accesses of the Zipf trace, from memory. */
export function newerKernel(rounds: number): Promise<Row[]> {
  const records = recordsOf(zipfPages());
  const theirs = (): number => {
    const machine = bootWith({ memory: pages(MEMORY) }, ...MARKS);
    return seconds(() => readAll(machine, records));
  };
  const ours = (): number => {
    const machine = bootNewer({ memory: pages(MEMORY) }, RESIDENT);
    return seconds(() => readAll(machine, records));
  };
  return onBoth('the same trace, from memory', ACCESSES, rounds, theirs, ours);
}

/** A stream through 64 MiB: here tasks reclaim themselves, there the reclaimer does. */
export function newerStream(rounds: number): Promise<Row[]> {
  const older = bootWith({}, ...STREAM_MARKS);
  const newer = bootNewer({}, STREAM_MARKS[2]);
  for (const machine of [older, newer]) readStream(machine);
  return onBoth(
    'the stream through 64 MiB',
    STREAMED,
    rounds,
    () => seconds(() => readStream(older)),
    () => seconds(() => readStream(newer)),
  );
}

/** Both take seconds for `count` units of the work. */
async function onBoth(
  work: string,
  count: number,
  rounds: number,
  theirs: () => number,
  ours: () => number,
): Promise<Row[]> {
  const took = await inTurn(rounds, theirs, ours);
  return [
    {
      work: `${work}, on kernel 6.1`,
      against: 'on kernel 2.6.26',
      found: took.theirs / took.ours,
      unit: 'x',
      aim: 0.8,
      floor: 0.5,
      better: 'more',
      seen: `${shown(count / took.ours, '/s')} against ${shown(count / took.theirs, '/s')}`,
    },
  ];
}

/** With the cgroup `/web`, its limit in pages, and the task `worker` in it. */
function bootNewer(options: Partial<MachineOptions>, max: number): AnyMachine {
  const machine = Machine.boot({ ...options, kernel: '6.1' });
  const write = (path: string, text: string): void =>
    perform(machine, { op: 'write', path, data: encodeText(text) });
  write('/cgroup.subtree_control', '+memory');
  perform(machine, { op: 'mkdir', path: '/web' });
  write('/web/memory.max', `${max * 4096}`);
  perform(machine, { op: 'spawn', task: 'worker', cgroup: '/web' });
  return machine;
}
