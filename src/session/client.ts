import { lstatSync } from 'node:fs';
import { createConnection, Socket } from 'node:net';
import { isSystemError } from '../script/script-files.ts';
import { wallTime } from '../script/wall-time.ts';
import type { BootFailure, ServerOptions } from './boot-server.ts';
import { endpointOf, sessionNameMistake, sessionNames } from './folders.ts';
import {
  ErrorCode,
  type Hello,
  type Method,
  type Notifications,
  type ParamsOf,
  PROTOCOL,
  type ResultOf,
} from './protocol.ts';
import { RpcConnection, RpcError } from './rpc.ts';
import { SessionError } from './session-error.ts';
import { DEVELOPMENT, VERSION } from './version.ts';

/** The way to a session: all that a front end needs, and little enough to be loaded by every command. */

export interface ConnectOptions {
  /** See names.ts. */
  readonly session: string;
  /** What to do when no server is up: boot one, or reject with `no-server`. */
  readonly boot: 'if-needed' | 'never';
  /** How a server that has to be booted does so; for a session that is restored, `sync` alone counts. */
  readonly how?: ServerOptions;
}

export interface Client {
  /** What the server said of itself. Its notices belong on stderr. */
  readonly server: Hello;
  /** Rejects with a SessionError. Any number may be under way. */
  request<M extends Method>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>>;
  /** As ^C: see protocol.ts. */
  interrupt(): void;
  /** From now on; one listener for each notification. */
  on<N extends keyof Notifications>(name: N, listener: (params: Notifications[N]) => void): void;
  /** Resolves when the connection is gone, whoever closed it. */
  readonly closed: Promise<void>;
  close(): void;
}

/** How long somebody else's server may take to come up, and how often to look, ms. */
const PATIENCE = 20_000;
const LOOK = 20;

/** A connection to a session's server. Rejects with a SessionError. */
export async function connect(options: ConnectOptions): Promise<Client> {
  const mistake = sessionNameMistake(options.session);
  if (mistake !== null) throw new SessionError('usage', mistake);
  const { socket: path } = endpointOf(options.session);
  const deadline = wallTime() + PATIENCE;
  while (wallTime() < deadline) {
    const socket = await open(path);
    if (socket instanceof Socket) {
      const client = new ServedClient(socket, options.session);
      if (await client.greet()) return client;
    } else if (socket === 'nobody') {
      refuseForeign(path);
      if (options.boot === 'never')
        throw new SessionError('no-server', `no session ${options.session} is running`);
      if (await boot(options)) continue;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
  throw new SessionError('world', `session ${options.session}: its server does not answer`);
}

/** False: somebody else's server has the session, is on its way, or about to go. */
async function boot({ session, how = {} }: ConnectOptions): Promise<boolean> {
  // Only who boots a server needs child processes.
  const { bootServer } = await import('./boot-server.ts');
  const booted = await bootServer(session, how).catch((error: unknown): BootFailure => {
    if (!isSystemError(error)) throw error;
    return { kind: 'world', message: error.message };
  });
  if (typeof booted === 'boolean') return booted;
  throw new SessionError(booted.kind, `session ${session}: ${booted.message}`);
}

/** `nobody` listens; or `too many` wait already for the server to take them in. */
function open(path: string): Promise<Socket | 'nobody' | 'too many'> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'ENOTSOCK')
        resolve('nobody');
      else if (error.code === 'EAGAIN') resolve('too many');
      else reject(new SessionError('world', `${path}: ${error.message}`));
    });
  });
}

/** What lies where the socket belongs and is none is somebody's file. */
function refuseForeign(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isSocket())
    throw new SessionError('world', `${path} is in the way: it is no socket`, 'move it away');
}

/** What all versions understand. */
const LASTING: ReadonlySet<Method> = new Set(['hello', 'status', 'down']);
const RESTART = `'memcg down' ends that server; the next command goes on with this memcg, where it was`;

function differentVersion({ version, session, protocol }: Hello): string | null {
  const isSame = version === VERSION || version === DEVELOPMENT || VERSION === DEVELOPMENT;
  if (isSame || protocol !== PROTOCOL) return null;
  return `session ${session} is served by memcg ${version}, this is ${VERSION}: ${RESTART}`;
}

class ServedClient implements Client {
  server: Hello = { protocol: PROTOCOL, version: '', pid: 0, session: '', notices: [] };
  readonly closed: Promise<void>;
  readonly #session: string;
  readonly #rpc: RpcConnection;
  readonly #listeners = new Map<string, (params: never) => void>();

  constructor(socket: Socket, session: string) {
    this.#session = session;
    this.#rpc = new RpcConnection(socket, {
      longest: Infinity,
      asked: () => Promise.reject(new RpcError(ErrorCode.noMethod, 'a client answers nothing')),
      told: (name, params) => this.#listeners.get(name)?.(params as never),
    });
    this.closed = this.#rpc.closed;
  }

  /** False: the server is on its way out. */
  async greet(): Promise<boolean> {
    try {
      this.server = await this.request('hello', { protocol: PROTOCOL, version: VERSION });
    } catch (error) {
      if (error instanceof SessionError && error.kind === 'world') return false;
      throw error;
    }
    const notice = differentVersion(this.server);
    if (notice !== null) this.server = { ...this.server, notices: [...this.server.notices, notice] };
    return true;
  }

  async request<M extends Method>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>> {
    const { protocol, version } = this.server;
    if (protocol !== PROTOCOL && !LASTING.has(method)) {
      const why = `its server is memcg ${version}, this is ${VERSION}: they don't understand each other`;
      throw new SessionError('version', `session ${this.#session}: ${why}`, RESTART);
    }
    try {
      return await this.#rpc.request(method, params);
    } catch (error) {
      throw error instanceof RpcError ? this.#failed(error) : error;
    }
  }

  interrupt(): void {
    this.#rpc.notify('interrupt', {});
  }

  on<N extends keyof Notifications>(name: N, listener: (params: Notifications[N]) => void): void {
    this.#listeners.set(name, listener);
  }

  close(): void {
    this.#rpc.close();
  }

  #failed({ code, message }: RpcError): SessionError {
    if (code === ErrorCode.lost)
      return new SessionError('world', `session ${this.#session}: its server has ended the connection`);
    return new SessionError(KINDS[code] ?? 'world', message);
  }
}

const KINDS: Readonly<Record<number, SessionError['kind']>> = {
  [ErrorCode.usage]: 'usage',
  [ErrorCode.version]: 'version',
  [ErrorCode.interrupted]: 'interrupted',
};

export interface ListedSession {
  readonly session: string;
  /** null: it does not run; the next command restores it. */
  readonly pid: number | null;
  readonly virtual_ns: number | null;
}

/** All sessions of this user; none is booted. */
export function listSessions(): Promise<ListedSession[]> {
  return Promise.all(sessionNames().map(look));
}

async function look(session: string): Promise<ListedSession> {
  try {
    const client = await connect({ session, boot: 'never' });
    const { pid, virtual_ns } = await client.request('status', {});
    client.close();
    return { session, pid, virtual_ns };
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    return { session, pid: null, virtual_ns: null };
  }
}
