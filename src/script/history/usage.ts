import { type Nanoseconds, ns, type Pages, pages, setOrNull, TIME_0 } from '../../kernel/units.ts';
import type { CgroupUsage, Operation } from '../../machine/machine.ts';
import { parentOf, renameIn } from '../paths.ts';
import { type History, MAX_SAMPLES, type Marks, type Sample } from '../result.ts';
import type { TheMachine } from '../world.ts';

const FIRST_INTERVAL = 1_000_000;
/** Cgroups with a chart of their own: the first so many. */
const MAX_CGROUPS = 256;

interface Track {
  samples: Sample[];
  marks: Marks[];
  /** What usage was between the last sample and the next. */
  seen: { min: Pages; max: Pages } | null;
}

/**
 * Looks at every cgroup's usage at even intervals of virtual time, for charts. The
 * interval doubles whenever a cgroup has MAX_SAMPLES, and pairs of samples become one.
 */
export class UsageRecorder {
  readonly #machine: TheMachine;
  readonly #tracks = new Map<string, Track>();
  #interval = FIRST_INTERVAL;
  #next: number = TIME_0;

  /** `on`: else it looks at nothing by itself. */
  constructor(machine: TheMachine, on = true) {
    this.#machine = machine;
    if (!on) this.#next = Infinity;
    this.look();
  }

  /** When it wants to look next. */
  get next(): Nanoseconds {
    return ns(this.#next);
  }

  /** Looks, if it is time to. */
  look(): void {
    const { now } = this.#machine;
    if (now < this.#next) return;
    for (const { path, usage } of this.#machine.usages()) this.#sample(path, now, usage);
    while (this.#isFull()) this.#coarsen();
    this.#next = (Math.floor(now / this.#interval) + 1) * this.#interval;
  }

  /** Usage where the reclaimer woke or fell asleep: the turning points, which no even interval would meet. */
  saw(path: string, usage: Pages): void {
    const track = this.#tracks.get(path);
    if (track === undefined) return;
    const { min, max } = track.seen ?? { min: usage, max: usage };
    track.seen = { min: usage < min ? usage : min, max: usage > max ? usage : max };
  }

  /** What an operation that succeeded means for the charts. */
  after(operation: Operation): void {
    if (operation.op === 'write') this.#mark(parentOf(operation.path));
    else if (operation.op === 'mkdir') this.#sample(operation.path, this.#machine.now);
    else if (operation.op === 'rmdir') this.#tracks.delete(operation.path);
    else if (operation.op === 'rename') renameIn(this.#tracks, operation.from, operation.to);
  }

  /** The cgroup's history up to now. */
  history(path: string): History {
    this.#sample(path, this.#machine.now);
    const track = this.#tracks.get(path);
    if (track !== undefined && track.samples.length > MAX_SAMPLES) this.#coarsen();
    return { samples: track?.samples ?? [], marks: track?.marks ?? [] };
  }

  #isFull(): boolean {
    for (const { samples } of this.#tracks.values()) if (samples.length >= MAX_SAMPLES) return true;
    return false;
  }

  #sample(path: string, now: Nanoseconds, looked?: CgroupUsage): void {
    let track = this.#tracks.get(path);
    if (track === undefined) {
      if (this.#tracks.size >= MAX_CGROUPS) return;
      track = { samples: [], marks: [], seen: null };
      this.#tracks.set(path, track);
    }
    const { usage } = looked ?? this.#machine.usage(path);
    const last = track.samples.at(-1);
    const { min, max } = track.seen ?? { min: usage, max: usage };
    track.seen = null;
    const sample = {
      time: now,
      min: usage < min ? usage : min,
      max: usage > max ? usage : max,
      last: usage,
    };
    if (last?.time === now) track.samples[track.samples.length - 1] = merged(last, sample);
    else track.samples.push(sample);
    this.#mark(path, looked);
  }

  #mark(path: string, looked?: CgroupUsage): void {
    const track = this.#tracks.get(path);
    if (track === undefined) return;
    const at = looked ?? this.#machine.usage(path);
    const [low, high, limit] = [setOrNull(at.low), setOrNull(at.high), setOrNull(at.limit)];
    const last = track.marks.at(-1);
    if (last !== undefined && last.low === low && last.high === high && last.limit === limit) return;
    const time = this.#machine.now;
    if (last?.time === time || track.marks.length >= MAX_SAMPLES) track.marks.pop();
    track.marks.push({ time, low, high, limit });
  }

  #coarsen(): void {
    this.#interval *= 2;
    for (const track of this.#tracks.values()) {
      const samples: Sample[] = [];
      let bucket = -1;
      for (const sample of track.samples) {
        const its = Math.ceil(sample.time / this.#interval);
        const last = samples.at(-1);
        if (last !== undefined && its === bucket) samples[samples.length - 1] = merged(last, sample);
        else samples.push(sample);
        bucket = its;
      }
      track.samples = samples;
    }
  }
}

const merged = (a: Sample, b: Sample): Sample => ({
  time: b.time,
  min: pages(Math.min(a.min, b.min)),
  max: pages(Math.max(a.max, b.max)),
  last: b.last,
});
