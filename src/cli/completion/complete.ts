import { type Client, connect, listSessions } from '../../session/client.ts';
import type { Inspected } from '../../session/protocol.ts';
import { SessionError } from '../../session/session-error.ts';
import { readInvocation } from '../invocation.ts';
import { chosenGroup, chosenSession } from '../options/session.ts';
import { aboutOf } from './about.ts';
import { candidates } from './candidates.ts';
import type { Names } from './line-candidates.ts';
import { bashReply, splitTyped, typedWord } from './shell-words.ts';

/**
 * `memcg __complete bash LINE`, or `memcg __complete words -- WORD... CURRENT`: what shells ask. Prints what the
 * word at the cursor can become, one a line; behind a tab what that is, if they ask `bash-told` or `told`; whatever goes wrong, it says nothing and spoils nobody's prompt.
 */
export async function complete([shell, ...rest]: readonly string[]): Promise<void> {
  const typed = shell.startsWith('bash') ? splitTyped(rest[0] ?? '') : null;
  const told = shell.endsWith('told');
  const words = typed?.words.slice(1) ?? rest.slice(1, -1);
  const current = typed?.current ?? rest.at(-1) ?? '';
  const given = readInvocation(words);
  const chosen = chosenSession('misused' in given ? null : given.session);
  if ('misused' in chosen) return;
  const names = new LiveNames(chosen.session);
  try {
    const group = chosenGroup('misused' in given ? null : given.group);
    for (const each of await candidates(words, current, group, names)) {
      const word = typed === null ? each : typedWord(each);
      if (word === null) continue;
      const about = told ? await aboutOf(each, words) : '';
      const line = typed === null ? word : bashReply(word, typed.raw);
      process.stdout.write(`${line}${about === '' ? '' : `\t${about}`}\n`);
    }
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
  } finally {
    await names.close();
  }
}

/** The names on a session's machine. Without a server there are none: completion boots nothing. */
class LiveNames implements Names {
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
