import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charge } from '../../src/explore/model/charge.ts';
import { memcontd } from '../../src/explore/model/memcontd.ts';
import type { Scenario } from '../../src/explore/scenarios.ts';
import { ALIVE, V } from '../../src/explore/state.ts';
import { System } from '../../src/explore/system.ts';
import { SECOND } from '../../src/kernel/units.ts';
import { sleep, stream } from '../support/behaviours.ts';
import { boot } from '../support/boot.ts';

/** A page of the model is a window of read-ahead, and what a pass takes: 32 pages. */
const UNIT = 32;

interface Marks {
  readonly low: number;
  readonly high: number;
  readonly limit: number;
  readonly charges: number;
}

/** Usages in which the model may come to rest. */
function restingUsages({ low, high, limit, charges }: Marks): Set<number> {
  const scenario: Scenario = {
    about: 'one task and memcontd',
    initial: () => ({ low, high, limit, thread: 1, life0: ALIVE, dentry: 1 }),
    threads: (variant) => [
      { name: 'task', program: charge(variant, true), registers: [charges, 0] },
      { name: 'memcontd', program: memcontd(0, variant, true, false), daemon: true },
    ],
  };
  const system = new System(scenario, new Set(), 'sc', 0);
  const seen = new Set<string>();
  const usages = new Set<number>();
  const todo = [system.initial];
  for (let state = todo.pop(); state !== undefined; state = todo.pop()) {
    const moves = system.moves(state);
    if (moves.length === 0) usages.add(state[V.usage]);
    for (const move of moves) {
      const after = state.slice();
      system.take(after, move);
      if (seen.has(after.join())) continue;
      seen.add(after.join());
      todo.push(after);
    }
  }
  return usages;
}

/** The usage in which the machine comes to rest, in units. */
function restingUsage({ low, high, limit, charges }: Marks, seed: number): number {
  const console = boot({ seed });
  console.group('/web', { low: low * UNIT, high: high * UNIT, limit: limit * UNIT });
  console.spawn('worker', '/web');
  console.run('worker', stream('data', charges * UNIT));
  console.run('worker', sleep(SECOND));
  return Math.ceil(console.usage('/web') / UNIT);
}

const marks = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 7 }))
  .map(
    ([low, more, most, charges]): Marks => ({ low, high: low + more, limit: low + more + most + 1, charges }),
  );

test('the machine comes to rest where the model says that it may', () => {
  fc.assert(
    fc.property(marks, fc.nat(1000), (given, seed) => {
      expect([...restingUsages(given)].sort()).toContain(restingUsage(given, seed));
    }),
    { numRuns: 200 },
  );
});
