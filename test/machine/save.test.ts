import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MILLISECOND, ns } from '../../src/kernel/units.ts';
import { Machine, type Operation, type SavedMachine } from '../../src/machine/machine.ts';
import { FORMAT } from '../../src/machine/save.ts';
import { anyMachine, anyOperations, carryOut, type Story } from '../support/operations.ts';
import { allTexts, fingerprint } from '../support/texts.ts';

const RUNS = { numRuns: 80 };

/** Goes on with the rest, and tells all that can be seen and all that is there. */
function future(
  machine: Machine,
  rest: readonly Operation[],
): { story: Story; texts: string; state: string } {
  const story = carryOut(machine, rest);
  return { story, texts: allTexts(machine), state: fingerprint(machine) };
}

const restored: Record<string, (saved: SavedMachine) => Machine> = {
  loaded: (saved) => Machine.load(saved),
  'loaded from a clone': (saved) => Machine.load(structuredClone(saved)),
  'loaded from a file': (saved) => Machine.load(deserialize(serialize(saved)) as SavedMachine),
  'loaded and forked': (saved) => Machine.load(saved).fork(),
};

test.each(Object.keys(restored))('a machine that was %s goes on to the byte as the original does', (how) => {
  fc.assert(
    fc.property(anyMachine, anyOperations(15), anyOperations(12), (options, before, rest) => {
      const machine = Machine.boot(options);
      carryOut(machine, before);
      const other = restored[how](machine.save());
      expect(future(other, rest)).toEqual(future(machine, rest));
    }),
    { ...RUNS, numRuns: RUNS.numRuns / 4 },
  );
});

test('a machine that another version saved is refused in a sentence that names both formats', () => {
  const saved = { ...Machine.boot().save(), format: 5 } as unknown as SavedMachine;
  expect(() => Machine.load(saved)).toThrow(
    new RangeError(`a machine saved in format 5 can not be loaded: this version reads format ${FORMAT}`),
  );
});

test('a machine can be saved in the middle of an operation', () => {
  fc.assert(
    fc.property(anyMachine, anyOperations(12), fc.nat(3_000_000), (options, before, time) => {
      const machine = Machine.boot(options);
      carryOut(machine, before);
      machine.perform({ op: 'sync' });
      machine.run(ns(machine.now + time));
      const other = machine.fork();
      const later = ns(machine.now + 100 * MILLISECOND);
      expect(other.run(later)).toEqual(machine.run(later));
      expect(fingerprint(other)).toBe(fingerprint(machine));
    }),
    { ...RUNS, numRuns: RUNS.numRuns / 4 },
  );
});

test('saving changes nothing', () => {
  fc.assert(
    fc.property(anyMachine, anyOperations(20), (options, operations) => {
      const [plain, saved] = [Machine.boot(options), Machine.boot(options)];
      const story = carryOut(plain, operations);
      expect(carryOut(saved, operations, { after: () => saved.save() })).toEqual(story);
      expect(fingerprint(saved)).toBe(fingerprint(plain));
    }),
    { ...RUNS, numRuns: RUNS.numRuns / 4 },
  );
});

test('what is handed over uncopied says what a copy says', () => {
  fc.assert(
    fc.property(anyMachine, anyOperations(20), (options, operations) => {
      const machine = Machine.boot(options);
      carryOut(machine, operations);
      const before = fingerprint(machine);
      const bytes = machine.withSaved((saved) => serialize(saved));
      expect(deserialize(bytes)).toEqual(machine.save());
      expect(fingerprint(machine)).toBe(before);
    }),
    { ...RUNS, numRuns: RUNS.numRuns / 4 },
  );
});

test('one saved machine has any number of futures that do not touch each other', () => {
  const machine = Machine.boot();
  carryOut(machine, [{ op: 'mkdir', path: '/a' }]);
  const saved = machine.save();
  const bytes = serialize(saved);
  const [one, two] = [Machine.load(saved), Machine.load(saved)];
  carryOut(one, [{ op: 'mkdir', path: '/one' }]);
  carryOut(two, [{ op: 'rmdir', path: '/a' }]);
  expect(one.cgroups()).toEqual(['/', '/a', '/one']);
  expect(two.cgroups()).toEqual(['/']);
  expect(machine.cgroups()).toEqual(['/', '/a']);
  expect(serialize(saved).equals(bytes)).toBe(true);
});
