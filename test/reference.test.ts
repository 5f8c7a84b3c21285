import fc from 'fast-check';
import { test } from 'vitest';
import { runInLockStep } from './reference/lock-step.ts';
import { anyBigMachine, anyBigScript, anyPatientScript, RECORDS } from './reference/scripts.ts';
import { anyMachine, anyOperations } from './support/operations.ts';

/**
 * The machine and the plain model of it in test/reference never differ by a page or a nanosecond.
 * `RUNS=20000` tries more scripts, `SEED=...` others.
 */
const RUNS = Number(process.env['RUNS'] ?? 2000);
const SEED = Number(process.env['SEED'] ?? 20080528);
const LOCK_STEP = { patience: 60e6, records: RECORDS };

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
    { numRuns: Math.ceil(RUNS * share), seed: SEED, endOnFailure: true },
  );
});
