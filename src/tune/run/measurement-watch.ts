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

/** What is kept of a run while it goes on. */
export interface Watched {
  /** The warm-up is over. */
  readonly isWarm: boolean;
  /** What it came to, which does not count; null: nothing. */
  readonly warmup: Counted | null;
  readonly zeroPasses: number;
  readonly stalls: Histogram;
  readonly floor: Pages | null;
  /** Since the warm-up, ns. */
  readonly waited: number;
}

/** Of a run that begins, with a warm-up of so many ns. */
const unwatched = (warmup: number): Watched => ({
  isWarm: warmup === 0,
  warmup: null,
  zeroPasses: 0,
  stalls: newHistogram(),
  floor: null,
  waited: 0,
});

/** How a run is watched. */
interface Watching {
  readonly group: string;
  /** ns. */
  readonly warmup: number;
  /** See Point.mostWaited. */
  readonly mostWaited?: number | undefined;
}

/** Looks at one group of a machine, from the end of the warm-up on. */
export class MeasurementWatch {
  readonly #machine: Machine;
  readonly #group: string;
  readonly #mostWaited: number;
  #watched: Watched;
  #stopped: Measurement | null = null;

  /** `watched`: what was kept of the run up to here; left out: it begins. */
  constructor(
    machine: Machine,
    { group, warmup, mostWaited = Infinity }: Watching,
    watched = unwatched(warmup),
  ) {
    this.#machine = machine;
    this.#group = group;
    this.#mostWaited = mostWaited;
    this.#watched = watched;
  }

  get watched(): Watched {
    return this.#watched;
  }

  /** Virtual time of the machine, ns. */
  get now(): number {
    return this.#machine.now;
  }

  /** More was waited than it may be: nobody needs the rest of the run. */
  get isStopped(): boolean {
    return this.#stopped !== null;
  }

  event(event: TraceEvent): void {
    if (event.cgroup !== this.#group) return;
    if (event.type === 'stall') this.#stall(event);
    if (event.type !== 'warning') return;
    const floor = pages(Math.max(this.#watched.floor ?? 0, event.floor));
    this.#watched = { ...this.#watched, floor };
  }

  /** Figures are taken at this event, for the machine itself stops where the wall clock has it. */
  #stall({ duration, time }: Extract<TraceEvent, { type: 'stall' }>): void {
    if (!this.#watched.isWarm || this.#stopped !== null) return;
    const waited = this.#watched.waited + duration;
    this.#watched = { ...this.#watched, waited };
    if (waited > this.#mostWaited)
      this.#stopped = { ...this.#measured(null, time), stopped: this.#mostWaited };
  }

  /** The warm-up is over: what was up to now does not count. */
  begin(): void {
    this.#watched = { ...this.#watched, isWarm: true };
    const look = this.#look();
    if (look === null) return;
    const { bgZeroPasses, stalls } = this.#machine.counters(this.#group);
    const warmup = count(this.now, [look]);
    this.#watched = { ...this.#watched, warmup, zeroPasses: bgZeroPasses, stalls: copyHistogram(stalls) };
  }

  /** Of a machine that has come to the script's end, or to what ended it; of a group that is gone nothing is known. */
  measurement(error: string | null): Measurement {
    return this.#stopped ?? this.#measured(error, this.now);
  }

  #measured(error: string | null, elapsed: number): Measurement {
    const { warmup, zeroPasses, floor, stalls: before } = this.#watched;
    const look = this.#look();
    const all = look === null ? null : this.#machine.counters(this.#group);
    const grown = look === null ? null : grownSince(warmup, look);
    const stalls = all === null ? newHistogram() : histogramSince(all.stalls, before);
    return {
      limitFailures: grown?.failures ?? 0,
      cpu: grown?.reclaimer ?? 0,
      wakeups: grown?.wakeups ?? 0,
      passes: grown?.passes ?? 0,
      zeroPasses: all === null ? 0 : Math.max(0, all.bgZeroPasses - zeroPasses),
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
      floor,
      elapsed,
      error,
    };
  }

  /** null: it is not there. */
  #look(): CgroupLook | null {
    return this.#machine.looks().find(({ path }) => path === this.#group) ?? null;
  }
}
