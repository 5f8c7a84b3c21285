import { closeSync, writeSync } from 'node:fs';
import { visibleText } from '../kernel/visible.ts';
import { isSystemError } from '../script/script-files.ts';
import { traceOpener } from '../workload/trace-opener.ts';
import { READY, type ServerOptions, TAKEN } from './boot-server.ts';
import { Budget } from './budget.ts';
import { endpointOf, entriesOf } from './folders.ts';
import { type Ground, realGround } from './ground.ts';
import { readIfThere } from './life.ts';
import { releaseLock, takeLock } from './lock.ts';
import type { Mounter } from './mounter.ts';
import type { MountParams } from './protocol.ts';
import { Server } from './server.ts';
import { SessionError } from './session-error.ts';

/** A session's server, from its lock to its end. */

export interface ServeOptions extends ServerOptions {
  readonly session: string;
  readonly mounter: Mounter;
  /** What is mounted from the first; the server ends with it. */
  readonly mount?: MountParams;
}

/** Where whoever booted a detached server listens. */
const TELL = 3;
const O_CLOEXEC = 0o2000000;

/** Serves in this process until ^C, SIGTERM or `down`. Resolves with the exit status. */
export async function serveInForeground(options: ServeOptions): Promise<number> {
  process.title = titleOf(options);
  return serve(options, (word, why) => {
    if (word === TAKEN)
      process.stderr.write(visibleText(`memcg: session ${options.session} is up already\n`));
    else if (word !== READY) process.stderr.write(visibleText(`memcg: session ${options.session}: ${why}\n`));
  });
}

/** The hidden command, detached from whoever waits at file descriptor 3. Ends the process. */
export async function serveDetached(argument: string, mounter: Mounter): Promise<void> {
  closeInherited();
  const asked = JSON.parse(argument) as { readonly session: string } & ServerOptions;
  process.title = titleOf(asked);
  const status = await serve({ ...asked, mounter }, (word, why) => {
    try {
      writeSync(TELL, `${word} ${why}`.trim().concat('\n'));
    } catch (error) {
      // Whoever booted us no longer waits: others may come.
      if (!isSystemError(error) || error.code !== 'EPIPE') throw error;
    }
    closeSync(TELL);
  });
  process.exit(status);
}

/**
 * What whoever booted us has open would stay open as long as we are: a lock would be held, a pipe would not end. Node
 * opens all of its own to be closed on exec, so what is not is from elsewhere. open(2); proc(5), fdinfo.
 */
function closeInherited(): void {
  for (const name of entriesOf('/proc/self/fd')) {
    if (Number(name) <= TELL) continue;
    const flags = /^flags:\s*([0-7]+)$/m.exec(readIfThere(`/proc/self/fdinfo/${name}`) ?? '')?.[1];
    if (flags !== undefined && (Number.parseInt(flags, 8) & O_CLOEXEC) === 0) closeSync(Number(name));
  }
}

const titleOf = ({ session }: { readonly session: string }): string => `memcg: ${session}`;

/** Serves until it is told to end, or can't go on, and tells when others can come, or why not. Resolves with the exit status. */
export async function serve(
  { session, sync = true, hostMemory, mounter, mount, ...boot }: ServeOptions,
  tell: (word: string, why: string) => void,
  ground: Ground = realGround,
): Promise<number> {
  let lock: string | null = null;
  try {
    const endpoint = endpointOf(session);
    if (!takeLock(endpoint.lock, ground)) {
      tell(TAKEN, '');
      return 3;
    }
    lock = endpoint.lock;
    const server = new Server({
      session,
      sync,
      budget: new Budget(hostMemory),
      opener: traceOpener,
      mounter,
      boot,
      ground,
    });
    await server.start();
    ground.life.toldToEnd(() => void server.stop());
    if (mount !== undefined && !(await mountFirst(server, mount, tell))) return 3;
    tell(READY, '');
    await server.ended;
    return 0;
  } catch (error) {
    if (!(error instanceof SessionError) && !isSystemError(error)) throw error;
    const usage = error instanceof SessionError && error.kind === 'usage';
    tell(usage ? 'usage' : 'world', error.message);
    return usage ? 2 : 3;
  } finally {
    if (lock !== null) releaseLock(lock, ground);
  }
}

async function mountFirst(
  server: Server,
  params: MountParams,
  tell: (word: string, why: string) => void,
): Promise<boolean> {
  try {
    const { ended } = await server.mount(params);
    void ended.then(() => server.stop());
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    tell('world', error.message);
    await server.stop();
    return false;
  }
}
