import { freemem } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pages } from '../../src/kernel/units.ts';
import type { KernelVersion } from '../../src/machine/machine.ts';
import { Machine } from './built.ts';
import { perform } from './driving.ts';
import { type Row, seconds } from './measure.ts';

/** What a page takes of the host's memory: a machine that is filled once. */

/** Left for whoever else wants one, pages. */
const FREE = 1024;
/** Of the host's memory, bytes a page: with tables that are copied as they grow. */
const NEEDED = 64;

export const filled = (): Promise<Row[]> => filledOnce(256, '2.6.26', { aim: 16, floor: 24 });
export const newerFilled = (): Promise<Row[]> => filledOnce(64, '6.1', { aim: 28, floor: 28 });

async function filledOnce(
  gibibytes: number,
  kernel: KernelVersion,
  goal: Pick<Row, 'aim' | 'floor'>,
): Promise<Row[]> {
  const count = gibibytes << 18;
  if (freemem() < NEEDED * count) {
    console.error(
      `a machine of ${gibibytes} GiB is not measured: that takes ${(NEEDED * count) / 2 ** 30} GiB of free memory`,
    );
    return [];
  }
  const before = residentMemory();
  const machine = Machine.boot({ memory: pages(count), kernel });
  perform(machine, { op: 'spawn', task: 'worker', cgroup: '/' });
  const behaviour = { kind: 'alloc', pages: pages(count - FREE) } as const;
  const took = seconds(() => perform(machine, { op: 'run', task: 'worker', behaviour }));
  const most = process.resourceUsage().maxRSS * 1024 - before;
  const found = (residentMemory() - before) / count;
  if (machine.totals().free > FREE) throw new Error('the machine is not full');
  return [
    {
      work: `a machine of ${gibibytes} GiB${kernel === '6.1' ? ', of kernel 6.1,' : ''} filled once (${gibibytes / 4} M pages): a page takes`,
      against: '',
      found,
      unit: 'B',
      ...goal,
      better: 'less',
      seen: `filled in ${took.toFixed(1)} s; ${(most / count).toFixed(1)} B at most meanwhile`,
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
