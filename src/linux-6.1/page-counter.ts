import { type Bytes, PAGE_SHIFT } from '../kernel/units.ts';

/** mm/page_counter.c: counters in a hierarchy, in pages. A charge counts in all of those above, too. */

/** PAGE_COUNTER_MAX: no limit. */
export const PAGE_COUNTER_MAX = 2 ** 51 - 1;

/** Of a mark in bytes, rounded down, as page_counter_memparse() does: no more than a counter has. */
export const wholePages = (mark: Bytes): number =>
  Math.min(Number(mark >> BigInt(PAGE_SHIFT)), PAGE_COUNTER_MAX);

export interface PageCounter {
  parent: PageCounter | null;
  usage: number;
  /** The greatest usage so far; what a charge would have come to that was refused further up, too. */
  watermark: number;
  min: number;
  low: number;
  high: number;
  max: number;
  /** Effective protection, as the last look at it found: what the parent's is shared out to. */
  emin: number;
  elow: number;
  /** What of the usage min and low protect, and the sums of the children's. */
  minUsage: number;
  lowUsage: number;
  childrenMinUsage: number;
  childrenLowUsage: number;
}

export const newPageCounter = (parent: PageCounter | null): PageCounter => ({
  parent,
  usage: 0,
  watermark: 0,
  min: 0,
  low: 0,
  high: PAGE_COUNTER_MAX,
  max: PAGE_COUNTER_MAX,
  emin: 0,
  elow: 0,
  minUsage: 0,
  lowUsage: 0,
  childrenMinUsage: 0,
  childrenLowUsage: 0,
});

/** page_counter_try_charge(): null, or the counter whose limit it would break; then nothing is charged. */
export function tryChargeCounter(counter: PageCounter, pages: number): PageCounter | null {
  for (let at: PageCounter | null = counter; at !== null; at = at.parent) {
    const usage: number = at.usage + pages;
    if (usage > at.max) {
      for (let under: PageCounter = counter; under !== at && under.parent !== null; under = under.parent) {
        setUsage(under, under.usage - pages);
      }
      return at;
    }
    setUsage(at, usage);
    if (usage > at.watermark) at.watermark = usage;
  }
  return null;
}

/** page_counter_charge(): whatever the limits. */
export function chargeCounter(counter: PageCounter, pages: number): void {
  for (let at: PageCounter | null = counter; at !== null; at = at.parent) {
    setUsage(at, at.usage + pages);
    if (at.usage > at.watermark) at.watermark = at.usage;
  }
}

/** page_counter_uncharge() */
export function unchargeCounter(counter: PageCounter, pages: number): void {
  for (let at: PageCounter | null = counter; at !== null; at = at.parent) setUsage(at, at.usage - pages);
}

function setUsage(counter: PageCounter, usage: number): void {
  counter.usage = usage;
  propagateProtected(counter);
}

/** propagate_protected_usage(): what of the usage is protected counts in the parent's sum. */
export function propagateProtected(counter: PageCounter): void {
  const { parent } = counter;
  if (parent === null) return;
  if (counter.min > 0 || counter.minUsage > 0) {
    const used = Math.min(counter.usage, counter.min);
    parent.childrenMinUsage += used - counter.minUsage;
    counter.minUsage = used;
  }
  if (counter.low > 0 || counter.lowUsage > 0) {
    const used = Math.min(counter.usage, counter.low);
    parent.childrenLowUsage += used - counter.lowUsage;
    counter.lowUsage = used;
  }
}

/** How much can be charged here and in all above; the uppermost, the root's, has no limit. */
export function leastMargin(counter: PageCounter): number {
  let least = Infinity;
  for (let at = counter; at.parent !== null; at = at.parent) least = Math.min(least, margin(at));
  return least;
}

/** mem_cgroup_margin(): how much can be charged here, as far as this counter is asked. */
export const margin = ({ usage, max }: PageCounter): number => Math.max(0, max - usage);
