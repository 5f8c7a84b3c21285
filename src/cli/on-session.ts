import { Command, Option } from 'commander';
import { type Client, type ConnectOptions, connect } from '../session/client.ts';
import { SessionError } from '../session/session-error.ts';
import { unknownSession } from '../session/unknown-session.ts';
import { chosenSession } from './options/session.ts';
import { sessionErrorText } from './output/error-text.ts';
import { misuse, say } from './output/say.ts';

/** What commands about a session are given. */
export interface SessionGiven {
  readonly session?: string;
}

export const sessionOption = (): Option =>
  new Option('--session <name>', 'which machine (MEMCG_SESSION, else default)');
export const jsonOption = (): Option => new Option('--json', 'print one JSON object and nothing else');

/** A command about a session, and how it is used. */
export const sessionCommand = (name: string, description: string, example = `memcg ${name}`): Command =>
  new Command(name).description(description).addHelpText('after', `\nExample\n  ${example}`);

/** What is done with a session's server; the exit status, if it is not 0. */
type Act = (client: Client, session: string) => Promise<number | undefined>;

/** Does something with a session's server, which is booted if need be, and sets the exit status. */
export const onSession = (given: SessionGiven, act: Act, how?: ConnectOptions['how']): Promise<void> =>
  withServer(given, act, async (session) => {
    const client = await connect({ session, boot: 'if-needed', ...(how && { how }) });
    client.server.notices.forEach(say);
    return client;
  });

/** The same for what only looks, where a name that was never a session's boots nothing. */
export async function lookingAt(given: SessionGiven, act: Act): Promise<void> {
  const slip = given.session === undefined ? null : unknownSession(given.session);
  return slip === null ? onSession(given, act) : misuse(slip);
}

/** The same where no machine is booted for this: `absent` is what is done when there is none. */
export const onRunning = (
  given: SessionGiven,
  act: Act,
  absent: (session: string) => number | undefined,
): Promise<void> =>
  withServer(given, act, async (session) => {
    try {
      return await connect({ session, boot: 'never' });
    } catch (error) {
      if (!(error instanceof SessionError) || error.kind !== 'no-server') throw error;
      process.exitCode = absent(session) ?? 0;
      return null;
    }
  });

async function withServer(
  given: SessionGiven,
  act: Act,
  reach: (session: string) => Promise<Client | null>,
): Promise<void> {
  const chosen = chosenSession(given.session);
  if ('misused' in chosen) return misuse(chosen.misused);
  try {
    const client = await reach(chosen.session);
    if (client === null) return;
    try {
      process.exitCode = (await act(client, chosen.session)) ?? 0;
    } finally {
      client.close();
    }
  } catch (error) {
    tellSessionError(error);
  }
}

/** Says why there is no answer, and sets the exit status. Throws what is no SessionError. */
export function tellSessionError(error: unknown): void {
  if (!(error instanceof SessionError)) throw error;
  process.stderr.write(sessionErrorText(error));
  process.exitCode = error.exit;
}

/** Of the session's server; null: it is not up. */
export async function runningPid(session: string): Promise<number | null> {
  try {
    const client = await connect({ session, boot: 'never' });
    client.close();
    return client.server.pid;
  } catch (error) {
    // Anything else is said by the attempt to boot it.
    if (error instanceof SessionError) return null;
    throw error;
  }
}

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
