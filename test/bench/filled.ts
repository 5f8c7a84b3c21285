import { freemem } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pages } from '../../src/kernel/units.ts';
import { Machine } from './built.ts';
import { perform } from './driving.ts';
import { type Row, seconds } from './measure.ts';

/** What a page takes of the host's memory: a machine of 256 GiB that is filled once. */

const PAGES = 64 << 20;
/** Left for whoever else wants one. */
const FREE = 1024;
/** With tables that are copied as they grow. */
const NEEDED = 64 * PAGES;

export async function filled(): Promise<Row[]> {
  if (freemem() < NEEDED) {
    console.error(`a machine of 256 GiB is not measured: that takes ${NEEDED / 2 ** 30} GiB of free memory`);
    return [];
  }
  const before = residentMemory();
  const machine = Machine.boot({ memory: pages(PAGES) });
  perform(machine, { op: 'spawn', task: 'worker', cgroup: '/' });
  const behaviour = { kind: 'alloc', pages: pages(PAGES - FREE) } as const;
  const took = seconds(() => perform(machine, { op: 'run', task: 'worker', behaviour }));
  const most = process.resourceUsage().maxRSS * 1024 - before;
  const found = (residentMemory() - before) / PAGES;
  if (machine.totals().free > FREE) throw new Error('the machine is not full');
  return [
    {
      work: 'a machine of 256 GiB filled once (64 M pages): a page takes',
      against: '',
      found,
      unit: 'B',
      aim: 16,
      floor: 24,
      better: 'less',
      seen: `filled in ${took.toFixed(1)} s; ${(most / PAGES).toFixed(1)} B at most meanwhile`,
    },
  ];
}

/** Bytes of this process, less what nobody uses any more. */
function residentMemory(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  return process.memoryUsage.rss();
}
