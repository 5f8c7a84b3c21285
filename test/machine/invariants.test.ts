import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SECOND } from '../../src/kernel/units.ts';
import { Machine } from '../../src/machine/machine.ts';
import { stream } from '../support/behaviours.ts';
import { boot } from '../support/boot.ts';
import { brokenInvariants, leftBehind } from '../support/invariants.ts';
import { anyMachine, anyOperations, carryOut } from '../support/operations.ts';

test('lists, page tables, queues and counters agree after every operation', () => {
  fc.assert(
    fc.property(anyMachine, anyOperations(30), (options, operations) => {
      const machine = Machine.boot(options);
      carryOut(machine, operations, {
        after: () => {
          const { state } = machine.save();
          expect([...brokenInvariants(state), ...leftBehind(state)]).toEqual([]);
        },
      });
    }),
    { numRuns: 250 },
  );
});

test('who is back in user mode has left nothing behind in the kernel', () => {
  const sh = boot();
  sh.group('/a', { limit: 16 });
  sh.spawn('writer', '/a');
  sh.start('writer', stream('f', 200, { write: true }));
  sh.waitUntil(() => {
    expect(leftBehind(sh.state())).toEqual([]);
    return sh.task('writer').behaviour === null;
  });
});

test('a charge comes to its end although somebody else has brought the page meanwhile', () => {
  const sh = boot();
  sh.group('/a', { limit: 8 });
  sh.spawn('writer', '/a');
  sh.spawn('other');
  sh.start('writer', stream('f', 9, { write: true }));
  sh.waitUntil(() => sh.eventsOf('limit-failure').length > 0);
  sh.run('other', stream('f', 1, { at: 8, write: true }));
  sh.wait(SECOND);
  expect(leftBehind(sh.state())).toEqual([]);
});

test('a pass that naps while its cgroup is removed leaves the congestion queue', () => {
  const sh = boot({ errata: ['force-empty-inverted'] });
  sh.group('/a', { limit: 8 });
  sh.spawn('writer', '/a');
  sh.start('writer', stream('f', 9, { write: true }));
  sh.waitUntil(() => sh.eventsOf('limit-failure').length > 0);
  sh.do({ op: 'attach', task: 'writer', cgroup: '/' });
  expect(sh.rmdir('/a')).toMatchObject({ ok: true });
  sh.wait(SECOND);
  expect(leftBehind(sh.state())).toEqual([]);
});
