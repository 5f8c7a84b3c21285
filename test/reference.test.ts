import fc from 'fast-check';
import { describe, test } from 'vitest';
import { runInLockStep } from './reference/lock-step.ts';
import { anyBigMachine, anyBigScript, anyPatientScript, RECORDS } from './reference/scripts.ts';
import { anyMachine, anyOperations } from './support/operations.ts';

/**
 * The machine and the plain model of it in test/reference never differ by a page or a nanosecond.
 * `RUNS=20000` tries more scripts. Half of them are the same each time, since they are known to reach
 * every corner; the others are fresh.
 */
const RUNS = Number(process.env['RUNS'] ?? 1800) / 2;
const LOCK_STEP = { patience: 60e6, records: RECORDS };

describe.each([
  ['kept', { seed: 20080528 }],
  ['fresh', {}],
])('%s scripts on', (_, seed) => {
  test.each([
    ['small machines of every kind', anyMachine, anyOperations(30), 0.48],
    ['machines with long lists, long files and company', anyBigMachine, anyBigScript(30), 0.48],
    ['machines whose dirty pages get old', anyBigMachine, anyPatientScript, 0.04],
  ])('%s', { timeout: 0 }, (_, machines, scripts, share) => {
    fc.assert(
      fc.property(machines, scripts, (options, operations) => {
        runInLockStep(options, operations, LOCK_STEP);
      }),
      // Made smaller, a script may wait for hours of virtual time: the path that is printed is enough to repeat it.
      { ...seed, numRuns: Math.ceil(RUNS * share), endOnFailure: true },
    );
  });
});
