import { expect } from 'vitest';
import type { TraceEvent } from '../../src/kernel/trace.ts';
import { MILLISECOND, ns } from '../../src/kernel/units.ts';
import {
  Machine,
  type MachineOptions,
  type Operation,
  type Result,
  type Stop,
} from '../../src/machine/machine.ts';
import type { TraceBatch } from '../../src/task/behaviour.ts';
import { ReferenceMachine } from './machine.ts';
import { snapshotOf, snapshotOfReference } from './snapshot.ts';

/** Both machines do the same; what they show is compared after every operation, and all but the lists every 10 ms. */

const SLICE = 10 * MILLISECOND;

export interface LockStep {
  /** Longest that a behaviour is waited for, ns. */
  readonly patience: number;
  /** What a trace is fed. */
  readonly records: TraceBatch;
}

export function runInLockStep(
  options: Partial<MachineOptions>,
  operations: readonly Operation[],
  { patience, records }: LockStep,
): void {
  const machine = Machine.boot(options);
  const reference = new ReferenceMachine(options);
  const events: [TraceEvent[], TraceEvent[]] = [[], []];
  machine.observer = (event) => events[0].push(event);
  reference.observer = (event) => events[1].push(event);

  const compare = (withLists: boolean): void => {
    same(events[0], events[1]);
    for (const list of events) list.length = 0;
    same(snapshotOf(machine, withLists), snapshotOfReference(reference, withLists));
  };
  const runBoth = (until: number): Stop => {
    const stop = machine.run(ns(until));
    same(outcome(stop), outcome(reference.run(ns(until))));
    return stop;
  };

  for (const operation of operations) {
    const asked =
      operation.op === 'sleep' ? { ...operation, until: ns(machine.now + operation.until) } : operation;
    const answer = machine.perform(asked);
    same(errnoOf(answer), errnoOf(reference.perform(asked)));
    compare(true);
    const end = machine.now + patience;
    for (let inHand = answer === null; inHand; ) {
      const stop = runBoth(machine.now + SLICE);
      compare(stop.why === 'done');
      if (stop.why === 'needs') {
        machine.feed(stop.source, records, true);
        reference.feed(records);
      } else if (stop.why === 'done') {
        inHand = false;
      } else if (machine.now >= end && isBehaviour(operation)) {
        machine.interrupt();
        reference.interrupt();
      }
    }
  }
}

/** Of what else is waited for nobody can go on with it: rmdir and its like are waited for to their ends. */
const isBehaviour = ({ op }: Operation): boolean => op === 'run' || op === 'stop' || op === 'wait-task';

const errnoOf = (answer: Result<undefined> | null): string =>
  answer === null ? 'in hand' : answer.ok ? 'done' : answer.errno;
const outcome = (stop: Stop): string => (stop.why === 'done' ? errnoOf(stop.result) : stop.why);

/** Quickly where they are equal, and with a readable difference where they are not. */
function same(is: unknown, shouldBe: unknown): void {
  if (JSON.stringify(is) !== JSON.stringify(shouldBe)) expect(is).toEqual(shouldBe);
}
