import { type Nanoseconds, ns } from '../../kernel/units.ts';
import { isSystemError } from '../../script/script-files.ts';
import { REMEMBERED, TraceMemory } from '../../script/traces.ts';
import { type Client, type ConnectOptions, connect } from '../../session/client.ts';
import type { Executed, Followed, Clock as ServerClock, Speed } from '../../session/protocol.ts';
import { SessionError } from '../../session/session-error.ts';
import { sentence } from './asking.ts';
import { BaseStage, type Recording } from './base-stage.ts';
import type { Completer } from './completer.ts';
import { Mirror } from './mirror.ts';
import type { Player } from './player.ts';
import type { Answer, Clock, Stage } from './stage.ts';

export interface SessionStageSettings {
  /** See ConnectOptions: which session, and what to do when none is up. */
  readonly connect: ConnectOptions;
  /** The default group, absolute: `/default`. */
  readonly group: string;
  /** Absolute: what paths of traces and scripts in lines are relative to. */
  readonly directory: string;
  /** Candidates for the last word of a line; left out: none are offered. */
  readonly complete?: Completer;
}

/** Wall time of a frame that the mirror may take, more where it has to catch up, and the recollection of the past, ms. */
const MIRROR_TURN = 25;
const CATCH_UP_TURN = 90;
const RECALL_TURN = 12;
/** The server is asked at least so often, ms. */
const PATIENCE = 1000;
/** Between two looks for a server that is gone, ms. */
const RETRY = 1000;
/** What the machine was longer ago is not shown as its present, ms of the wall. */
const MOST_LAG = 500;

/** What else can be asked of a session. */
export interface SessionStage extends Stage {
  /** To where the machine is now, however long that takes; meanwhile `tell` is told how far it is, 0 to 1. */
  catchUp(tell: (done: number) => void): Promise<void>;
}

/**
 * A live session, by a mirror of its machine: what the journal says is done here too. The server is
 * asked for its time and how far its journal goes when the mirror has something to do, when
 * something was done, and once a second.
 */
export class LiveStage extends BaseStage implements SessionStage {
  readonly kind = 'session';
  readonly #settings: SessionStageSettings;
  readonly #folder: string;
  readonly #memory = new TraceMemory(REMEMBERED);
  #client: Client | null;
  #followed: Followed;
  /** When that was answered, ms of the wall. */
  #followedAt = performance.now();
  #mirror: Mirror;
  /** A second one, from the beginning of the journal on its way to the present. */
  #recalled: Mirror | null = null;
  #poll: Promise<void> | null = null;
  #news = true;
  #busy: Promise<boolean> | null = null;
  #retryAt = 0;
  /** Where the mirror set out to catch up from, ns; null: it is there. */
  #behindSince: number | null = null;
  #lastPace = 0;
  /** It was there, once: who lags from then on is slower than the machine. */
  #wasThere = false;
  #closed = false;

  /** Rejects with a SessionError. */
  static async open(settings: SessionStageSettings): Promise<LiveStage> {
    const client = await connect(settings.connect);
    try {
      const { folder } = await client.request('status', {});
      const memory = new TraceMemory(REMEMBERED);
      const { mirror, followed } = await openMirror(client, folder, memory);
      const there = await mirror.follow(
        followed.position,
        followed.virtual_ns,
        performance.now() + CATCH_UP_TURN,
      );
      const stage = new LiveStage(settings, client, folder, mirror, followed);
      stage.#tellLag(there);
      return stage;
    } catch (error) {
      client.close();
      throw error;
    }
  }

  private constructor(
    settings: SessionStageSettings,
    client: Client,
    folder: string,
    mirror: Mirror,
    followed: Followed,
  ) {
    super(settings.group, settings.complete ?? null);
    this.#settings = settings;
    this.#client = client;
    this.#folder = folder;
    this.#mirror = mirror;
    this.#followed = followed;
    for (const notice of client.server.notices) this.notice(notice);
    this.#recall();
  }

  get name(): string {
    return this.#settings.connect.session;
  }

  advance(): Promise<boolean> {
    this.#busy ??= this.#advance().finally(() => {
      this.#busy = null;
    });
    return this.#busy;
  }

  async #advance(): Promise<boolean> {
    if (this.#closed) return false;
    const { observed } = this.#mirror;
    const { version } = observed;
    if (this.#client === null) await this.#lookForServer();
    else if (this.#isDue()) await this.#ask(null, 0);
    else this.#startPoll();
    const { position, virtual_ns: time } = this.#followed;
    const turn = this.#behindSince === null ? MIRROR_TURN : CATCH_UP_TURN;
    this.#tellLag(await this.#mirror.follow(position, time, performance.now() + turn));
    const recalled = await this.#goOnRecalling();
    const played = await this.playPast();
    const fork = await this.followWithFork();
    const news = this.#news;
    this.#news = false;
    return (
      news || recalled || played || fork || this.#mirror.observed !== observed || observed.version !== version
    );
  }

  async catchUp(tell: (done: number) => void): Promise<void> {
    await this.#ask(null, 0);
    const { position, virtual_ns: target } = this.#followed;
    const mirror = this.#mirror;
    const { machine } = mirror.observed;
    const from = machine.now;
    while (!(await mirror.follow(position, target, performance.now() + CATCH_UP_TURN)) && !mirror.isDamaged) {
      tell((machine.now - from) / (target - from));
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#tellLag(true);
  }

  protected async setPresentPaused(paused: boolean): Promise<void> {
    await this.#setClock((client) => client.request(paused ? 'pause' : 'resume', {}));
  }

  /** It is others' machine too. */
  protected async searchOn(): Promise<boolean> {
    return false;
  }

  async setSpeed(speed: Speed): Promise<void> {
    await this.#setClock((client) => client.request('speed', { speed }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#client?.close();
    await this.#busy;
    await this.#mirror.feeds.close();
    await this.#recalled?.feeds.close();
  }

  protected get recording(): Recording {
    return this.#mirror;
  }

  protected get forkSettings() {
    const { group } = this.#settings;
    return { feeds: this.#mirror.feeds, order: 'at its time', group } as const;
  }

  protected presentClock(): Omit<Clock, 'time' | 'standing' | 'begin'> {
    const { speed, paused, virtual_ns: target } = this.#followed;
    const { now } = this.#mirror.observed.machine;
    const recalling =
      this.#recalled === null ? null : Math.min(1, this.#recalled.observed.machine.now / (target || 1));
    return {
      present: ns(Math.floor(now)),
      speed,
      paused,
      ended: null,
      catchingUp: this.#caughtUp(now),
      recalling,
    };
  }

  protected async presentPlayer(): Promise<Player> {
    return this.#mirror.player;
  }

  protected async stepPresent(time: Nanoseconds | null): Promise<void> {
    await this.#setClock(async (client) => {
      await client.request('pause', {});
      return client.request('step', { time });
    });
  }

  protected async askPresent(line: string): Promise<Answer> {
    const { group, directory } = this.#settings;
    try {
      const executed = await this.#here().request('execute', { line, group, directory, input: null });
      await this.#catchUp();
      return answerOf(executed);
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      return { ok: false, text: sentence(error.message, error.why) };
    }
  }

  async #setClock(ask: (client: Client) => Promise<ServerClock>): Promise<void> {
    try {
      this.#followed = { ...this.#followed, ...(await ask(this.#here())) };
      await this.#catchUp();
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      this.notice(sentence(error.message, error.why));
    }
  }

  /** What was just asked for is there to be seen. */
  async #catchUp(): Promise<void> {
    await this.#ask(null, 0);
    await this.#busy;
    await this.advance();
    this.#news = true;
    this.changed();
  }

  #here(): Client {
    if (this.#client === null)
      throw new SessionError('no-server', `session ${this.name}: its server is gone`);
    return this.#client;
  }

  /** Something may happen on the machine by now, or the mirror has not got there. */
  #isDue(): boolean {
    const next = this.#mirror.observed.machine.nextEventAt();
    if (next === null) return false;
    const { virtual_ns: then, paused, speed } = this.#followed;
    if (paused) return false;
    if (speed === 'max') return true;
    return next <= then + (performance.now() - this.#followedAt) * 1e6 * speed;
  }

  #startPoll(): void {
    const { change } = this.#followed;
    this.#poll ??= this.#ask(change, PATIENCE).finally(() => {
      this.#poll = null;
      // Where nothing moves nothing is drawn: who was told of nothing asks again by itself.
      if (this.#followed.change === change && this.#client !== null && !this.#closed) this.#startPoll();
    });
  }

  async #ask(after: number | null, patience: number): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    try {
      const followed = await client.request('follow', { after, patience });
      if (this.#client === client) await this.#take(followed, client);
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      if (this.#client === client) this.#lost(error);
    }
  }

  async #take(followed: Followed, client: Client): Promise<void> {
    const before = this.#followed;
    if (followed.machine !== before.machine) {
      await this.#startWith(client, 'the session was reset or loaded: this is its new machine');
      return;
    }
    // An older answer that comes later says nothing new.
    if (followed.position < before.position || followed.virtual_ns < before.virtual_ns) return;
    const { virtual_ns, change } = before;
    const wall = performance.now();
    this.#lastPace = (followed.virtual_ns - virtual_ns) / Math.max(1, wall - this.#followedAt);
    this.#followed = followed;
    this.#followedAt = wall;
    if (virtual_ns === followed.virtual_ns && change === followed.change) return;
    this.#news = true;
    this.changed();
  }

  #lost(error: SessionError): void {
    this.#client?.close();
    this.#client = null;
    this.#retryAt = performance.now() + RETRY;
    if (this.#closed) return;
    const hint = 'what is shown is where it was; any command brings it back';
    this.notice(
      error.kind === 'world' ? `the session's server is gone: ${hint}` : sentence(error.message, error.why),
    );
    this.#news = true;
  }

  async #lookForServer(): Promise<void> {
    if (performance.now() < this.#retryAt) return;
    this.#retryAt = performance.now() + RETRY;
    try {
      const client = await connect({ session: this.name, boot: 'never' });
      await this.#startWith(client, "the session's server is back");
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
    }
  }

  /** A new server, or a new machine: all is read anew. */
  async #startWith(client: Client, notice: string): Promise<void> {
    try {
      const { mirror, followed } = await openMirror(client, this.#folder, this.#memory);
      this.#client = client;
      this.#mirror = mirror;
      this.#followed = followed;
      this.#followedAt = performance.now();
      this.#news = true;
      this.#recall();
      this.startAnew();
      this.notice(notice);
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      this.#lost(error);
    }
  }

  #recall(): void {
    this.#recalled = this.#mirror.isWhole ? null : Mirror.oldest(this.#folder, this.#memory);
  }

  /** True: it went on. When it has reached the present, it takes the place of the mirror, since it has the whole past. */
  async #goOnRecalling(): Promise<boolean> {
    const recalled = this.#recalled;
    // The present comes first.
    if (recalled === null || this.#behindSince !== null) return false;
    const { machine } = this.#mirror.observed;
    const there = await recalled.follow(this.#mirror.position, machine.now, performance.now() + RECALL_TURN);
    if (recalled.isDamaged) this.#recalled = null;
    // A fork goes on by the tape that it began with.
    else if (there && this.fork === null && recalled.observed.machine.now === machine.now) {
      this.#mirror = recalled;
      this.#recalled = null;
    }
    return true;
  }

  #tellLag(there: boolean): void {
    if (this.#mirror.isDamaged && this.#client !== null) {
      this.#lost(new SessionError('usage', 'the journal is damaged: nothing after this is known'));
      return;
    }
    const { virtual_ns: target } = this.#followed;
    const { now } = this.#mirror.observed.machine;
    if (there || (target - now) / this.#pace < MOST_LAG) {
      this.#behindSince = null;
      this.#wasThere = true;
    } else if (this.#behindSince === null) {
      this.#behindSince = now;
      if (this.#wasThere)
        this.notice('the machine is faster than it can be followed: what is shown lags behind');
    }
  }

  /** Virtual time in a ms of the wall; of a machine that goes as fast as it can, as it was between the last two answers. */
  get #pace(): number {
    const { speed, paused } = this.#followed;
    if (paused) return 1e6;
    return Math.max(1e6, speed === 'max' ? this.#lastPace : speed * 1e6);
  }

  #caughtUp(now: number): number | null {
    const from = this.#behindSince;
    return from === null ? null : Math.min(1, (now - from) / Math.max(1, this.#followed.virtual_ns - from));
  }
}

/** Rejects with a SessionError. */
async function openMirror(client: Client, folder: string, memory: TraceMemory) {
  try {
    const followed = await client.request('follow', { after: null, patience: 0 });
    const mirror = Mirror.newest(folder, memory, followed.virtual_ns);
    if (mirror !== null) return { mirror, followed };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new SessionError('world', error.message);
  }
  throw new SessionError('world', `${folder} has neither a journal nor a save state`);
}

function answerOf({ output, checks, failure }: Executed): Answer {
  if (failure !== null) return { ok: false, text: sentence(failure.message, failure.why) };
  const failed = checks.filter(({ passed }) => !passed).map(({ text, found }) => `${text}: found ${found}`);
  return { ok: failed.length === 0, text: [...failed, output].join('\n').replace(/\n+$/, '') };
}
