import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { programFile } from '../script/package-files.ts';
import { endpointOf } from './folders.ts';
import { isHeld } from './lock.ts';

/** How a server is to be booted; see ResetParams of the protocol. */
export interface ServerOptions {
  /** A boot script, absolute; null: none (`--bare`). Left out: memcg's own. */
  readonly boot?: string | null;
  /** `key=value` as after `machine`. */
  readonly machine?: readonly string[];
  /** false: answers don't wait for the disk. */
  readonly sync?: boolean;
}

/** What the server tells the one who booted it, on its file descriptor 3. */
export const READY = 'ready';
/** Another server has the session, or is about to. */
export const TAKEN = 'taken';

/** The arguments of the hidden command `serve`. */
export function serveArguments(session: string, { boot, machine = [], sync }: ServerOptions): string[] {
  return [
    'serve',
    '--session',
    session,
    ...(boot === null ? ['--bare'] : boot === undefined ? [] : ['--boot', boot]),
    ...machine.flatMap((each) => ['--machine', each]),
    ...(sync === false ? ['--no-sync'] : []),
  ];
}

export interface BootFailure {
  readonly kind: 'usage' | 'world';
  readonly message: string;
}

/** Boots a detached server. Resolves with true when it is up, false when another has the session. */
export async function bootServer(session: string, options: ServerOptions): Promise<boolean | BootFailure> {
  const log = openSync(endpointOf(session).log, 'a', 0o600);
  const child = spawn(process.execPath, [programFile(), ...serveArguments(session, options)], {
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
  const message = rest.join(' ') || `its server ended before it was up: see ${endpointOf(session).log}`;
  return { kind: word === 'usage' ? 'usage' : 'world', message };
}

export { isHeld };
