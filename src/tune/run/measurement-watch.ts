import {
  copyHistogram,
  type Histogram,
  histogramSince,
  newHistogram,
  percentile,
} from '../../kernel/histogram.ts';
import type { TraceEvent } from '../../kernel/trace.ts';
import { type Pages, pages } from '../../kernel/units.ts';
import type { Machine } from '../../machine/machine.ts';
import { join } from '../../script/paths.ts';
import type { Measurement } from '../sweep.ts';

/** What only ever grows: a warm-up's share of it is taken off in the end. */
type Counts = Pick<
  Measurement,
  | 'limitFailures'
  | 'cpu'
  | 'wakeups'
  | 'passes'
  | 'zeroPasses'
  | 'scanned'
  | 'reclaimed'
  | 'refaults'
  | 'swapIn'
  | 'swapOut'
  | 'oomKills'
>;

const NOTHING: Counts = {
  limitFailures: 0,
  cpu: 0,
  wakeups: 0,
  passes: 0,
  zeroPasses: 0,
  scanned: 0,
  reclaimed: 0,
  refaults: 0,
  swapIn: 0,
  swapOut: 0,
  oomKills: 0,
};

/** Looks at one group of a machine, from the end of the warm-up on. */
export class MeasurementWatch {
  readonly #machine: Machine;
  readonly #group: string;
  #before: Counts = NOTHING;
  #stallsBefore: Histogram = newHistogram();
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
    this.#before = this.#counts();
    this.#stallsBefore = copyHistogram(this.#stalls());
  }

  /** Of a machine that has come to the script's end, or to what ended it. */
  measurement(error: string | null): Measurement {
    const stalls = histogramSince(this.#stalls(), this.#stallsBefore);
    return {
      ...less(this.#counts(), this.#before),
      stalls: stalls.count,
      stallTotal: Math.round(stalls.total),
      stallP50: Math.round(percentile(stalls, 0.5)),
      stallP99: Math.round(percentile(stalls, 0.99)),
      stallMax: Math.round(stalls.max),
      peak: this.#isThere() ? this.#machine.usage(this.#group).max : pages(0),
      floor: this.#floor,
      elapsed: this.#machine.now,
      error,
    };
  }

  #stalls(): Histogram {
    return this.#isThere() ? this.#machine.counters(this.#group).stalls : newHistogram();
  }

  #isThere(): boolean {
    return this.#machine.list(this.#group).ok;
  }

  #counts(): Counts {
    if (!this.#isThere()) return NOTHING;
    const stat = this.#machine.reclaimStat(this.#group);
    const failcnt = this.#machine.read(join(this.#group, 'memory.failcnt'));
    return {
      limitFailures: failcnt.ok ? Number(failcnt.value) : 0,
      cpu: stat.bg_cpu_ns,
      wakeups: stat.bg_wakeups,
      passes: stat.bg_passes,
      zeroPasses: this.#machine.counters(this.#group).bgZeroPasses,
      scanned: stat.bg_scanned,
      reclaimed: stat.bg_reclaimed,
      refaults: stat.refaults,
      swapIn: stat.swap_in,
      swapOut: stat.swap_out,
      oomKills: stat.oom_kills,
    };
  }
}

const less = (all: Counts, before: Counts): Counts => ({
  limitFailures: all.limitFailures - before.limitFailures,
  cpu: all.cpu - before.cpu,
  wakeups: all.wakeups - before.wakeups,
  passes: all.passes - before.passes,
  zeroPasses: all.zeroPasses - before.zeroPasses,
  scanned: all.scanned - before.scanned,
  reclaimed: all.reclaimed - before.reclaimed,
  refaults: all.refaults - before.refaults,
  swapIn: all.swapIn - before.swapIn,
  swapOut: all.swapOut - before.swapOut,
  oomKills: all.oomKills - before.oomKills,
});
