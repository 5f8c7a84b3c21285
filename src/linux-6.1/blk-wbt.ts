import { MILLISECOND } from '../kernel/units.ts';
import type { WriteBackThrottle } from './types.ts';

/** block/blk-wbt.c: how many requests that write may be on their way to the swap device. It grows for as long as it is used. */

/** RWB_DEF_DEPTH */
const DEPTH = 16;
/** Three quarters of the queue's 128 requests (rq_depth_calc_max_depth()). */
const MAX_DEPTH = 96;
/** RWB_WINDOW_NSEC; close_io() looks back as far: HZ/10. */
const WINDOW = 100 * MILLISECOND;
/** wbt_default_latency_nsec(), of a device that does not turn. */
const MIN_LATENCY = 2 * MILLISECOND;
/** RWB_MIN_WRITE_SAMPLES, RWB_UNKNOWN_BUMP */
const WRITE_SAMPLES = 3;
const UNKNOWN_BUMP = 5;

export const newThrottle = (): WriteBackThrottle => ({
  doubled: 0,
  unknown: 0,
  until: 0,
  reads: 0,
  writes: 0,
  lastRead: -WINDOW,
});

const depthOf = (doubled: number): number => Math.min(1 + (DEPTH - 1) * 2 ** doubled, MAX_DEPTH);

/** get_limit(): wb_normal, or wb_background shortly after a read, for a request that writes. `latency`: of a read, ns. */
export function writeLimit(throttle: WriteBackThrottle, now: number, latency: number): number {
  endWindows(throttle, now, latency);
  if (throttle.until === 0) throttle.until = now + WINDOW;
  throttle.writes += 1;
  const depth = depthOf(throttle.doubled);
  return now < throttle.lastRead + WINDOW ? (depth + 3) >> 2 : (depth + 1) >> 1;
}

/** wbt_issue(), wbt_done() */
export function wasRead(throttle: WriteBackThrottle, now: number, latency: number): void {
  endWindows(throttle, now, latency);
  throttle.reads += 1;
  throttle.lastRead = now;
}

/** wb_timer_fn(), for each window that has ended. */
function endWindows(throttle: WriteBackThrottle, now: number, latency: number): void {
  while (throttle.until > 0 && throttle.until <= now) {
    const { reads, writes } = throttle;
    if (reads > 0 && writes >= WRITE_SAMPLES && latency > MIN_LATENCY) throttle.doubled = 0;
    else if (writes > 0) deepen(throttle);
    else relax(throttle);
    throttle.reads = 0;
    throttle.writes = 0;
    throttle.until = throttle.doubled > 0 ? throttle.until + WINDOW : 0;
  }
}

/** scale_up() */
function deepen(throttle: WriteBackThrottle): void {
  if (depthOf(throttle.doubled) === MAX_DEPTH) return;
  throttle.doubled += 1;
  throttle.unknown = 0;
}

/** LAT_UNKNOWN: slowly back to where it began. */
function relax(throttle: WriteBackThrottle): void {
  throttle.unknown += 1;
  if (throttle.unknown < UNKNOWN_BUMP || throttle.doubled === 0) return;
  throttle.doubled -= 1;
  throttle.unknown = 0;
}
