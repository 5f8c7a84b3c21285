import { NICE_0_WEIGHT, SCHED_LATENCY } from '../../kernel/sched-tunables.ts';
import { BLOCK_WORDS } from '../layout.ts';
import * as at from '../lone-words.ts';
import { PC_ACTIVE, PG_ACTIVE, PG_LOCKED, PG_REFERENCED } from '../page-flags.ts';
import { markPageAccessed } from './access.ts';
import { comeIn, markFolioAccessed, mayComeIn, mayFill } from './folio.ts';
import { enter } from './frames.ts';
import { ages, ahead, counts, flags, place, places, slots, times, window } from './memory.ts';
import { isSettled, settle } from './settled.ts';

/** Of such a page a touch is noted once, and changes nothing then as long as it is on its list. */
const ON_ACTIVE = PG_ACTIVE | PC_ACTIVE;

/**
 * Page cache that is read page by page, each in a system call of its own: pages that are there are
 * touched, and, for a task that is the only one about (lone-words.ts), those that are not are
 * charged, asked for, slept for, there and touched, at once. Not a page or a nanosecond differs from
 * the long way through bringIn() and the scheduler's events.
 */

/**
 * Loads what readPages() is going to look at of the first `count` pages of the window, and does nothing with it: without
 * a branch between them such loads wait for memory all at once, where one that decides what is done next waits alone.
 */
export function lookAhead(count: i32): void {
  let seen = 0;
  for (let i = 0; i < count; i += 1) {
    const slot = max(window[i], 0);
    ahead[i] = isSettled(slot) ? 0 : slot;
  }
  if (counts[at.FOLIOS] !== 0) {
    // Of a page that was evicted, when: its refault is judged by that.
    for (let i = 0; i < count; i += 1) seen |= ages[ahead[i] & (slots[ahead[i]] >> 31)];
  }
  for (let i = 0; i < count; i += 1) ahead[i] = max(slots[ahead[i]], 0);
  for (let i = 0; i < count; i += 1) {
    const page = ahead[i];
    const due = (flags[page] & (PG_ACTIVE | PG_REFERENCED)) === PG_REFERENCED;
    ahead[i] = place[page & -i32(due)];
  }
  for (let i = 0; i < count; i += 1) seen |= places[ahead[i]] | places[ahead[i] & -BLOCK_WORDS];
  // Else nothing would need these loads, and there would be none; it is no part of the state.
  ahead[0] = seen;
}

/**
 * Reads the pages whose slots stand in `window` from `from` to `to` - 1, at most `calls` before the step
 * ends, and says in `counts` and `times` what that took. Answers where it stopped: a slot that is none (below 0), a
 * page that is locked, one that is not the task's cgroup's to activate, or one that is not there and can't be read here (none from `missesTo` on can).
 */
export function readPages(from: i32, to: i32, calls: i32, missesTo: i32): i32 {
  const hit = times[at.HIT];
  const room = counts[at.ROOM];
  const stepCalls = counts[at.CALLS];
  const list = counts[at.LIST];
  const owner = counts[at.OWNER];
  const bits = counts[at.FLAGS];
  const shadow = -1 - owner;
  const folios = counts[at.FOLIOS] !== 0;
  let left = calls;
  let hits = 0;
  let misses = 0;
  let refaults = 0;
  let last = -1;
  let i = from;
  for (; i < to && left > 0; i += 1) {
    const slot = window[i];
    if (slot < 0) break;
    if (isSettled(slot)) {
      hits += 1;
      left -= 1;
      continue;
    }
    const page = slots[slot];
    if (page > 0) {
      const bits = flags[page];
      if ((bits & PG_LOCKED) !== 0) break;
      if ((bits & ON_ACTIVE) === ON_ACTIVE) {
        flags[page] = bits | PG_REFERENCED;
        settle(slot);
      } else if (!folios) {
        markPageAccessed(page);
      } else if (!markFolioAccessed(page)) {
        break;
      }
      hits += 1;
      left -= 1;
      continue;
    }
    times[at.COST] += <f64>hits * hit;
    hits = 0;
    if (i >= missesTo || misses >= room) break;
    if (folios) {
      if (!mayComeIn(slot) || !mayFill(slot) || !sleepForDisk()) break;
      comeIn(slot, bits);
    } else {
      if (!sleepForDisk()) break;
      if (page === shadow) refaults += 1;
      enter(slot, list, owner, bits);
    }
    misses += 1;
    last = i;
    left = stepCalls - 1;
  }
  times[at.COST] += <f64>hits * hit;
  counts[at.ROOM] -= misses;
  counts[at.MISSES] += misses;
  counts[at.REFAULTS] += refaults;
  counts[at.LAST] = last;
  counts[at.LEFT] = left;
  return i;
}

/**
 * The task asks the disk for one page, goes on until its step ends, sleeps until the disk is ready, and
 * begins its next step, as the scheduler's runOneEvent() would have it in three events. False, and
 * nothing is done: that step does not begin while it is alone.
 */
function sleepForDisk(): bool {
  const spent = times[at.COST] + times[at.SYSCALL] + times[at.CHARGE];
  const freeAt = max(times[at.FREE_AT], times[at.NOW] + spent) + times[at.PER_REQUEST] + times[at.PER_PAGE];
  const leaves = times[at.CPU_NOW] + spent;
  const woken = freeAt + times[at.LATENCY];
  const begins = max(leaves, woken + times[at.WAKE_LATENCY]) + times[at.CONTEXT_SWITCH];
  if (begins >= times[at.UNTIL]) return false;
  times[at.FREE_AT] = freeAt;
  times[at.SUM_EXEC] += spent;
  const vruntime = times[at.VRUNTIME] + (spent * NICE_0_WEIGHT) / <f64>counts[at.WEIGHT];
  const least = max(times[at.MIN_VRUNTIME], vruntime);
  times[at.MIN_VRUNTIME] = least;
  // place_entity()
  times[at.VRUNTIME] = max(vruntime, least - SCHED_LATENCY);
  times[at.LEFT_AT] = leaves;
  times[at.WAITED] += woken - leaves;
  times[at.CPU_NOW] = begins;
  times[at.NOW] = begins;
  times[at.COST] = times[at.COPY];
  return true;
}
