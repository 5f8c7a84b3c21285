import { setImmediate } from 'node:timers/promises';
import { type Nanoseconds, ns } from '../../kernel/units.ts';
import { Machine, type MachineOptions, type Operation } from '../../machine/machine.ts';
import type { Pacer } from '../../script/drive.ts';
import { Track } from '../../script/history/track.ts';
import type { RunResult } from '../../script/result.ts';
import { type RunSettings, runScript } from '../../script/run.ts';
import { linesOf } from '../../script/script-files.ts';
import { REMEMBERED, TraceMemory, TraceStore } from '../../script/traces.ts';
import { FINE, failure, type Outcome } from '../../script/world.ts';
import { PacedClock } from '../../session/paced-clock.ts';
import type { Speed } from '../../session/protocol.ts';
import { traceOpener } from '../../workload/trace-opener.ts';
import { obey } from './asking.ts';
import { BaseStage, type Recording } from './base-stage.ts';
import type { Completer } from './completer.ts';
import { Observed } from './observed.ts';
import { Past } from './past.ts';
import { PlayedMachine } from './played-machine.ts';
import { Player } from './player.ts';
import { scriptEnd } from './script-end.ts';
import type { Answer, Clock, Stage, ToldLine } from './stage.ts';
import { Tape } from './tape.ts';
import { Told } from './told.ts';

/** Where the script is `-`, the keyboard has to be elsewhere. */
export interface ScriptStageSettings
  extends Pick<RunSettings, 'script' | 'stdin' | 'boot' | 'group' | 'options' | 'before'> {
  readonly speed?: Speed;
  /** Nothing moves before somebody lets it. */
  readonly paused?: boolean;
  readonly complete?: Completer;
}

/** A script that plays; its result is that of `memcg replay`, to the byte, unless something was typed into it. */
export interface ScriptStage extends Stage {
  /** Resolves at the script's end; after close() before that, with the run as far as it went, interrupted. */
  readonly result: Promise<RunResult>;
}

/** A machine that lags by more goes slower than it should, ms of wall time. */
const MOST_LAG = 250;
/** How long advance() waits for the script, ms. */
const TURN = 40;
/** So far it goes on at a time to find something that matters. */
const SEARCHED = ns(1e7);

/** A script that plays in this process, as fast as the clock says. */
export class PlayingStage extends BaseStage implements ScriptStage {
  readonly kind = 'script';
  readonly name: string;
  readonly result: Promise<RunResult>;
  readonly #group: string;
  readonly #memory = new TraceMemory(REMEMBERED);
  /** Reads again what the script has read. */
  readonly #feeds = new TraceStore({ opener: traceOpener, memory: this.#memory });
  readonly #told = new Told();
  readonly #abort = new AbortController();
  readonly #clock: PacedClock;
  #tape = new Tape();
  #past = this.#newPast();
  #played: PlayedMachine;
  #ended: string | null = null;
  #until = 0;
  /** The script waits for more time. */
  #parked: (() => void) | null = null;
  /** advance() waits for the script. */
  #whenParked: (() => void) | null = null;
  #stepTo: number | null = null;

  static async open(settings: ScriptStageSettings): Promise<PlayingStage> {
    return new PlayingStage(settings);
  }

  private constructor(settings: ScriptStageSettings) {
    super(settings.group, settings.complete ?? null);
    this.name = settings.script;
    this.#group = settings.group;
    this.#clock = new PacedClock(() => performance.now(), 0);
    if (settings.speed !== undefined) this.#clock.setSpeed(settings.speed, 0);
    if (settings.paused) this.#clock.setPaused(true, 0);
    // Until the script's first command tells what machine it wants.
    this.#played = this.#play(Machine.boot());
    this.result = this.#run(settings);
  }

  async advance(): Promise<boolean> {
    const { observed } = this.#played;
    const { version } = observed;
    if (this.#ended === null) await this.#advanceScript();
    else await this.#advanceAlone();
    const played = await this.playPast();
    const fork = await this.followWithFork();
    return played || fork || this.#played.observed !== observed || observed.version !== version;
  }

  override told(): ToldLine | null {
    return this.#told.at(this.clock().time);
  }

  protected async setPresentPaused(paused: boolean): Promise<void> {
    this.#clock.setPaused(paused, this.#now);
    this.changed();
  }

  protected async searchOn(): Promise<boolean> {
    if (this.#ended !== null) return false;
    await this.stepPresent(SEARCHED);
    return true;
  }

  async setSpeed(speed: Speed): Promise<void> {
    this.#clock.setSpeed(speed, this.#now);
    this.changed();
  }

  async close(): Promise<void> {
    this.#abort.abort();
    this.#until = Infinity;
    this.#release();
    await this.result;
    await this.#feeds.close();
  }

  protected get recording(): Recording {
    return { observed: this.#played.observed, past: this.#past };
  }

  protected get forkSettings() {
    return { feeds: this.#feeds, order: 'one after the other', group: this.#group } as const;
  }

  protected presentClock(): Omit<Clock, 'time' | 'standing' | 'begin'> {
    const { speed, paused } = this.#clock;
    return {
      present: ns(Math.floor(this.#now)),
      speed,
      paused,
      ended: this.#ended,
      catchingUp: null,
      recalling: null,
    };
  }

  protected async presentPlayer(): Promise<Player> {
    const { observed, position } = this.#played;
    return new Player({ observed, tape: this.#tape, feeds: this.#feeds, position });
  }

  protected async stepPresent(time: Nanoseconds | null): Promise<void> {
    const { machine } = this.#played;
    this.#clock.setPaused(true, machine.now);
    this.#stepTo = time === null ? Math.ceil(machine.nextEventAt() ?? machine.now) : machine.now + time;
    while (this.#stepTo !== null) await this.advance();
  }

  protected askPresent(line: string): Promise<Answer> {
    const openTrace = () =>
      Promise.resolve(failure('mistake', 'a trace can be replayed by a line of the script alone'));
    const between = (operation: Operation) => this.#played.between(operation);
    return obey(line, { machine: this.#played, group: this.#group, between, openTrace });
  }

  get #now(): number {
    return this.#played.machine.now;
  }

  /** Lets the script go on to where it should be, and comes back when it is there or has had its time. */
  async #advanceScript(): Promise<void> {
    this.#until = this.#stepTo ?? (this.#isMax ? Infinity : this.#clock.target);
    if (this.#until <= this.#now && this.#parked !== null) {
      this.#stepTo = null;
      return;
    }
    const parked = new Promise<void>((resolve) => {
      this.#whenParked = resolve;
    });
    const late = new Promise<void>((resolve) => setTimeout(resolve, TURN).unref());
    this.#release();
    await Promise.race([parked, late]);
    this.#whenParked = null;
    if (this.#stepTo !== null && this.#now >= this.#stepTo) this.#stepTo = null;
    const lags = (this.#clock.target - this.#now) / 1e6 > MOST_LAG;
    if (this.#isMax || lags || this.#stepTo !== null) this.#clock.anchor(this.#now);
  }

  /** The script has ended: time goes on for what was typed since. */
  async #advanceAlone(): Promise<void> {
    const target = this.#stepTo ?? this.#clock.target;
    this.#stepTo = null;
    if (target <= this.#now) return;
    const player = await this.presentPlayer();
    await player.to(target, performance.now() + TURN);
    this.#past.keep(this.#played.observed, () => this.#played.position);
    if ((this.#clock.target - this.#now) / 1e6 > MOST_LAG) this.#clock.anchor(this.#now);
  }

  get #isMax(): boolean {
    return this.#clock.speed === 'max' && !this.#clock.paused;
  }

  #release(): void {
    const parked = this.#parked;
    this.#parked = null;
    parked?.();
  }

  /** A `pause` of the script: what follows it waits as if there were no more time. */
  #hold(): Promise<Outcome> {
    this.#clock.setPaused(true, this.#now);
    this.#stepTo = null;
    const parked = this.#park();
    this.changed();
    return parked.then(() => FINE);
  }

  /** Until somebody lets it go on. */
  #park(): Promise<void> {
    return new Promise((resolve) => {
      this.#parked = resolve;
      this.#whenParked?.();
    });
  }

  #pacer(): Pacer {
    // What never ends is not waited for: that is found out at once, as without a pace.
    const until = (): number => (this.#played.waitsForever ? Infinity : this.#until);
    return {
      get until() {
        return until();
      },
      breathe: () => (until() > this.#now ? setImmediate() : this.#park()),
    };
  }

  async #run({ script, stdin, boot, group, options, before }: ScriptStageSettings): Promise<RunResult> {
    // Nothing moves before the first advance().
    await this.#park();
    const result = await runScript({
      script,
      stdin,
      lines: (path) => this.#told.along(path, linesOf(path, stdin, this.#abort.signal)),
      entered: (at) => this.#told.reach(this.#now, at),
      pause: () => this.#hold(),
      boot,
      group,
      options,
      before,
      bootMachine: (asked: Partial<MachineOptions>) => {
        this.#tape = new Tape();
        this.#past = this.#newPast();
        // Loaded, as those are that go back in time: the engine compiles for one kind of machine alone.
        this.#played = this.#play(Machine.boot(asked).fork());
        this.startAnew();
        return this.#played;
      },
      traces: traceOpener,
      memory: this.#memory,
      print: null,
      drained: () => Promise.resolve(),
      keepOutput: true,
      observer: null,
      pacer: this.#pacer(),
      signal: this.#abort.signal,
      progress: () => {},
      clock: () => performance.now(),
    });
    this.#ended = scriptEnd(result);
    if (result.error !== null && result.error.kind !== 'interrupted') this.notice(this.#ended);
    this.#stepTo = null;
    this.#clock.setPaused(true, this.#now);
    this.#whenParked?.();
    this.changed();
    return result;
  }

  #play(machine: Machine): PlayedMachine {
    return new PlayedMachine(new Observed(machine, new Track(machine)), this.#tape, this.#past, this.#feeds);
  }

  #newPast(): Past {
    return new Past({ tape: this.#tape, feeds: this.#feeds });
  }
}
