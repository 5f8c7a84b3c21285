import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Player } from '../../../src/dashboard/stage/player.ts';
import { ns } from '../../../src/kernel/units.ts';
import { Machine, type MachineOptions } from '../../../src/machine/machine.ts';
import { unawaited } from '../../../src/session/operations.ts';
import { anyMachine, anyOperation, anyOperations } from '../../support/operations.ts';
import { fingerprint } from '../../support/texts.ts';
import { recordsFrom } from './recorded.ts';
import { latest, plainRun, type Recorded, record, timed } from './recording.ts';

const RUNS = { numRuns: 40 };
const anyShare = fc.double({ min: 0, max: 1, noNaN: true });
const anySlice = fc.integer({ min: 100_000, max: 20e6 });

async function expectEveryInstant(
  options: Partial<MachineOptions>,
  { past, tape, played }: Recorded,
  shares: readonly number[],
): Promise<void> {
  const { now } = played.machine;
  let near: Player | null = null;
  for (const share of [...shares, 0, 1]) {
    const time = now * share;
    const player = past.player(time, near);
    if (player === null) throw new Error(`nothing was recorded before ${time}`);
    expect(await player.to(time)).toBe(true);
    expect(fingerprint(player.machine)).toBe(fingerprint(plainRun(options, tape, time)));
    near = player;
  }
}

test('any instant of the past is the state of a plain run up to it', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyMachine,
      anyOperations(25),
      anySlice,
      fc.array(anyShare, { minLength: 1, maxLength: 4 }),
      async (options, operations, slice, shares) => {
        await expectEveryInstant(options, record(options, operations, slice, { spacing: 0 }), shares);
      },
    ),
    RUNS,
  );
});

test('also when there was no room for most of the states', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyMachine,
      anyOperations(25),
      fc.array(anyShare, { minLength: 1, maxLength: 3 }),
      async (options, operations, shares) => {
        const recorded = record(options, operations, 1e6, { spacing: 0, most: 400_000 });
        const { states } = recorded.past;
        expect(states.size <= 400_000 || states.length <= 2).toBe(true);
        expect(states.first?.time).toBe(0);
        await expectEveryInstant(options, recorded, shares);
      },
    ),
    { ...RUNS, numRuns: 20 },
  );
});

test('nor does it matter that somebody came in between while something was in hand', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyMachine,
      anyOperations(20),
      fc.array(anyOperation, { minLength: 1, maxLength: 6 }),
      fc.array(anyShare, { minLength: 1, maxLength: 3 }),
      async (options, operations, more, shares) => {
        const between = more.map(unawaited).filter(({ op }) => op !== 'sleep' && op !== 'wait-task');
        const recorded = record(options, operations, 2e6, { spacing: 0 });
        const { played, tape } = recorded;
        played.perform({
          op: 'wait-until',
          test: (machine) => machine.usage('/').usage > 20,
          until: ns(played.now + 20e6),
        });
        for (const operation of between) {
          if (played.run(ns(played.now + 1e6)).why !== 'time') break;
          const before = tape.length;
          await played.between(operation);
          expect(tape.length).toBeGreaterThan(before);
        }
        for (let i = 0; i < 30; i += 1) played.run(ns(played.now + 1e6));
        await expectEveryInstant(options, recorded, shares);
      },
    ),
    RUNS,
  );
});

test('a run that is recorded is the run that is not', () => {
  fc.assert(
    fc.property(anyMachine, anyOperations(25), anySlice, (options, operations, slice) => {
      const { played } = record(options, operations, slice);
      const machine = Machine.boot(options);
      for (const operation of operations) {
        const asked = timed(machine, operation);
        if (machine.perform(asked) !== null) continue;
        const late = latest(machine, asked);
        for (;;) {
          const stop = machine.run(ns(late));
          if (stop.why === 'done') break;
          if (stop.why === 'needs') {
            const { batch, last } = recordsFrom(stop.record);
            machine.feed(stop.source, batch, last);
          } else {
            machine.interrupt();
            machine.run(machine.now);
            break;
          }
        }
      }
      machine.run(ns(Math.ceil(machine.now) + 1e6));
      expect(fingerprint(played.machine)).toBe(fingerprint(machine));
    }),
    RUNS,
  );
});
