import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Dates } from '../../src/session/dates.ts';

const MS = 1e6;

test('what happened has the date at which it did, however virtual time went and stood', () => {
  const passed = fc.record({ wall: fc.nat(1e7), virtual: fc.nat(1e7) });
  fc.assert(
    fc.property(fc.array(passed, { maxLength: 100 }), (turns) => {
      let wall = 1e12;
      let virtual = 0;
      const dates = new Dates(() => wall, virtual);
      const happened = new Map<number, number>([[0, wall]]);
      for (const turn of turns) {
        wall += turn.wall;
        virtual += turn.virtual * MS;
        dates.note(virtual);
        happened.set(virtual, wall);
      }
      for (const [at, date] of happened) expect(Math.abs(dates.of(at) - date)).toBeLessThanOrEqual(10);
    }),
  );
});

test('of before its time dates are reckoned back, none lies ahead, and it does not grow for ever', () => {
  let wall = 1e12;
  const dates = new Dates(() => wall, 3000 * MS);
  expect([dates.of(1000 * MS), dates.of(4000 * MS)]).toEqual([1e12 - 2000, 1e12]);
  for (let i = 1; i <= 5000; i += 1) {
    wall += 1000;
    dates.note((3000 + i) * MS);
  }
  expect(dates.of(8000 * MS)).toBe(wall);
  expect(JSON.stringify(dates.of(7990 * MS))).toBe(`${wall - 10_000}`);
});
