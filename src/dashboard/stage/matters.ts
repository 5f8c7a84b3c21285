import type { TraceEvent, TraceEventType } from '../../kernel/trace.ts';
import { type Nanoseconds, ns } from '../../kernel/units.ts';

/** What is worth a look when one goes from event to event; and how near to the last of its kind one is not, ns. */
const MATTERS: Partial<Record<TraceEventType, number>> = {
  start: 0,
  wake: 0,
  sleep: 0,
  warning: 0,
  'oom-kill': 0,
  'limit-failure': 1e8,
  stall: 1e8,
};

/** The instant after the next one after this time; null: none is known. Stalls and failures in a row are one. */
export function nextThatMatters(events: readonly TraceEvent[], after: number): Nanoseconds | null {
  const last = new Map<string, number>();
  for (const { type, time, cgroup } of events) {
    const apart = MATTERS[type];
    if (apart === undefined) continue;
    const key = `${apart === 0 ? type : 'trouble'} ${cgroup}`;
    const before = last.get(key) ?? Number.NEGATIVE_INFINITY;
    last.set(key, time);
    if (time > after && (apart === 0 || time - before > apart)) return ns(Math.ceil(time) + 1);
  }
  return null;
}
