import type { TraceEvent } from '../kernel/trace.ts';
import { isSystemError } from '../script/script-files.ts';
import type { TraceOpener } from '../script/traces.ts';
import type { Budget } from './budget.ts';
import { endpointOf, giveUpFolder, sessionFolder, takeBackFolder } from './folders.ts';
import { type Ground, realGround } from './ground.ts';
import { isMethod, wrongParameter } from './guards.ts';
import { type Asked, HANDLERS, type Served } from './handlers.ts';
import type { Mounter } from './mounter.ts';
import {
  ErrorCode,
  type Hello,
  MAX_REQUEST,
  type MountParams,
  PROTOCOL,
  type RelayParams,
  type ResetParams,
  type ResultOf,
} from './protocol.ts';
import { HalfMessages, RpcConnection, RpcError, type Wire } from './rpc.ts';
import { Session } from './session.ts';
import { SessionError } from './session-error.ts';
import { VERSION } from './version.ts';

export interface ServerSettings {
  readonly session: string;
  readonly boot: ResetParams;
  readonly sync: boolean;
  readonly budget: Budget;
  readonly opener: TraceOpener;
  readonly mounter: Mounter;
  /** Who looks on hears at once what all have to know; else it is in the log, and told to the next client. */
  readonly say?: (text: string) => void;
  /** Left out: the system's own. */
  readonly ground?: Ground;
}

/** Of all clients' messages that are not whole yet, bytes. */
const MOST_HALVES = 4 * MAX_REQUEST;

/** A client, as its server sees it. */
interface Caller {
  readonly rpc: RpcConnection;
  readonly pending: Set<AbortController>;
  greeted: boolean;
  subscribed: boolean;
  lost: number;
}

/** A session's server: its clients, and the session that they work on. */
export class Server implements Served {
  readonly settings: ServerSettings;
  readonly folder: string;
  readonly #clients = new Set<Caller>();
  readonly #halves = new HalfMessages(MOST_HALVES);
  readonly #ground: Ground;
  readonly #began: number;
  #turnAway = (): void => {};
  #notices: string[] = [];
  #session: Session | null = null;
  #relays = 0;
  #stopping: Promise<void> | null = null;
  #changing: Promise<void> = Promise.resolve();
  #ended: () => void = () => {};
  /** Resolves when the server has ended. */
  readonly ended: Promise<void>;

  constructor(settings: ServerSettings) {
    this.settings = settings;
    this.folder = sessionFolder(settings.session);
    this.#ground = settings.ground ?? realGround;
    this.#began = this.#ground.wall.now();
    this.ended = new Promise((resolve) => {
      this.#ended = resolve;
    });
  }

  get session(): Session {
    if (this.#session === null) throw new Error('no session is open');
    return this.#session;
  }

  get clients(): number {
    return this.#clients.size;
  }

  get uptime(): number {
    return this.#ground.wall.now() - this.#began;
  }

  /** Opens the session, then the socket. The lock has to be held. Throws as Session.open and listen do. */
  async start(): Promise<void> {
    await this.#openSession(this.settings.boot);
    const { socket } = endpointOf(this.settings.session);
    this.#turnAway = await this.#ground.listen(socket, (wire) => this.#connected(wire));
  }

  async #openSession(boot: ResetParams): Promise<void> {
    this.#session = await Session.open(
      {
        folder: this.folder,
        opener: this.settings.opener,
        sync: this.settings.sync,
        budget: this.settings.budget,
        disk: this.#ground.disk,
        wall: this.#ground.wall,
        notice: (text) => this.notice(text),
        failed: (error) => this.#failed(error),
        observer: (event) => this.#tell(event),
        isWatched: () => this.#anySubscribed(),
      },
      boot,
    );
    this.settings.mounter.changeTo(this.#session.live);
  }

  /** Resolves when the mount can be used, with the promise of its end. Rejects as the mounter does. */
  mount(params: MountParams): Promise<{ readonly ended: Promise<void> }> {
    const told = (): void => this.session.toldSoon();
    return this.settings.mounter.mount(this.settings.session, this.session.live, told, params);
  }

  /** Awaits a device that somebody else has mounted. */
  async relay(owner: RelayParams): Promise<ResultOf<'relay'>> {
    const told = (): void => this.session.toldSoon();
    this.#relays += 1;
    const { socket: own } = endpointOf(this.settings.session);
    const socket = own.replace(/sock$/, `${this.#relays}.fuse`);
    await this.settings.mounter.relay(socket, this.session.live, told, owner);
    return { socket };
  }

  notice(text: string): void {
    if (this.settings.say !== undefined) {
      this.settings.say(text);
      return;
    }
    this.#log(text);
    this.#notices.push(text);
  }

  #log(text: string): void {
    this.#ground.life.log(`memcg: session ${this.settings.session}: ${text}`);
  }

  /**
   * Gives up the session for another, which `prepare` lays out. What was is kept once beside it,
   * and is there again when the other can't be opened.
   */
  replace(prepare: () => Promise<void>, boot: ResetParams): Promise<void> {
    return this.#change(async () => {
      await this.session.close();
      giveUpFolder(this.folder);
      try {
        await prepare();
        await this.#openSession(boot);
      } catch (error) {
        takeBackFolder(this.folder);
        await this.#openSession({});
        throw error;
      }
    });
  }

  /** Requests that come meanwhile wait for it. */
  async #change(act: () => Promise<void>): Promise<void> {
    const before = this.#changing;
    const change = (async () => {
      await before;
      for (const { pending } of this.#clients) for (const each of pending) each.abort();
      await act();
    })();
    this.#changing = change.catch(() => {});
    await change;
  }

  /** Keeps the session and goes. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#turnAway();
    await this.settings.mounter.unmountAll();
    try {
      await this.#change(() => this.session.close());
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.#log(error.message);
    }
    this.#hangUp();
  }

  hello(): Hello {
    const notices = this.#notices;
    this.#notices = [];
    return {
      protocol: PROTOCOL,
      version: VERSION,
      pid: this.#ground.life.pid,
      session: this.settings.session,
      notices,
    };
  }

  #hangUp(): void {
    // Answers that are being given go first.
    this.#ground.wall.soon(() => {
      const gone = [...this.#clients].map(({ rpc }) => rpc.hangUp());
      void Promise.all(gone).then(() => this.#ended());
    });
  }

  /** What was done since can't be kept: it is not acknowledged, and the next server does not know of it. */
  #failed(error: Error): void {
    this.#log(`the journal: ${error.message}`);
    this.#turnAway();
    this.session.live.close();
    void this.settings.mounter.unmountAll().then(() => this.#hangUp());
  }

  #connected(socket: Wire): void {
    const pending = new Set<AbortController>();
    const rpc = new RpcConnection(socket, {
      longest: MAX_REQUEST,
      halves: this.#halves,
      asked: (method, params) => this.#request(client, method, params),
      told: (method) => {
        if (method === 'interrupt') for (const each of pending) each.abort();
      },
    });
    const client: Caller = { rpc, pending, greeted: false, subscribed: false, lost: 0 };
    this.#clients.add(client);
    void rpc.closed.then(() => {
      this.#clients.delete(client);
      for (const each of pending) each.abort();
    });
  }

  async #request(client: Caller, method: string, params: unknown): Promise<unknown> {
    if (!isMethod(method))
      throw new RpcError(ErrorCode.noMethod, `there is no method ${method.slice(0, 100)}`);
    const wrong = wrongParameter(method, params);
    if (wrong !== null) throw new RpcError(ErrorCode.wrongParams, `${method}: ${wrong} is wrong`);
    if (!client.greeted && method !== 'hello') throw new RpcError(ErrorCode.version, 'hello goes first');
    const abort = new AbortController();
    client.pending.add(abort);
    const asked: Asked = {
      server: this,
      signal: abort.signal,
      greeted: () => {
        client.greeted = true;
      },
      subscribe: () => {
        client.subscribed = true;
        this.session.live.rearm();
      },
    };
    try {
      await this.#changing;
      // The table's types agree method by method.
      const handler = HANDLERS[method] as (asked: Asked, params: never) => unknown;
      return await handler(asked, params as never);
    } catch (error) {
      throw this.#responseTo(error);
    } finally {
      client.pending.delete(abort);
    }
  }

  #responseTo(error: unknown): RpcError {
    if (error instanceof RpcError) return error;
    if (error instanceof SessionError)
      return new RpcError(
        error.kind === 'no-server' ? ErrorCode.world : ErrorCode[error.kind],
        error.message,
      );
    const [message, stack] =
      error instanceof Error ? [error.message, error.stack] : [String(error), String(error)];
    if (!isSystemError(error)) this.#log(stack ?? message);
    return new RpcError(ErrorCode.world, message);
  }

  #anySubscribed(): boolean {
    for (const { subscribed } of this.#clients) if (subscribed) return true;
    return false;
  }

  #tell(event: TraceEvent): void {
    for (const client of this.#clients) {
      if (!client.subscribed) continue;
      if (client.rpc.isBehind) {
        client.lost += 1;
        continue;
      }
      if (client.lost > 0) client.rpc.notify('lost', { events: client.lost });
      client.lost = 0;
      client.rpc.notify('event', { event });
    }
  }
}
