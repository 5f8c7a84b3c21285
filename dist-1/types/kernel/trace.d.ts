import type { Nanoseconds, Pages } from './units.ts';
/**
 * Trace events: what the machine tells its observers. They are output, not
 * state; a machine without an observer makes none.
 */
export type TraceEvent = 
/** A cgroup's reclaimer was started (by a write of high, or by reclaimd). */
{
    readonly type: 'start';
    readonly time: Nanoseconds;
    readonly cgroup: string;
    readonly pid: number;
} | {
    readonly type: 'stop';
    readonly time: Nanoseconds;
    readonly cgroup: string;
    readonly pid: number;
}
/** A charge above the high mark woke the waiting reclaimer. */
 | {
    readonly type: 'wake';
    readonly time: Nanoseconds;
    readonly cgroup: string;
    readonly pid: number;
    readonly usage: Pages;
}
/** The reclaimer found usage at or below low, and sleeps. */
 | {
    readonly type: 'sleep';
    readonly time: Nanoseconds;
    readonly cgroup: string;
    readonly pid: number;
    readonly usage: Pages;
}
/** One reclaim pass ended. `by` is the pid that ran it. */
 | {
    readonly type: 'pass';
    readonly time: Nanoseconds;
    readonly cgroup: string;
    readonly by: number;
    readonly background: boolean;
    /** The node that it began with. */
    readonly node: number;
    readonly priority: number;
    readonly scanned: Pages;
    readonly reclaimed: Pages;
}
/** A charge met the limit: failcnt rose by one. */
 | {
    readonly type: 'limit-failure';
    readonly time: Nanoseconds;
    readonly cgroup: string;
    readonly pid: number;
    readonly usage: Pages;
}
/** A pass has slept `duration` ns in congestion_wait() between two priorities. */
 | {
    readonly type: 'nap';
    readonly time: Nanoseconds;
    readonly cgroup: string;
    readonly pid: number;
    readonly duration: Nanoseconds;
}
/** A stalled charge came to its outcome. */
 | {
    readonly type: 'stall';
    readonly time: Nanoseconds;
    readonly cgroup: string;
    readonly pid: number;
    readonly duration: Nanoseconds;
    readonly charged: boolean;
}
/** The OOM killer chose a task; `cgroup` is null when the whole machine was out of memory. */
 | {
    readonly type: 'oom-kill';
    readonly time: Nanoseconds;
    readonly cgroup: string | null;
    readonly pid: number;
    readonly task: string;
    /** It is a real process: it was chosen, and goes on. */
    readonly spared?: boolean;
} | {
    readonly type: 'warning';
    readonly time: Nanoseconds;
    readonly cgroup: string;
    readonly text: string;
    readonly floor: Pages;
};
export type TraceEventType = TraceEvent['type'];
export type Observer = (event: TraceEvent) => void;
