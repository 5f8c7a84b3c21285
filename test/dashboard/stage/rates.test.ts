import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Player } from '../../../src/dashboard/stage/player.ts';
import { snapshotOf } from '../../../src/dashboard/stage/view.ts';
import { ns } from '../../../src/kernel/units.ts';
import type { MachineOptions, Operation } from '../../../src/machine/machine.ts';
import { type Base, count, ratesSince } from '../../../src/script/history/counts.ts';
import { anyMachine, anyOperations } from '../../support/operations.ts';
import { plainRun, type Recorded, record } from './recording.ts';
import { ms, openFixture, toTheEnd } from './scripts.ts';

const RUNS = { numRuns: 60 };

/** Odd: nothing is done at a time at which the counters are counted. */
const anyGap = fc.integer({ min: 0, max: 350e6 }).map((gap) => 2 * gap + 1);
/** Some of them a while after the one before. */
const anyStory: fc.Arbitrary<readonly Operation[]> = fc
  .tuple(anyOperations(12), fc.array(anyGap, { minLength: 12, maxLength: 12 }))
  .map(([operations, gaps]) =>
    operations.flatMap((operation, i): Operation[] =>
      i % 3 === 0 ? [{ op: 'sleep', until: ns(gaps[i % gaps.length] ?? 1) }, operation] : [operation],
    ),
  );

/** What is told of an instant, and what of it can be counted in a machine that nobody looks at. */
async function instant(
  options: Partial<MachineOptions>,
  recorded: Recorded,
  time: number,
  near: Player | null,
) {
  const { past, tape } = recorded;
  const player = past.player(time, near);
  if (player === null) throw new Error(`nothing was recorded before ${time}`);
  await player.to(time);
  const told = snapshotOf(player.observed).cgroups.map(({ path, rates, health }) => ({
    path,
    rates,
    health,
  }));
  const from = Math.max(0, Math.floor((time - 1e9) / 1e8) * 1e8);
  const base: Base = {
    time: from,
    counted: from === 0 ? null : count(from, plainRun(options, tape, from).looks()),
  };
  const looks = plainRun(options, tape, time).looks();
  const counted = looks.map((look) => ({ path: look.path, rates: ratesSince(base, look, ns(time)) }));
  return { player, told, counted };
}

test('rates of the past are what a machine that nobody looks at has counted since, however it was recorded', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyMachine,
      anyStory,
      fc.integer({ min: 5e6, max: 200e6 }),
      fc.integer({ min: 5e6, max: 200e6 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }),
      async (options, story, slice, other, shares) => {
        const often = record(options, story, slice, { spacing: 5 });
        const seldom = record(options, story, other, { spacing: 1e9 });
        let near: Player | null = null;
        for (const share of shares) {
          const time = Math.floor(often.played.now * share);
          const { player, told, counted } = await instant(options, often, time, near);
          near = player;
          expect(told.map(({ path, rates }) => ({ path, rates }))).toEqual(counted);
          expect((await instant(options, seldom, time, null)).told).toEqual(told);
        }
      },
    ),
    RUNS,
  );
}, 60_000);

describe('what is told of a recorded trace', () => {
  test('is the same at every way to it', async () => {
    const told: unknown[] = [];
    for (const step of [13, 70, 1000]) {
      const stage = await openFixture('real-trace');
      await toTheEnd(stage, ms(step));
      const here: unknown[] = [];
      for (const time of [2000, 500, 2000, 1250]) {
        await stage.goTo(ms(time));
        here.push(stage.snapshot().cgroups.map(({ path, rates, health }) => ({ path, rates, health })));
      }
      expect(here[2]).toEqual(here[0]);
      told.push(here);
      await stage.close();
    }
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  }, 60_000);
});
