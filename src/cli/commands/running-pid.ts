import { connect } from '../../session/client.ts';
import { SessionError } from '../../session/session-error.ts';

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
