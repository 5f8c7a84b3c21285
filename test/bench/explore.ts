import { explore } from '../../src/explore/explorer.ts';
import { SCENARIOS } from '../../src/explore/scenarios.ts';
import { System } from '../../src/explore/system.ts';
import { median, type Row, seconds } from './measure.ts';

const ROUNDS = 5;

/** Three tasks that charge and memcontd, every state of them, nothing taken together. */
export function exploring(): Row[] {
  const rates: number[] = [];
  let seen = '';
  for (let round = 0; round < ROUNDS; round += 1) {
    const system = new System(SCENARIOS.charge, new Set(), 'sc', 3);
    let states = 0;
    const took = seconds(() => {
      const { table } = explore(system, { symmetry: false, partialOrder: false });
      states = table.size;
      seen = `${states} states, ${(table.bytes / states).toFixed(1)} B a state`;
    });
    rates.push(states / took);
  }
  return [
    {
      work: '`memcg explore`: states of three tasks and memcontd, and what leads where, on one core',
      against: '',
      found: median(rates),
      unit: '/s',
      aim: 1e6,
      floor: 3e5,
      better: 'more',
      seen,
    },
  ];
}
