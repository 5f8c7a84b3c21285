import type {
  Answer,
  Clock,
  Detail,
  Details,
  Snapshot,
  Stage,
  WhatIf,
} from '../../../src/dashboard/stage/stage.ts';
import type { Nanoseconds } from '../../../src/kernel/units.ts';
import type { Curve } from '../../../src/script/history/track.ts';
import type { Speed } from '../../../src/session/protocol.ts';
import { BATCH, CLOCK, cgroup, FILES, SAWTOOTH, VIEW, WEB } from '../components/views.ts';

/** A stage on which nothing happens but what is asked for; everything asked is written down. */
export class FakeStage implements Stage {
  readonly name = 'fake';
  readonly kind = 'session';
  notices: readonly string[] = [];
  events: Details['events'] = [];
  readonly asked: string[] = [];
  answer: Answer = { ok: true, text: '' };
  candidates: readonly string[] = [];
  fork: WhatIf | null = null;
  #clock: Clock;
  readonly #listeners = new Set<() => void>();
  /** The answers to advance(). */
  moves = false;
  advances = 0;
  /** What goTo() waits for. */
  journey: Promise<void> = Promise.resolve();

  constructor(clock: Partial<Clock> = {}) {
    this.#clock = { ...CLOCK, paused: true, ...clock };
  }

  set(clock: Partial<Clock>): void {
    this.#clock = { ...this.#clock, ...clock };
    for (const changed of this.#listeners) changed();
  }

  subscribe(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  async advance(): Promise<boolean> {
    this.advances += 1;
    return this.moves;
  }

  clock(): Clock {
    return this.#clock;
  }

  snapshot(): Snapshot {
    return { ...VIEW.snapshot, cgroups: [cgroup('/'), WEB, cgroup('/web/db'), BATCH] };
  }

  detail<D extends Detail>(_path: string, what: D): Details[D] {
    const details: Details = { tasks: [], lists: [], files: FILES, events: this.events };
    return details[what];
  }

  told(): null {
    return null;
  }

  async toNextEvent(): Promise<boolean> {
    this.asked.push('next event');
    return false;
  }

  curve(): Curve {
    return SAWTOOTH;
  }

  async execute(line: string): Promise<Answer> {
    this.asked.push(line);
    return this.answer;
  }

  async complete(line: string): Promise<readonly string[]> {
    this.asked.push(`complete ${line}`);
    return this.candidates;
  }

  async pause(): Promise<void> {
    this.set({ paused: true });
  }

  async resume(): Promise<void> {
    this.set({ paused: false });
  }

  async setSpeed(speed: Speed): Promise<void> {
    this.set({ speed });
  }

  async step(time: Nanoseconds | null): Promise<void> {
    this.asked.push(`step ${time}`);
  }

  async goTo(time: Nanoseconds): Promise<void> {
    this.asked.push(`go ${time}`);
    await this.journey;
    this.set({ time, standing: 'past' });
  }

  async toPresent(): Promise<void> {
    this.set({ time: this.#clock.present, standing: 'present' });
  }

  async whatIf(line: string): Promise<Answer> {
    this.asked.push(`what if ${line}`);
    return this.answer;
  }

  dropFork(): void {
    this.asked.push('drop');
    this.fork = null;
  }

  async close(): Promise<void> {}
}
