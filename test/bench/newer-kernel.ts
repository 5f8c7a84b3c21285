import { encodeText } from '../../src/kernel/text.ts';
import { pages } from '../../src/kernel/units.ts';
import type { Machine as AnyMachine } from '../../src/machine/machine.ts';
import { readAll, recordsOf } from './against-lru.ts';
import { Machine } from './built.ts';
import { bootWith, perform } from './driving.ts';
import { inTurn, type Row, seconds } from './measure.ts';
import { shown } from './table.ts';
import { ACCESSES, MARKS, MEMORY, RESIDENT, zipfPages } from './zipf-trace.ts';

/** The same accesses from memory on both kernels, each with room for as many pages. */

export async function newerKernel(rounds: number): Promise<Row[]> {
  const records = recordsOf(zipfPages());
  const theirs = (): number => {
    const machine = bootWith({ memory: pages(MEMORY) }, ...MARKS);
    return seconds(() => readAll(machine, records));
  };
  const ours = (): number => {
    const machine = bootNewer();
    return seconds(() => readAll(machine, records));
  };
  const took = await inTurn(rounds, theirs, ours);
  return [
    {
      work: 'the same trace, from memory, on kernel 6.1',
      against: 'on kernel 2.6.26',
      found: took.theirs / took.ours,
      unit: 'x',
      aim: 0.8,
      floor: 0.5,
      better: 'more',
      seen: `${shown(ACCESSES / took.ours, '/s')} against ${shown(ACCESSES / took.theirs, '/s')}`,
    },
  ];
}

function bootNewer(): AnyMachine {
  const machine = Machine.boot({ memory: pages(MEMORY), kernel: '6.1' });
  const write = (path: string, text: string): void =>
    perform(machine, { op: 'write', path, data: encodeText(text) });
  write('/cgroup.subtree_control', '+memory');
  perform(machine, { op: 'mkdir', path: '/web' });
  write('/web/memory.max', `${RESIDENT * 4096}`);
  perform(machine, { op: 'spawn', task: 'worker', cgroup: '/web' });
  return machine;
}
