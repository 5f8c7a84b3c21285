import { Observed } from '../../../src/dashboard/stage/observed.ts';
import { Past, type PastSettings } from '../../../src/dashboard/stage/past.ts';
import { PlayedMachine } from '../../../src/dashboard/stage/played-machine.ts';
import { Tape } from '../../../src/dashboard/stage/tape.ts';
import { type Nanoseconds, ns } from '../../../src/kernel/units.ts';
import { Machine, type MachineOptions, type Operation } from '../../../src/machine/machine.ts';
import { Track } from '../../../src/script/history/track.ts';
import { FEEDS, recordsFrom } from './recorded.ts';

/** Longest that an operation is waited for, beyond the time that it is to take, ns: some never end. */
const PATIENCE = 30e6;

/** To sleep is to sleep so long from now on. */
export const timed = (machine: { readonly now: Nanoseconds }, operation: Operation): Operation =>
  operation.op === 'sleep' ? { ...operation, until: ns(machine.now + operation.until) } : operation;

/** Until when an operation that begins now is waited for, ns. */
export const latest = (machine: { readonly now: Nanoseconds }, operation: Operation): number =>
  (operation.op === 'sleep' ? operation.until : machine.now) + PATIENCE;

export interface Recorded {
  readonly past: Past;
  readonly tape: Tape;
  readonly played: PlayedMachine;
}

/** Performs the operations one after the other, in slices, and records them. */
export function record(
  options: Partial<MachineOptions>,
  operations: readonly Operation[],
  slice: number,
  settings: Partial<PastSettings> = {},
): Recorded {
  const machine = Machine.boot(options);
  const tape = new Tape();
  const past = new Past({ tape, feeds: FEEDS, ...settings });
  const played = new PlayedMachine(new Observed(machine, new Track(machine)), tape, past, FEEDS);
  for (const each of operations) {
    const operation = timed(machine, each);
    if (played.perform(operation) !== null) continue;
    const late = latest(machine, operation);
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
export function plainRun(options: Partial<MachineOptions>, tape: Tape, time: number): Machine {
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
