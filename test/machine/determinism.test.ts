import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ns, pages, SECOND } from '../../src/kernel/units.ts';
import { Machine, type TraceEvent } from '../../src/machine/machine.ts';
import { type Access, batchOf, stream, trace } from '../support/behaviours.ts';
import { anyMachine, anyOperations, carryOut } from '../support/operations.ts';
import { allTexts, fingerprint } from '../support/texts.ts';

const RUNS = { numRuns: 60 };

test('the same operations give the same answers, the same events and the same bytes', () => {
  fc.assert(
    fc.property(anyMachine, anyOperations(30), (options, operations) => {
      const runs = [0, 1].map(() => {
        const machine = Machine.boot(options);
        const events: TraceEvent[] = [];
        machine.observer = (event) => events.push(event);
        const story = carryOut(machine, operations);
        return { story, events, texts: allTexts(machine), state: fingerprint(machine) };
      });
      expect(runs[0]).toEqual(runs[1]);
    }),
    RUNS,
  );
});

test('an observer changes nothing', () => {
  fc.assert(
    fc.property(anyMachine, anyOperations(30), (options, operations) => {
      const [alone, observed] = [Machine.boot(options), Machine.boot(options)];
      observed.observer = () => undefined;
      expect(carryOut(observed, operations)).toEqual(carryOut(alone, operations));
      expect(fingerprint(observed)).toBe(fingerprint(alone));
    }),
    { ...RUNS, numRuns: RUNS.numRuns / 2 },
  );
});

test('a run in slices of any size is the run at one go', () => {
  fc.assert(
    fc.property(
      anyMachine,
      anyOperations(30),
      fc.integer({ min: 100_000, max: 20e6 }),
      (options, operations, slice) => {
        const [whole, sliced] = [Machine.boot(options), Machine.boot(options)];
        expect(carryOut(sliced, operations, { slice })).toEqual(carryOut(whole, operations));
        expect(allTexts(sliced)).toBe(allTexts(whole));
        expect(fingerprint(sliced)).toBe(fingerprint(whole));
      },
    ),
    RUNS,
  );
});

test('a machine in the memory of one that is gone is as any', () => {
  fc.assert(
    fc.property(anyMachine, anyOperations(30), anyOperations(30), (options, operations, before) => {
      const fresh = Machine.boot(options);
      const story = carryOut(fresh, operations);
      const gone = Machine.boot(options);
      carryOut(gone, before);
      gone.retire();
      const next = Machine.boot(options);
      expect(carryOut(next, operations)).toEqual(story);
      expect(fingerprint(next)).toBe(fingerprint(fresh));
      const [loaded, again] = [next.fork(), next.fork()];
      loaded.retire();
      expect(fingerprint(next.fork())).toBe(fingerprint(again));
      next.retire();
    }),
    RUNS,
  );
});

test('another seed gives another run where something is left to chance', () => {
  const [one, two] = [1, 2].map((seed) => {
    const machine = Machine.boot({ seed });
    carryOut(machine, [
      { op: 'mkdir', path: '/a' },
      { op: 'spawn', task: 't0', cgroup: '/a' },
      { op: 'run', task: 't0', behaviour: stream('f', 300, { random: true, readahead: false }) },
    ]);
    return allTexts(machine);
  });
  expect(one).not.toBe(two);
});

const anyAccess: fc.Arbitrary<Access> = fc.record({
  time: fc.nat(5_000_000),
  page: fc.nat(200),
  count: fc.integer({ min: 1, max: 8 }),
  file: fc.nat(2),
  write: fc.boolean(),
});

const anyTrace = fc
  .array(anyAccess, { minLength: 1, maxLength: 300, size: 'max' })
  .map((accesses) => accesses.toSorted((a, b) => a.time - b.time));
const anySizes = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 });

test.each([
  [1, true],
  [1, false],
  [2, true],
  [2, false],
])('a trace fed in batches of any size is the same trace (cpus: %d, asap: %s)', (cpus, asap) => {
  fc.assert(
    fc.property(anyTrace, anySizes, (accesses, sizes) => {
      let fed = 0;
      const pieces = replayed(cpus, accesses, asap, () => sizes[fed++ % sizes.length]);
      const whole = replayed(cpus, accesses, asap, () => accesses.length);
      expect(allTexts(pieces)).toBe(allTexts(whole));
    }),
    { ...RUNS, endOnFailure: true },
  );
});

/** A machine that has replayed these accesses under a limit, with company, fed so many at a time. */
function replayed(cpus: number, accesses: readonly Access[], asap: boolean, size: () => number): Machine {
  const machine = Machine.boot({ cpus });
  carryOut(machine, [
    { op: 'mkdir', path: '/a' },
    { op: 'write', path: '/a/memory.low_wmark_in_bytes', data: new TextEncoder().encode('200K') },
    { op: 'write', path: '/a/memory.high_wmark_in_bytes', data: new TextEncoder().encode('300K') },
    { op: 'write', path: '/a/memory.limit_in_bytes', data: new TextEncoder().encode('400K') },
    { op: 'spawn', task: 't0', cgroup: '/a' },
    { op: 'spawn', task: 't1', cgroup: '/a' },
    { op: 'start', task: 't1', behaviour: stream('recorded', 150, { times: 5, block: pages(3) }) },
  ]);
  machine.perform({ op: 'run', task: 't0', behaviour: trace('recorded', asap) });
  for (;;) {
    const stop = machine.run(ns(machine.now + 10 * SECOND));
    if (stop.why !== 'needs') {
      expect(stop).toMatchObject({ why: 'done', result: { ok: true } });
      return machine;
    }
    const end = stop.record + Math.min(size(), accesses.length - stop.record);
    machine.feed(stop.source, batchOf(accesses.slice(stop.record, end)), end === accesses.length);
  }
}
