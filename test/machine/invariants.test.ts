import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Machine } from '../../src/machine.ts';
import { boot } from '../support/boot.ts';
import { alloc, stream } from '../support/behaviours.ts';
import { brokenInvariants, leftBehind } from '../support/invariants.ts';
import { anyMachine, anyOperations, carryOut } from '../support/operations.ts';

test('lists, page tables, queues and counters agree after every operation', () => {
  fc.assert(
    fc.property(anyMachine, anyOperations(30), (options, operations) => {
      const machine = Machine.boot(options);
      carryOut(machine, operations, {
        after: () => expect(brokenInvariants(machine.save().state)).toEqual([]),
      });
    }),
    { numRuns: 250, seed: 20080527 },
  );
});
