import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Machine } from '../../src/machine.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { anyMachine, anyOperations, carryOut } from '../support/operations.ts';

test('lists, page tables and counters agree after every operation', () => {
  fc.assert(
    fc.property(anyMachine, anyOperations(25), (options, operations) => {
      const machine = Machine.boot(options);
      carryOut(machine, operations, {
        after: () => expect(brokenInvariants(machine.save().state)).toEqual([]),
      });
    }),
    { numRuns: 150 },
  );
});
