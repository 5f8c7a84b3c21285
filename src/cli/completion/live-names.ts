import { type Client, connect, listSessions } from '../../session/client.ts';
import type { Inspected } from '../../session/protocol.ts';
import { SessionError } from '../../session/session-error.ts';
import type { Names } from './line-candidates.ts';

/** The names on a session's machine. Without a server there are none: completion boots nothing. */
export class LiveNames implements Names {
  readonly #session: string;
  #client: Promise<Client | null> | null = null;
  #inspected: Promise<Inspected | null> | null = null;

  constructor(session: string) {
    this.#session = session;
  }

  async cgroups(): Promise<readonly string[]> {
    return (await this.#inspect())?.cgroups.map(({ path }) => path) ?? [];
  }

  async tasks(): Promise<readonly string[]> {
    const tasks = (await this.#inspect())?.tasks ?? [];
    return tasks
      .filter(({ kind, killed, name }) => kind === 'task' && !killed && name !== 'sh')
      .map(({ name }) => name);
  }

  async files(cgroup: string): Promise<readonly string[] | null> {
    const client = await this.#connect();
    const listed = client === null ? null : await client.request('list', { cgroup });
    return listed?.filter(({ directory }) => !directory).map(({ name }) => name) ?? null;
  }

  async sessions(): Promise<readonly string[]> {
    return (await listSessions()).map(({ session }) => session);
  }

  async close(): Promise<void> {
    (await this.#client)?.close();
  }

  #inspect(): Promise<Inspected | null> {
    this.#inspected ??= this.#connect().then((client) => client?.request('inspect', {}) ?? null);
    return this.#inspected;
  }

  #connect(): Promise<Client | null> {
    this.#client ??= connect({ session: this.#session, boot: 'never' }).catch((error: unknown) => {
      if (error instanceof SessionError) return null;
      throw error;
    });
    return this.#client;
  }
}
