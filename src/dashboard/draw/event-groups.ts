import type { TraceEvent } from '../../kernel/trace.ts';
import type { Nanoseconds } from '../../kernel/units.ts';

/** Passes and stalls come by the thousand: those that belong together are told together. */
export type EventGroup =
  | { readonly kind: 'one'; readonly event: TraceEvent }
  | { readonly kind: 'many'; readonly together: Together };

export interface Together {
  readonly cgroup: string;
  readonly background: boolean;
  readonly from: Nanoseconds;
  to: Nanoseconds;
  passes: number;
  scanned: number;
  freed: number;
  failures: number;
  stalls: number;
  /** Stalls that ended without a page. */
  inVain: number;
  waited: number;
}

/** Longer than this is told in parts: so that one sees when it was, ns. */
const LONGEST = 1e9;

/**
 * Events with the passes of a reclaimer between two of its own events taken together, and likewise
 * the limit failures, passes and stalls of tasks. Sorted as the first of each group.
 */
export function groupEvents(events: readonly TraceEvent[]): readonly EventGroup[] {
  const known = GROUPED.get(events);
  if (known !== undefined) return known;
  const groups = grouped(events);
  GROUPED.set(events, groups);
  return groups;
}

/** The same events are asked for at every key, and there may be thousands of them. */
const GROUPED = new WeakMap<readonly TraceEvent[], readonly EventGroup[]>();

function grouped(events: readonly TraceEvent[]): EventGroup[] {
  const groups: EventGroup[] = [];
  const inBackground = new Map<string | null, Together>();
  const byTasks = new Map<string | null, Together>();
  for (const event of events) {
    // Their passes say enough.
    if (event.type === 'nap') continue;
    if (event.type !== 'pass' && event.type !== 'stall' && event.type !== 'limit-failure') {
      groups.push({ kind: 'one', event });
      inBackground.delete(event.cgroup);
      byTasks.delete(event.cgroup);
      continue;
    }
    const background = event.type === 'pass' && event.background;
    const open = background ? inBackground : byTasks;
    let together = open.get(event.cgroup);
    if (together === undefined || event.time - together.from > LONGEST) {
      together = begin(event.cgroup, background, event.time);
      open.set(event.cgroup, together);
      groups.push({ kind: 'many', together });
    }
    add(together, event);
  }
  return groups;
}

const begin = (cgroup: string, background: boolean, time: Nanoseconds): Together => ({
  ...{ cgroup, background, from: time, to: time, passes: 0, scanned: 0, freed: 0 },
  ...{ failures: 0, stalls: 0, inVain: 0, waited: 0 },
});

function add(
  together: Together,
  event: Extract<TraceEvent, { type: 'pass' | 'stall' | 'limit-failure' }>,
): void {
  together.to = event.time;
  if (event.type === 'pass') {
    together.passes += 1;
    together.scanned += event.scanned;
    together.freed += event.reclaimed;
  } else if (event.type === 'stall') {
    together.stalls += 1;
    together.waited += event.duration;
    if (!event.charged) together.inVain += 1;
  } else together.failures += 1;
}
