import {
  copyHistogram,
  type Histogram,
  histogramSince,
  newHistogram,
  percentile,
} from '../../kernel/histogram.ts';
import type { TraceEvent } from '../../kernel/trace.ts';
import { type Pages, pages } from '../../kernel/units.ts';
import type { CgroupLook, Machine } from '../../machine/machine.ts';
import { type Counted, count, grownSince } from '../../script/history/counts.ts';
import type { Measurement } from '../sweep.ts';

/** Looks at one group of a machine, from the end of the warm-up on. */
export class MeasurementWatch {
  readonly #machine: Machine;
  readonly #group: string;
  /** What the warm-up came to, which does not count. */
  #warmup: Counted | null = null;
  #zeroPasses = 0;
  #stalls: Histogram = newHistogram();
  #floor: Pages | null = null;

  constructor(machine: Machine, group: string) {
    this.#machine = machine;
    this.#group = group;
  }

  /** Virtual time of the machine, ns. */
  get now(): number {
    return this.#machine.now;
  }

  event(event: TraceEvent): void {
    if (event.type === 'warning' && event.cgroup === this.#group)
      this.#floor = pages(Math.max(this.#floor ?? 0, event.floor));
  }

  /** The warm-up is over: what was up to now does not count. */
  begin(): void {
    const look = this.#look();
    if (look === null) return;
    const { bgZeroPasses, stalls } = this.#machine.counters(this.#group);
    this.#warmup = count(this.now, [look]);
    this.#zeroPasses = bgZeroPasses;
    this.#stalls = copyHistogram(stalls);
  }

  /** Of a machine that has come to the script's end, or to what ended it; of a group that is gone nothing is known. */
  measurement(error: string | null): Measurement {
    const look = this.#look();
    const all = look === null ? null : this.#machine.counters(this.#group);
    const grown = look === null ? null : grownSince(this.#warmup, look);
    const stalls = all === null ? newHistogram() : histogramSince(all.stalls, this.#stalls);
    return {
      limitFailures: grown?.failures ?? 0,
      cpu: grown?.reclaimer ?? 0,
      wakeups: grown?.wakeups ?? 0,
      passes: grown?.passes ?? 0,
      zeroPasses: all === null ? 0 : Math.max(0, all.bgZeroPasses - this.#zeroPasses),
      scanned: grown?.scanned ?? 0,
      reclaimed: grown?.background ?? 0,
      refaults: look?.stat.refaults === null ? null : (grown?.refaults ?? 0),
      swapIn: grown?.swapIn ?? 0,
      swapOut: grown?.swapOut ?? 0,
      oomKills: grown?.oomKills ?? 0,
      stalls: stalls.count,
      stallTotal: Math.round(stalls.total),
      stallP50: Math.round(percentile(stalls, 0.5)),
      stallP99: Math.round(percentile(stalls, 0.99)),
      stallMax: Math.round(stalls.max),
      peak: look?.usage.max ?? pages(0),
      floor: this.#floor,
      elapsed: this.now,
      error,
    };
  }

  /** null: it is not there. */
  #look(): CgroupLook | null {
    return this.#machine.looks().find(({ path }) => path === this.#group) ?? null;
  }
}
