import { connect, SessionError } from './client.ts';
import { sessionNames } from './folders.ts';

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
