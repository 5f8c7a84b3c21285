import type { TraceEvent } from '../../kernel/trace.ts';
import { PAGE_SIZE, type Pages } from '../../kernel/units.ts';

interface At<T extends TraceEvent['type']> {
  type: T;
  time_ns: number;
  cgroup: string;
}

/** A trace event as `events --json` and `replay --events` have it, one a line. */
export type EventJson =
  /** A cgroup's reclaimer was started, or has ended. */
  | (At<'start' | 'stop'> & { pid: number })
  /** The reclaimer was woken, or fell asleep; or a charge met the limit. */
  | (At<'wake' | 'sleep' | 'limit-failure'> & { pid: number; usage_bytes: number })
  /** One reclaim pass ended, which `by`, a pid, ran. */
  | (At<'pass'> & {
      by: number;
      background: boolean;
      /** The node that it began with. */
      node: number;
      priority: number;
      scanned_pages: number;
      reclaimed_pages: number;
    })
  /** A pass has slept so long. */
  | (At<'nap'> & { pid: number; duration_ns: number })
  /** A stalled charge came to its outcome after so long. */
  | (At<'stall'> & { pid: number; duration_ns: number; charged: boolean })
  | {
      type: 'oom-kill';
      time_ns: number;
      /** null: the whole machine was out of memory. */
      cgroup: string | null;
      pid: number;
      task: string;
      /** It is a real process: it was chosen, and goes on. */
      spared?: boolean;
    }
  /** `floor_pages`: the lowest low that could be reached. */
  | (At<'warning'> & { text: string; floor_pages: number });

const bytes = (count: Pages): number => count * PAGE_SIZE;

export function eventJson(event: TraceEvent): EventJson {
  const { type, time: time_ns } = event;
  switch (type) {
    case 'start':
    case 'stop':
      return { type, time_ns, cgroup: event.cgroup, pid: event.pid };
    case 'wake':
    case 'sleep':
    case 'limit-failure':
      return { type, time_ns, cgroup: event.cgroup, pid: event.pid, usage_bytes: bytes(event.usage) };
    case 'pass': {
      const { cgroup, by, background, node, priority, scanned, reclaimed } = event;
      const pages = { scanned_pages: scanned, reclaimed_pages: reclaimed };
      return { type, time_ns, cgroup, by, background, node, priority, ...pages };
    }
    case 'nap':
      return { type, time_ns, cgroup: event.cgroup, pid: event.pid, duration_ns: event.duration };
    case 'stall': {
      const { cgroup, pid, duration, charged } = event;
      return { type, time_ns, cgroup, pid, duration_ns: duration, charged };
    }
    case 'oom-kill': {
      const { cgroup, pid, task, spared } = event;
      return { type, time_ns, cgroup, pid, task, ...(spared && { spared }) };
    }
    case 'warning':
      return { type, time_ns, cgroup: event.cgroup, text: event.text, floor_pages: event.floor };
  }
}
