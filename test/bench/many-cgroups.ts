import { pages } from '../../src/kernel/units.ts';
import type { Machine as AnyMachine } from '../../src/machine.ts';
import type { Stream } from '../../src/task/behaviour.ts';
import { Machine } from './built.ts';
import { addGroup, perform } from './driving.ts';
import { inTurn, type Row, seconds } from './measure.ts';

/**
 * What one event costs where there are 10,000 cgroups, each with a reclaimer and a small task,
 * and where there are 10. Each task does the same in both, so that the same things happen.
 */

const FEW = 10;
const MANY = 10_000;
/** Streamed by each task, through the 128 pages of its cgroup. */
const PAGES = 640;
/** Machines with few cgroups, one after the other: one alone is over in no time. */
const MACHINES = 100;

export async function manyCgroups(rounds: number): Promise<Row[]> {
  costOfEvent(FEW, MACHINES);
  const cost = await inTurn(
    rounds,
    () => costOfEvent(FEW, MACHINES),
    () => costOfEvent(MANY, 1),
  );
  return [
    {
      work: '10,000 cgroups, each with a reclaimer and a small task: cost of an event',
      against: 'with 10 cgroups',
      found: cost.ours / cost.theirs,
      unit: 'x',
      aim: 1.2,
      floor: 2,
      held: 4,
      better: 'less',
      seen: `${Math.round(cost.ours)} ns against ${Math.round(cost.theirs)} ns`,
    },
  ];
}

/** Nanoseconds of an event while all tasks stream at once. */
function costOfEvent(cgroups: number, machines: number): number {
  let events = 0;
  let took = 0;
  for (let i = 0; i < machines; i += 1) {
    const machine = withTasks(cgroups);
    took += seconds(() => {
      machine.run(null, () => {
        events += 1;
        return false;
      });
    });
  }
  return (took * 1e9) / events;
}

function withTasks(cgroups: number): AnyMachine {
  const machine = Machine.boot({ memory: pages(4096 + 256 * cgroups) });
  for (let i = 0; i < cgroups; i += 1) {
    addGroup(machine, `/g${i}`, `t${i}`, [96, 112, 128]);
  }
  for (let i = 0; i < cgroups; i += 1) {
    perform(machine, { op: 'start', task: `t${i}`, behaviour: stream(`f${i}`, PAGES) });
  }
  return machine;
}

const stream = (file: string, count: number): Stream => ({
  kind: 'stream',
  file,
  pages: pages(count),
  at: pages(0),
  write: false,
  random: false,
  times: 1,
  rate: null,
  block: pages(8),
  readahead: true,
});
