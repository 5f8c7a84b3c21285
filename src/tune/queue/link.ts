import { Redis } from 'ioredis';
import { ExecutorFailure } from '../run/executor.ts';
import type { RedisAddress } from './address.ts';

/** How long a lost server is waited for, and how often it is asked whether it is there, ms. */
const PATIENCE = 60_000;
const PULSE = 15_000;
/** Between two tries to connect, ms. */
const MOST_PAUSE = 1000;
const CONNECT_TIMEOUT = 10_000;

/** Who wants to hear of the connection. */
export interface LinkListener {
  /** The server has been lost; it is waited for. */
  gone(): void;
  /** It is there again, perhaps with another memory. */
  back(): void;
  /** It was waited for in vain. */
  lost(failure: ExecutorFailure): void;
  /** From time to time while it is there. */
  pulse(): void;
}

/** A connection to Redis that is found again when it is lost, within bounds. */
export class RedisLink {
  readonly redis: Redis;
  readonly #address: RedisAddress;
  readonly #patience: number;
  readonly #others: Redis[] = [];
  readonly #pulse: NodeJS.Timeout;
  #listener: LinkListener | null = null;
  #giveUp: NodeJS.Timeout | null = null;
  #closed = false;

  private constructor(redis: Redis, address: RedisAddress, patience: number) {
    this.redis = redis;
    this.#address = address;
    this.#patience = patience;
    redis.on('close', () => this.#gone());
    redis.on('ready', () => this.#back());
    this.#pulse = setInterval(() => this.#beat(), PULSE);
  }

  /** An ExecutorFailure when there is no such server, at once: an address is more likely wrong than early. */
  static async connect(address: RedisAddress, patience = PATIENCE): Promise<RedisLink | ExecutorFailure> {
    const { host, port, db, username, password, tls } = address;
    let linked = false;
    let why = 'no answer';
    const redis = new Redis({
      host,
      port,
      db,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(tls && { tls: {} }),
      // BullMQ's scripts expect replies as they were before RESP3.
      protocol: 2,
      lazyConnect: true,
      maxRetriesPerRequest: null,
      connectTimeout: CONNECT_TIMEOUT,
      retryStrategy: (times) => (linked ? Math.min(times * 100, MOST_PAUSE) : null),
    });
    redis.on('error', (error) => {
      why = error.message;
    });
    try {
      await redis.connect();
      await redis.ping();
    } catch (error) {
      redis.disconnect();
      const said = error instanceof Error && why === 'no answer' ? error.message : why;
      return new ExecutorFailure(`${address.shown}: no Redis server answers there: ${said}`, error);
    }
    linked = true;
    return new RedisLink(redis, address, patience);
  }

  get shown(): string {
    return this.#address.shown;
  }

  /** Whether the server is there, as far as is known. */
  get isThere(): boolean {
    return this.#giveUp === null && !this.#closed;
  }

  listen(listener: LinkListener): void {
    this.#listener = listener;
  }

  /** Another connection, for who waits on it. */
  another(): Redis {
    const other = this.redis.duplicate({ lazyConnect: false });
    // Whatever it is, the first connection meets it too.
    other.on('error', () => {});
    this.#others.push(other);
    return other;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#pulse);
    if (this.#giveUp !== null) clearTimeout(this.#giveUp);
    for (const redis of [this.redis, ...this.#others]) redis.disconnect();
  }

  #gone(): void {
    if (this.#closed || this.#giveUp !== null) return;
    this.#giveUp = setTimeout(() => {
      const seconds = Math.round(this.#patience / 1000);
      this.close();
      this.#listener?.lost(new ExecutorFailure(`${this.shown}: Redis has been gone for ${seconds} s`));
    }, this.#patience);
    this.#listener?.gone();
  }

  #back(): void {
    if (this.#giveUp === null) return;
    clearTimeout(this.#giveUp);
    this.#giveUp = null;
    this.#listener?.back();
  }

  /** A server that keeps its connections and answers nothing is gone, too. */
  #beat(): void {
    if (this.#giveUp !== null) return;
    const silent = setTimeout(() => this.redis.disconnect(true), PULSE);
    this.redis.ping().then(
      () => {
        clearTimeout(silent);
        if (!this.#closed) this.#listener?.pulse();
      },
      // It is being found again.
      () => clearTimeout(silent),
    );
  }
}
