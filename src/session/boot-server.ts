import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { programFile } from '../script/package-files.ts';
import { endpointOf } from './folders.ts';
import { isHeld } from './lock.ts';
import type { ResetParams } from './protocol.ts';

/** How a server is to be booted. */
export interface ServerOptions extends ResetParams {
  /** false: answers don't wait for the disk. */
  readonly sync?: boolean;
  /** What it may take of the host's memory, bytes; left out: see Budget. */
  readonly hostMemory?: number | undefined;
}

/** The hidden command that serves, with one argument: of which session, and ServerOptions, as JSON. */
export const SERVE = 'serve';
/** What the server tells the one who booted it, on its file descriptor 3; or why it is neither, and of which kind. */
export const READY = 'ready';
/** Another server has the session, or is about to. */
export const TAKEN = 'taken';

/** Why no server came up. A value, since this file is bundled apart from who loads it: its classes are others there. */
export interface BootFailure {
  readonly kind: 'usage' | 'world';
  readonly message: string;
}

/** Boots a detached server. Resolves with true when it is up, false when another has the session. */
export async function bootServer(session: string, options: ServerOptions): Promise<boolean | BootFailure> {
  const endpoint = endpointOf(session);
  if (isHeld(endpoint.lock)) return false;
  const log = openSync(endpoint.log, 'a', 0o600);
  const child = spawn(process.execPath, [programFile(), SERVE, JSON.stringify({ session, ...options })], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
  });
  closeSync(log);
  const said = await new Promise<string>((resolve, reject) => {
    let text = '';
    const pipe = child.stdio[3];
    child.once('error', reject);
    pipe?.on('data', (data: Buffer) => {
      text += data.toString();
      if (text.endsWith('\n')) resolve(text);
    });
    pipe?.once('close', () => resolve(text));
    pipe?.once('error', () => resolve(text));
  });
  child.stdio[3]?.destroy();
  child.unref();
  const [word, ...rest] = said.trim().split(' ');
  if (word === READY || word === TAKEN) return word === READY;
  const message = rest.join(' ') || `its server ended before it was up: see ${endpoint.log}`;
  return { kind: word === 'usage' ? 'usage' : 'world', message };
}
