import { pages } from '../../src/kernel/units.ts';
import { Machine } from '../../src/machine.ts';
import type { Stream } from '../../src/task/behaviour.ts';
import { addGroup, perform } from './driving.ts';
import { median, type Row } from './measure.ts';

/** What one event costs where there are 10,000 cgroups, each with a reclaimer and a small task, and where there are 10. */

const FEW = 10;
const MANY = 10_000;
/** Streamed by all tasks of a machine together, pages. */
const PAGES = 2_000_000;
const ROUNDS = 3;

export function manyCgroups(): Row {
  nanosecondsAnEvent(FEW);
  const few: number[] = [];
  const many: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    few.push(nanosecondsAnEvent(FEW));
    many.push(nanosecondsAnEvent(MANY));
  }
  return {
    work: '10,000 cgroups with a reclaimer each: cost of an event, times that with 10',
    value: median(many) / median(few),
    unit: '',
    aim: '1.2',
    floor: '2',
    atMost: 2,
  };
}

function nanosecondsAnEvent(cgroups: number): number {
  const machine = Machine.boot({ memory: pages(4 << 20) });
  for (let i = 0; i < cgroups; i += 1) {
    addGroup(machine, `/g${i}`, `t${i}`, [96, 112, 128]);
  }
  for (let i = 0; i < cgroups; i += 1) {
    perform(machine, { op: 'start', task: `t${i}`, behaviour: stream(`f${i}`, PAGES / cgroups) });
  }
  let events = 0;
  const began = process.hrtime.bigint();
  machine.run(null, () => {
    events += 1;
    return false;
  });
  return Number(process.hrtime.bigint() - began) / events;
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
