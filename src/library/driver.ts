import { refuse } from '../kernel/errno.ts';
import { type Nanoseconds, ns } from '../kernel/units.ts';
import type { Machine, Result } from '../machine/machine.ts';
import type { HeldTraces } from './traces.ts';

/** Virtual time is exact up to here. */
const END_OF_TIME: Nanoseconds = ns(Number.MAX_SAFE_INTEGER);

/** Lets virtual time pass until what was begun (null) is done; an answer that is there already costs none. */
export function finish(
  machine: Machine,
  traces: HeldTraces,
  begun: Result<undefined> | null,
): Result<undefined> {
  if (begun !== null) return begun;
  for (;;) {
    const stop = machine.run(END_OF_TIME);
    if (stop.why === 'done') return stop.result;
    if (stop.why !== 'needs') {
      machine.interrupt();
      machine.run(machine.now);
      return refuse('EINTR', 'this never ends: what it waits for is stopped, idle or gone');
    }
    const { batch, last, files } = traces.read(stop.source, stop.record);
    machine.feed(stop.source, batch, last, files);
  }
}
