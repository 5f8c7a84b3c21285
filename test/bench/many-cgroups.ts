import { pages } from '../../src/kernel/units.ts';
import type { Machine as AnyMachine } from '../../src/machine/machine.ts';
import type { Stream } from '../../src/task/behaviour.ts';
import { Machine } from './built.ts';
import { addGroup, perform } from './driving.ts';
import { inTurn, type Row, seconds } from './measure.ts';

/**
 * What one event costs where there are 10,000 cgroups, each with a reclaimer and a small task,
 * and where there are 10. The ten do it again and again, so that as much happens: a machine that is over in no time
 * would be measured warming up.
 */

const FEW = 10;
const MANY = 10_000;
/** Streamed by each task, through the 128 pages of its cgroup. */
const PAGES = 640;

export async function manyCgroups(rounds: number): Promise<Row[]> {
  const cost = await inTurn(
    rounds,
    () => costOfEvent(FEW),
    () => costOfEvent(MANY),
  );
  return [
    {
      work: '10,000 cgroups, each with a reclaimer and a small task: cost of an event',
      against: 'with 10 cgroups',
      found: cost.ours / cost.theirs,
      unit: 'x',
      aim: 1.5,
      floor: 2.5,
      better: 'less',
      seen: `${Math.round(cost.ours)} ns against ${Math.round(cost.theirs)} ns`,
    },
  ];
}

/** Nanoseconds of an event while all tasks stream at once. */
function costOfEvent(cgroups: number): number {
  const machine = withTasks(cgroups);
  let events = 0;
  const took = seconds(() => {
    machine.run(null, () => {
      events += 1;
      return false;
    });
  });
  return (took * 1e9) / events;
}

function withTasks(cgroups: number): AnyMachine {
  const machine = Machine.boot({ memory: pages(4096 + 256 * cgroups) });
  for (let i = 0; i < cgroups; i += 1) {
    addGroup(machine, `/g${i}`, `t${i}`, [96, 112, 128]);
  }
  for (let i = 0; i < cgroups; i += 1) {
    perform(machine, { op: 'start', task: `t${i}`, behaviour: stream(`f${i}`, MANY / cgroups) });
  }
  return machine;
}

const stream = (file: string, times: number): Stream => ({
  kind: 'stream',
  file,
  pages: pages(PAGES),
  at: pages(0),
  write: false,
  random: false,
  times,
  rate: null,
  block: pages(8),
  readahead: true,
});
