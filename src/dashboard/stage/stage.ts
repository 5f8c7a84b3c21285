import type { TraceEvent } from '../../kernel/trace.ts';
import type { Nanoseconds } from '../../kernel/units.ts';
import type { CgroupLook, ListStrip, MachineTotals, TaskView } from '../../machine/machine.ts';
import type { Health } from '../../report/health.ts';
import type { Rates } from '../../script/history/counts.ts';
import type { Curve } from '../../script/history/track.ts';
import type { Speed } from '../../session/protocol.ts';

/**
 * What the dashboard shows and what it can ask for. A stage stands behind the screen: that of a
 * live session, or that of a script as it plays. The screen takes plain data from it and draws it.
 */

export interface CgroupRow extends CgroupLook {
  readonly rates: Rates;
  readonly health: Health;
}

/** One instant of the machine. */
export interface Snapshot {
  readonly time: Nanoseconds;
  readonly cpus: number;
  readonly totals: MachineTotals;
  /** Tasks that live, without kernel threads. */
  readonly tasks: number;
  /** In order of creation, `/` first. */
  readonly cgroups: readonly CgroupRow[];
}

/** More of one cgroup; each is asked for only while it is shown. */
export interface Details {
  /** Of the cgroup: its tasks and its reclaimer, those that live first. */
  readonly tasks: readonly TaskView[];
  readonly lists: readonly ListStrip[];
  /** Every control file, in the order of a listing. */
  readonly files: readonly ControlFileText[];
  /** Of the cgroup and of those below it, oldest first. */
  readonly events: readonly TraceEvent[];
}
export type Detail = keyof Details;

export interface ControlFileText {
  /** `memory.limit_in_bytes` */
  readonly name: string;
  /** The kernel's text; where it can't be read, `null`. */
  readonly text: string | null;
  readonly writable: boolean;
}

/** Where the one who looks stands. */
export type Standing = 'present' | 'past' | 'what if';

export interface Clock {
  /** Where one stands. */
  readonly time: Nanoseconds;
  readonly standing: Standing;
  /** The recorded past goes from `begin` to `present`. */
  readonly begin: Nanoseconds;
  readonly present: Nanoseconds;
  readonly speed: Speed;
  /** In the past: it is not being played. */
  readonly paused: boolean;
  /** A script that plays has come to its end; null: it goes on, or there is none. */
  readonly ended: string | null;
  /** 0 to 1 while what is shown is not the present, but on its way there; null when it is. */
  readonly catchingUp: number | null;
  /** 0 to 1 while the past is being worked out; null when it is there. */
  readonly recalling: number | null;
}

/** A line of a script that plays, and the comment above it. */
export interface ToldLine {
  readonly line: number;
  readonly text: string;
  /** Without its signs; empty: there is none. */
  readonly comment: string;
}

/** How a line of the language was answered. */
export interface Answer {
  readonly ok: boolean;
  /** What it printed, or the refusal with its rule, without a last newline. */
  readonly text: string;
}

/** One figure of both futures. */
export interface Comparison {
  readonly name: string;
  readonly as: 'count' | 'time' | 'size';
  readonly was: number;
  readonly whatIf: number;
  /** The smaller the better; false: it only differs. */
  readonly lessIsBetter: boolean;
}

/** A fork that was made in the past. */
export interface WhatIf {
  /** Where it left the recorded past. */
  readonly at: Nanoseconds;
  /** What was typed there. */
  readonly lines: readonly string[];
  /** 0 to 1 while it catches up with the present. */
  readonly progress: number;
  /** From `at` on, both up to the same time; empty before it has caught up for the first time. */
  compare(path: string): readonly Comparison[];
  /** The fork's usage, as Stage.curve. */
  curve(path: string, from: Nanoseconds, to: Nanoseconds, count: number): Curve;
}

export interface Stage {
  /** Of the session or the script, for the title. */
  readonly name: string;
  /** What is typed here reaches a live session, or a script as it plays. */
  readonly kind: 'session' | 'script';
  /** Told whenever something may look different; at most once a turn of the event loop. Answers how to stop that. */
  subscribe(changed: () => void): () => void;
  /** Lets time go by as the clock says; the screen calls it before each frame. false: nothing has changed. */
  advance(): Promise<boolean>;
  clock(): Clock;
  /** Of where one stands. */
  snapshot(): Snapshot;
  /** The line that was obeyed last where one stands; null: there is no script. */
  told(): ToldLine | null;
  detail<D extends Detail>(path: string, what: D, room: number): Details[D];
  curve(path: string, from: Nanoseconds, to: Nanoseconds, count: number): Curve;
  /**
   * A line of the language where one stands. In the past one that changes something is refused, unless there
   * is a fork: then it is done there, in the fork's present. What takes time is begun and not waited for in a
   * script and in a fork.
   */
  execute(line: string): Promise<Answer>;
  /** Candidates for the last word of the line. */
  complete(line: string): Promise<readonly string[]>;
  /** Lets time stand still, or go on: in the past, what was is played again up to the present. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  setSpeed(speed: Speed): Promise<void>;
  /** So much virtual time (null: to the machine's next event); pauses. In the past: moves where one stands. */
  step(time: Nanoseconds | null): Promise<void>;
  /**
   * To the next event that matters, after where one stands; it is in the past from then on. false: none is known, and
   * the machine can't be let go on until there is one.
   */
  toNextEvent(): Promise<boolean>;
  /** Any instant of the recorded past; clipped to it. One that is asked for on the way takes its place. */
  goTo(time: Nanoseconds): Promise<void>;
  /** To the present of the machine; of the fork, if there is one. */
  toPresent(): Promise<void>;
  /**
   * In the past, or in the present: does the line in a fork, which then goes on with what was done since, up
   * to the present, as advance() is called; one stands in it from then on. In a fork: as execute(). A line
   * that is refused makes none.
   */
  whatIf(line: string): Promise<Answer>;
  readonly fork: WhatIf | null;
  /** Back to what was, where one stood when the fork was made. */
  dropFork(): void;
  /** What went wrong beside the screen and has to be said: a server that is gone, damage found. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}
