import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeptRecords } from '../../../src/dashboard/stage/feeds.ts';
import { Observed } from '../../../src/dashboard/stage/observed.ts';
import { Past, type PastSettings } from '../../../src/dashboard/stage/past.ts';
import { PlayedMachine } from '../../../src/dashboard/stage/played-machine.ts';
import type { Player } from '../../../src/dashboard/stage/player.ts';
import { Tape } from '../../../src/dashboard/stage/tape.ts';
import { Track } from '../../../src/dashboard/stage/track.ts';
import { type Nanoseconds, ns } from '../../../src/kernel/units.ts';
import { Machine, type MachineOptions, type Operation } from '../../../src/machine.ts';
import { anyMachine, anyOperation, anyOperations } from '../../support/operations.ts';
import { fingerprint } from '../../support/texts.ts';
import { FEEDS, recordsFrom } from './recorded.ts';

const RUNS = { numRuns: 40, seed: 20080529 };
/** Longest that an operation is waited for, ns: some never end. */
const PATIENCE = 30e6;

const timed = (machine: { readonly now: Nanoseconds }, operation: Operation): Operation =>
  operation.op === 'sleep' ? { ...operation, until: ns(machine.now + operation.until) } : operation;

interface Recorded {
  readonly past: Past;
  readonly tape: Tape;
  readonly played: PlayedMachine;
}

/** Performs the operations one after the other, in slices, and records them. */
function record(
  options: Partial<MachineOptions>,
  operations: readonly Operation[],
  slice: number,
  settings: Partial<PastSettings> = {},
): Recorded {
  const machine = Machine.boot(options);
  const tape = new Tape();
  const past = new Past({ tape, feeds: FEEDS, records: new KeptRecords(), ...settings });
  const played = new PlayedMachine(new Observed(machine, new Track(machine)), tape, past);
  for (const operation of operations) {
    if (played.perform(timed(machine, operation)) !== null) continue;
    const late = machine.now + PATIENCE;
    for (;;) {
      const stop = played.run(ns(Math.min(late, machine.now + slice)));
      if (stop.why === 'done') break;
      if (stop.why === 'needs') {
        const { batch, last } = recordsFrom(stop.record);
        played.feed(stop.source, batch, last);
      } else if (machine.now >= late) {
        played.interrupt();
        played.run(machine.now);
        break;
      }
    }
  }
  played.run(ns(Math.ceil(machine.now) + 1e6));
  return { past, tape, played };
}

/** The same done by hand, up to this time. */
function plainRun(options: Partial<MachineOptions>, tape: Tape, time: number): Machine {
  const machine = Machine.boot(options);
  machine.observer = () => {};
  const run = (until: number): boolean => {
    for (;;) {
      const stop = machine.run(ns(until));
      if (stop.why !== 'needs') return stop.why === 'done';
      const { batch, last } = recordsFrom(stop.record);
      machine.feed(stop.source, batch, last);
    }
  };
  let inHand = false;
  for (let i = 0; ; i += 1) {
    const deed = tape.at(i);
    if (inHand) {
      const until = deed?.kind === 'interrupt' ? Math.min(deed.time, time) : time;
      inHand = !(machine.now < until && run(until));
      if (inHand && (deed === undefined || deed.time > time || deed.kind !== 'interrupt')) return machine;
    }
    if (deed === undefined || deed.time > time) break;
    if (deed.time > machine.now) run(deed.time);
    if (deed.kind === 'interrupt' && inHand) {
      machine.interrupt();
      machine.run(machine.now);
      inHand = false;
    } else if (deed.kind === 'operation') inHand = machine.perform(deed.operation) === null;
  }
  if (machine.now < time) run(time);
  return machine;
}

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
        const between = more.filter(({ op }) => op !== 'sleep' && op !== 'wait-task' && op !== 'run');
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
          await played.between(operation, async () => {});
          expect(tape.length).toBeGreaterThan(before);
        }
        for (let stop = played.run(ns(played.now + 1e6)); stop.why === 'time'; )
          stop = played.run(ns(played.now + 1e6));
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
        if (machine.perform(timed(machine, operation)) !== null) continue;
        const late = machine.now + PATIENCE;
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
