import { Option } from 'commander';
import { type Client, type ConnectOptions, connect } from '../session/client.ts';
import { SessionError } from '../session/session-error.ts';
import { sessionErrorText } from './line.ts';
import { chosenSession } from './options/session.ts';

/** What commands about a session are given. */
export interface SessionGiven {
  readonly session?: string;
}

export const sessionOption = (): Option =>
  new Option('--session <name>', 'which machine (MEMCG_SESSION, else default)');
export const jsonOption = (): Option => new Option('--json', 'print one JSON object and nothing else');

const NO_SERVER = 3;
const MISUSED = 2;

/**
 * Does something with a session's server and sets the exit status; `act` may answer one. What
 * goes wrong is said on stderr. `never`: no machine is booted for this.
 */
export async function onSession(
  given: SessionGiven,
  how: Pick<ConnectOptions, 'boot' | 'how'>,
  act: (client: Client, session: string) => Promise<number | undefined>,
): Promise<void> {
  const chosen = chosenSession(given.session);
  if ('misused' in chosen) return misuse(chosen.misused);
  try {
    const client = await connect({ session: chosen.session, ...how });
    for (const notice of client.server.notices) process.stderr.write(`memcg: ${notice}\n`);
    try {
      process.exitCode = (await act(client, chosen.session)) ?? 0;
    } finally {
      client.close();
    }
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    process.stderr.write(sessionErrorText(error));
    process.exitCode = error.kind === 'no-server' ? NO_SERVER : error.exit;
  }
}

export function misuse(message: string): void {
  process.stderr.write(`memcg: ${message}\n`);
  process.exitCode = MISUSED;
}

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
