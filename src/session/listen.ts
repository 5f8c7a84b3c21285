import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Wire } from './rpc.ts';
import { SessionError } from './session-error.ts';

/**
 * Takes in clients at a path, which is its user's alone. Resolves when they can come, with what turns away those
 * who come later. Rejects with a SessionError where a file is in the way, or with what the system says.
 */
export type Listen = (path: string, connected: (wire: Wire) => void) => Promise<() => void>;

export const listenAt: Listen = async (path, connected) => {
  clear(path);
  const net = createServer(connected);
  const mask = process.umask(0o077);
  try {
    await new Promise<void>((resolve, reject) => {
      net.once('error', reject);
      net.listen(path, resolve);
    });
  } finally {
    process.umask(mask);
  }
  chmodSync(path, 0o600);
  return () => net.close();
};

/** Whoever holds the lock may take away what a dead server left, but no file of somebody's. */
function clear(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isSocket())
    throw new SessionError('usage', `${path} is in the way: it is no socket: move it away`);
  unlinkSync(path);
}
