import { type Nanoseconds, ns } from '../../kernel/units.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Curve } from '../../script/history/track.ts';
import type { Speed } from '../../session/protocol.ts';
import { recall } from './asking.ts';
import { changesSomething } from './changes.ts';
import type { Completer, MachineNames } from './completer.ts';
import { Fine } from './fine.ts';
import { Fork, type ForkSettings } from './fork.ts';
import { nextThatMatters } from './matters.ts';
import type { Observed } from './observed.ts';
import type { Past } from './past.ts';
import type { Player } from './player.ts';
import type { Answer, Clock, Detail, Details, Snapshot, Stage, Standing, ToldLine, WhatIf } from './stage.ts';
import { detailOf, snapshotOf } from './view.ts';

/** The machine that is recorded: as it is now, and its past. */
export interface Recording {
  readonly observed: Observed;
  readonly past: Past;
}

/** Wall time that a fork may take of a frame, and how long going back goes on without letting others have a turn, ms. */
const FORK_TURN = 25;
const PAST_TURN = 30;

/** What both stages have in common: where the one who looks stands, the past, and the fork. */
export abstract class BaseStage implements Stage {
  abstract readonly name: string;
  abstract readonly kind: Stage['kind'];
  abstract advance(): Promise<boolean>;
  abstract setSpeed(speed: Speed): Promise<void>;
  abstract close(): Promise<void>;
  /** As of now: it may become another. */
  protected abstract readonly recording: Recording;
  protected abstract readonly forkSettings: ForkSettings;
  protected abstract presentClock(): Omit<Clock, 'time' | 'standing' | 'begin'>;
  protected abstract setPresentPaused(paused: boolean): Promise<void>;
  /** Lets the present go on for a little, to see whether something happens; false: that is not for who looks to do. */
  protected abstract searchOn(): Promise<boolean>;
  protected abstract stepPresent(time: Nanoseconds | null): Promise<void>;
  protected abstract askPresent(line: string): Promise<Answer>;
  /** A player that stands where the present machine does, to leave from. */
  protected abstract presentPlayer(): Promise<Player>;

  readonly #group: string;
  readonly #complete: Completer | null;
  readonly #listeners = new Set<() => void>();
  readonly #notices: string[] = [];
  #past: Player | null = null;
  /** When the past that is played was gone on with last, ms of the wall; null: it stands still. */
  #playedAt: number | null = null;
  #fork: Fork | null = null;
  #inFork = false;
  readonly #fine = new Fine(() => this.changed());
  #journey = 0;
  #travelling: Promise<void> = Promise.resolve();
  #told = false;
  #snapshot: { readonly of: Observed; readonly version: number; readonly snapshot: Snapshot } | null = null;

  constructor(group: string, complete: Completer | null) {
    this.#group = group;
    this.#complete = complete;
  }

  get notices(): readonly string[] {
    return this.#notices;
  }

  get fork(): WhatIf | null {
    return this.#fork;
  }

  subscribe(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => {
      this.#listeners.delete(changed);
    };
  }

  clock(): Clock {
    const present = this.presentClock();
    const standing = this.#stands;
    const begin = ns(Math.min(this.recording.past.begin, present.present));
    const time = standing === 'present' ? present.present : ns(Math.floor(this.#seen.machine.now));
    const paused = standing === 'past' ? this.#playedAt === null : present.paused;
    return { ...present, paused, time, standing, begin };
  }

  snapshot(): Snapshot {
    const seen = this.#seen;
    const { version } = seen;
    if (this.#snapshot?.of !== seen || this.#snapshot.version !== version)
      this.#snapshot = { of: seen, version, snapshot: snapshotOf(seen) };
    return this.#snapshot.snapshot;
  }

  told(): ToldLine | null {
    return null;
  }

  detail<D extends Detail>(path: string, what: D, room: number): Details[D] {
    return detailOf(this.#seen, path, what, room);
  }

  curve(path: string, from: Nanoseconds, to: Nanoseconds, count: number): Curve {
    const { past, observed } = this.recording;
    const { track, machine } = observed;
    const at = this.#past?.machine.now ?? machine.now;
    const isOver = to <= machine.now;
    const until = ns(Math.min(to, machine.now));
    if ((isOver || this.presentClock().paused) && until > from) {
      const cells = Math.ceil((count * (until - from)) / (to - from));
      // What is done while time stands still makes another end of it.
      const stretch = { from, to: until, count: cells, version: isOver ? 0 : observed.version };
      const fine = this.#fine.curve(past, this.forkSettings, path, at, stretch);
      if (fine !== null) return { ...fine, to };
    }
    return track?.curve(path, at, from, to, count) ?? { from, to, stretches: [] };
  }

  async execute(line: string): Promise<Answer> {
    const past = this.#inFork ? null : this.#past;
    const isAnswered = past !== null && (this.#fork === null || !changesSomething(line));
    if (isAnswered) return recall(line, past.machine, this.#group);
    if (this.#fork !== null && (this.#inFork || past !== null)) return this.#askFork(this.#fork, line);
    const answer = await this.askPresent(line);
    this.changed();
    return answer;
  }

  async complete(line: string): Promise<readonly string[]> {
    return (await this.#complete?.(line, this.#group, namesOf(this.#seen.machine))) ?? [];
  }

  async pause(): Promise<void> {
    if (this.#stands === 'past') this.#playedAt = null;
    else await this.setPresentPaused(true);
    this.changed();
  }

  async resume(): Promise<void> {
    if (this.#stands === 'past') this.#playedAt = performance.now();
    else await this.setPresentPaused(false);
    this.changed();
  }

  async toNextEvent(): Promise<boolean> {
    if (this.#stands === 'what if') return false;
    const from = this.clock().time;
    for (;;) {
      const next = nextThatMatters(this.recording.observed.log.last(), from);
      if (next !== null) {
        await this.goTo(next);
        return true;
      }
      if (!(await this.searchOn())) return false;
    }
  }

  async step(time: Nanoseconds | null): Promise<void> {
    const seen = this.#past;
    if (seen === null || this.#inFork) {
      await this.stepPresent(time);
    } else {
      const { now } = seen.machine;
      await this.goTo(ns(time === null ? Math.ceil(seen.machine.nextEventAt() ?? now) : now + time));
    }
    this.changed();
  }

  async goTo(time: Nanoseconds): Promise<void> {
    this.#playedAt = null;
    await this.#go(time);
  }

  async #go(time: Nanoseconds): Promise<void> {
    this.#journey += 1;
    const journey = this.#journey;
    const before = this.#travelling;
    // One at a time: the next may go on with the same machine.
    this.#travelling = (async () => {
      await before;
      if (journey === this.#journey) await this.#travel(time, journey);
    })();
    await this.#travelling;
  }

  async #travel(time: number, journey: number): Promise<void> {
    const { past, observed } = this.recording;
    const to = Math.max(past.begin, Math.min(time, observed.machine.now));
    const player = past.player(to, this.#past);
    if (player === null) return;
    let there = false;
    while (!there) {
      there = await player.to(to, performance.now() + PAST_TURN);
      if (journey !== this.#journey) return;
      if (!there) await new Promise((resolve) => setImmediate(resolve));
    }
    this.#past = player;
    this.#inFork = false;
    this.changed();
  }

  async toPresent(): Promise<void> {
    this.#journey += 1;
    this.#playedAt = null;
    this.#past = null;
    this.#inFork = this.#fork !== null;
    this.changed();
  }

  async whatIf(line: string): Promise<Answer> {
    if (this.#fork !== null && this.#inFork) return this.#askFork(this.#fork, line);
    const from = this.#past ?? (await this.presentPlayer());
    const { observed } = this.recording;
    const fork = new Fork(from, observed.track, observed.machine.now, this.forkSettings);
    const answer = await fork.ask(line);
    if (!answer.ok) return answer;
    this.#fork = fork;
    this.#inFork = true;
    await fork.follow(observed.machine, performance.now() + FORK_TURN);
    this.changed();
    return answer;
  }

  dropFork(): void {
    this.#fork = null;
    this.#inFork = false;
    this.changed();
  }

  /** To be called by advance(): whether the past that is played went on; where it ends, the present goes on. */
  protected async playPast(): Promise<boolean> {
    const [past, since] = [this.#past, this.#playedAt];
    if (past === null || since === null) return false;
    const now = performance.now();
    this.#playedAt = now;
    const { speed, present, ended } = this.presentClock();
    const to = speed === 'max' ? present : past.machine.now + (now - since) * 1e6 * speed;
    if (to < present) {
      await this.#go(ns(Math.round(to)));
      return true;
    }
    await this.toPresent();
    if (ended === null) await this.setPresentPaused(false);
    return true;
  }

  /** To be called by advance(): whether the fork went on. */
  protected async followWithFork(): Promise<boolean> {
    const fork = this.#fork;
    if (fork === null) return false;
    const { version } = fork.player.observed;
    await fork.follow(this.recording.observed.machine, performance.now() + FORK_TURN);
    return fork.player.observed.version !== version;
  }

  /** Another machine is there: one stands in its present. */
  protected startAnew(): void {
    this.#journey += 1;
    this.#past = null;
    this.#fork = null;
    this.#inFork = false;
    this.changed();
  }

  protected notice(text: string): void {
    this.#notices.push(text);
    this.changed();
  }

  protected changed(): void {
    if (this.#told) return;
    this.#told = true;
    setImmediate(() => {
      this.#told = false;
      for (const listener of this.#listeners) listener();
    });
  }

  async #askFork(fork: Fork, line: string): Promise<Answer> {
    const answer = await fork.ask(line);
    this.changed();
    return answer;
  }

  get #stands(): Standing {
    return this.#inFork ? 'what if' : this.#past === null ? 'present' : 'past';
  }

  get #seen(): Observed {
    if (this.#inFork && this.#fork !== null) return this.#fork.player.observed;
    return this.#past?.observed ?? this.recording.observed;
  }
}

const namesOf = (machine: Machine): MachineNames => ({
  cgroups: () => machine.cgroups(),
  files: (cgroup) => {
    const names = machine.list(cgroup);
    return names.ok ? names.value.filter(({ directory }) => !directory).map(({ name }) => name) : null;
  },
  tasks: () =>
    machine
      .tasks()
      .filter(({ kind, killed, name }) => kind === 'task' && !killed && name !== 'sh')
      .map(({ name }) => name),
});
