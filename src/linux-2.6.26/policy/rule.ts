import type { StepEnd } from '../../kernel/sched.ts';
import type { Bytes, Pages } from '../../kernel/units.ts';
import type { MemCgroup, Mm, Task } from '../../mm/types.ts';
import type { PolicyState } from './state.ts';

/**
 * A rule other than 3/4's. It speaks to the charge path through the counter's marks
 * alone, which are made anew when a knob or the limit is written; what a charge
 * above the start does is in heed.ts.
 */
export interface Rule<S extends PolicyState> {
  /** Of a new cgroup; some knobs are its parent's. */
  newState(parent: S | null): S;
  /** Where reclaim starts (above) and stops (at or below) under that limit, pages; null: nowhere. */
  marks(state: S, limit: Bytes): { readonly start: Pages; readonly stop: Pages } | null;
  /** The name of the cgroup's thread; null: it needs none, or none yet. */
  thread(state: S, id: number): string | null;
  /** One step of that thread. */
  step(mm: Mm, thread: Task, memcg: MemCgroup, state: S): StepEnd;
  /** After new marks were made; left out: they wake nobody. */
  marked?(mm: Mm, memcg: MemCgroup): void;
}
