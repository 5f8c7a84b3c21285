import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { FrameReader, FramingError, frame } from './framing.ts';
import { ErrorCode, type Method, type Notifications, type ParamsOf, type ResultOf } from './protocol.ts';

/** One side's end of a connection between a client and a server: JSON-RPC 2.0, the same on both sides. */

/** What carries bytes both ways: a socket, or what behaves like one. */
export type Wire = Duplex &
  Pick<Socket, 'destroySoon'> & { setTimeout(ms: number, act: () => void): unknown };

/** What the other side answers in place of a result, or why there will be no answer. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Notifications without `id`, requests without `result`; an answer to what could not be read has the id null. */
interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** What this side does with what the other one says. */
export interface Side {
  /** No message may have more, bytes. */
  readonly longest: number;
  /** Rejects with an RpcError. */
  readonly asked: (method: string, params: unknown) => Promise<unknown>;
  readonly told: (method: string, params: unknown) => void;
  /** Shared by all connections of this side; left out: their messages are bounded one by one. */
  readonly halves?: HalfMessages;
}

interface Holder {
  refuse(message: string): void;
}

/** What has come of messages that are not whole yet is bounded for all connections together. */
export class HalfMessages {
  readonly #most: number;
  readonly #held = new Map<Holder, number>();
  #sum = 0;

  /** `most`: bytes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Who holds most of what is too much is hung up on: many who wait with little stand in nobody's way. */
  hold(holder: Holder, bytes: number): void {
    this.#sum += bytes - (this.#held.get(holder) ?? 0);
    if (bytes === 0) this.#held.delete(holder);
    else this.#held.set(holder, bytes);
    while (this.#sum > this.#most) {
      const [[greatest]] = [...this.#held].sort(([, one], [, other]) => other - one);
      greatest.refuse(
        `too many messages of which only a part has come: ${this.#most} bytes of them are the most`,
      );
    }
  }
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: RpcError) => void;
}

/** One who has asked so much is not listened to before some of it is answered. */
const MOST_UNDER_WAY = 1024;
/** The same for one that does not read its answers, bytes. */
const MOST_UNREAD = 4 << 20;
/** For the last answers, ms. */
const FAREWELL = 1000;

/** Who sends what is no JSON-RPC, or too much at once, is told so and hung up on. */
export class RpcConnection {
  /** Resolves when the connection is gone, whoever closed it. */
  readonly closed: Promise<void>;
  readonly #socket: Wire;
  readonly #side: Side;
  #frames: FrameReader;
  readonly #pending = new Map<number, Pending>();
  #next = 1;
  /** Requests of the other side that are not answered yet. */
  #underWay = 0;

  constructor(socket: Wire, side: Side) {
    this.#socket = socket;
    this.#side = side;
    this.#frames = new FrameReader(side.longest);
    socket.on('data', this.#read);
    socket.on('drain', () => this.#listenIfRoom());
    // 'close' follows, and tells those who wait.
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        side.halves?.hold(this, 0);
        this.#lose(new RpcError(ErrorCode.lost, 'the connection is closed'));
        resolve();
      });
    });
  }

  /** Rejects with an RpcError. Any number may be under way. */
  request<M extends Method>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>> {
    const id = this.#next++;
    return new Promise<unknown>((resolve, reject) => {
      if (!this.#socket.writable) {
        reject(new RpcError(ErrorCode.lost, 'the connection is closed'));
        return;
      }
      this.#pending.set(id, { resolve, reject });
      this.#send({ id, method, params });
    }) as Promise<ResultOf<M>>;
  }

  notify<N extends keyof Notifications>(method: N, params: Notifications[N]): void {
    this.#send({ method, params });
  }

  /** The other side does not read what it is sent. */
  get isBehind(): boolean {
    return this.#socket.writableLength > MOST_UNREAD;
  }

  /** Once all is sent. */
  close(): void {
    this.#socket.destroySoon();
  }

  /** Resolves when the other side has read what was said, or did not in time. */
  hangUp(): Promise<void> {
    this.#socket.setTimeout(FAREWELL, () => this.#socket.destroy());
    this.#socket.end();
    return this.closed;
  }

  #send(message: Omit<Message, 'jsonrpc'>): void {
    if (this.#socket.writable) this.#socket.write(frame({ jsonrpc: '2.0', ...message }));
  }

  readonly #read = (chunk: Buffer): void => {
    try {
      for (const message of this.#frames.push(chunk)) this.#take(message);
      this.#side.halves?.hold(this, this.#frames.held);
    } catch (error) {
      if (!(error instanceof FramingError)) throw error;
      this.refuse(error.message);
    }
  };

  /** Hangs up, and says why. */
  refuse(message: string): void {
    this.#socket.removeListener('data', this.#read);
    this.#frames = new FrameReader(0);
    this.#side.halves?.hold(this, 0);
    // What else comes is let go: one whose writing fails might not read the answer.
    this.#socket.resume();
    this.#send({ id: null, error: { code: ErrorCode.noMessage, message } });
    this.#socket.end();
    setTimeout(() => this.#socket.destroy(), FAREWELL).unref();
    this.#lose(new RpcError(ErrorCode.noMessage, message));
  }

  #take(message: unknown): void {
    if (!isMessage(message)) throw new FramingError('this is no JSON-RPC 2.0');
    const { id, method, params, result, error } = message;
    if (method === undefined) this.#answered(id, result, error);
    else if (id === undefined || id === null) this.#side.told(method, params);
    else void this.#answer(id, this.#side.asked(method, params));
  }

  async #answer(id: number | string, soon: Promise<unknown>): Promise<void> {
    this.#underWay += 1;
    if (this.#isFull()) this.#socket.pause();
    try {
      const result = await soon;
      this.#underWay -= 1;
      this.#send({ id, result });
    } catch (error) {
      this.#underWay -= 1;
      if (!(error instanceof RpcError)) throw error;
      this.#send({ id, error: { code: error.code, message: error.message } });
    }
    this.#listenIfRoom();
  }

  #isFull(): boolean {
    return this.#underWay >= MOST_UNDER_WAY || this.isBehind;
  }

  #listenIfRoom(): void {
    if (this.#socket.isPaused() && !this.#isFull()) this.#socket.resume();
  }

  #answered(id: Message['id'], result: unknown, error: Message['error']): void {
    const failed = error && new RpcError(error.code, error.message);
    if (id === null && failed !== undefined) {
      this.#lose(failed);
      return;
    }
    const pending = typeof id === 'number' ? this.#pending.get(id) : undefined;
    if (pending === undefined || typeof id !== 'number')
      throw new FramingError('an answer that nobody asked for');
    this.#pending.delete(id);
    if (failed === undefined) pending.resolve(result);
    else pending.reject(failed);
  }

  #lose(why: RpcError): void {
    for (const { reject } of this.#pending.values()) reject(why);
    this.#pending.clear();
  }
}

function isMessage(message: unknown): message is Message {
  if (typeof message !== 'object' || message === null) return false;
  const { jsonrpc, id, method, error } = message as Record<string, unknown>;
  return (
    jsonrpc === '2.0' &&
    (id === undefined || id === null || typeof id === 'number' || typeof id === 'string') &&
    (method === undefined || typeof method === 'string') &&
    (error === undefined || isError(error))
  );
}

function isError(error: unknown): boolean {
  const { code, message } = (error ?? {}) as Record<string, unknown>;
  return typeof code === 'number' && typeof message === 'string';
}
