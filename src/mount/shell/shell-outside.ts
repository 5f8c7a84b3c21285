import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { programFile } from '../../script/package-files.ts';
import { runtimeFolder, SAME_RUNTIME } from '../../session/folders.ts';
import { SessionError } from '../../session/session-error.ts';
import { BEGUN, INSIDE, KILLED, RUNS, type ShellParams } from './params.ts';

const WORLD_FAILED = 3;
/** What a command that is hung up on may still do, ms. */
const FAREWELL = 1000;

/**
 * Runs a command in a mount namespace of its own, in which the machine is /sys/fs/cgroup/memory.
 * Resolves with the command's exit status. What goes wrong is said on stderr.
 */
export async function runShell(params: ShellParams): Promise<number> {
  let folder: string;
  try {
    folder = runtimeFolder();
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    process.stderr.write(`memcg: shell: ${error.message}\n`);
    return WORLD_FAILED;
  }
  const isRoot = process.getuid?.() === 0;
  const child = spawn(
    'unshare',
    [
      ...(isRoot ? [] : ['--user', '--map-root-user']),
      '--mount',
      '--propagation',
      'private',
      '--',
      process.execPath,
      programFile(),
      INSIDE,
      JSON.stringify(params),
    ],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
      env: { ...process.env, [SAME_RUNTIME]: folder },
    },
  );
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) process.on(signal, () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const heard = listen(child.stdio[3] as Readable);
  const ended = await new Promise<{ code: number | null; signal: NodeJS.Signals | null } | Error>(
    (resolve) => {
      child.once('error', resolve);
      // When all that it said has been heard too.
      child.once('close', (code, signal) => resolve({ code, signal }));
    },
  );
  if (ended instanceof Error) {
    process.stderr.write(`memcg: shell: unshare (of util-linux) can not be run: ${ended.message}\n`);
    return WORLD_FAILED;
  }
  const { code, signal } = ended;
  if (!heard.hasBegun) {
    const advice = isRoot
      ? 'this container needs the right to make one (CAP_SYS_ADMIN)'
      : `this system lets no user make one: run it as root, or ${howToAllow((name) => readFileSync(`/proc/sys/${name}`, 'latin1'))}`;
    process.stderr.write(`memcg: shell: there is no mount namespace to be had: ${advice}\n`);
    return WORLD_FAILED;
  }
  if (signal === null) return code ?? 0;
  process.stderr.write(`memcg: shell: the machine was killed (${signal}): so is what ran on it\n`);
  // It may be killed when the command runs already, and before it says so.
  const commands = heard.command === null ? commandsIn(heard.namespace, params.session) : [heard.command];
  await Promise.all(commands.map(end));
  return KILLED + constants.signals[signal];
}

/** What forbids user namespaces is a switch of Ubuntu, of Debian, or a bound of every kernel. `read` throws where there is none. */
export function howToAllow(read: (name: string) => string): string {
  const rules = [
    ['kernel/apparmor_restrict_unprivileged_userns', '1', '0'],
    ['kernel/unprivileged_userns_clone', '0', '1'],
    ['user/max_user_namespaces', '0', '10000'],
  ] as const;
  for (const [name, forbidden, allowed] of rules) {
    try {
      if (read(name).trim() === forbidden)
        return `have root allow it: sysctl -w ${name.replaceAll('/', '.')}=${allowed}`;
    } catch {
      // This system does not have it.
    }
  }
  return 'have root allow user namespaces';
}

interface Heard {
  readonly hasBegun: boolean;
  /** The mount namespace inside, as /proc has it; empty: not known. */
  readonly namespace: string;
  readonly command: number | null;
}

/** Processes in that mount namespace whose session is this one (environ(5)): what clears up there has none. */
function commandsIn(namespace: string, session: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      if (readlinkSync(`/proc/${pid}/ns/mnt`) !== namespace) return false;
      return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`MEMCG_SESSION=${session}`);
    } catch {
      // It has ended, or is somebody else's.
      return false;
    }
  });
}

/** What is said inside so far. */
function listen(line: Readable): Heard {
  const heard = { hasBegun: false, namespace: '', command: null as number | null };
  let text = '';
  line.on('error', () => {});
  line.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    heard.hasBegun = text.startsWith(BEGUN);
    heard.namespace = new RegExp(`^${BEGUN} (.+)$`, 'm').exec(text)?.[1] ?? '';
    const runs = new RegExp(`^${RUNS} (\\d+)$`, 'm').exec(text);
    if (runs !== null) heard.command = Number(runs[1]);
  });
  return heard;
}

/** Hangs up on a process that has lost its machine, and sees to it that it goes. */
async function end(pid: number): Promise<void> {
  for (const signal of ['SIGHUP', 'SIGCONT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal === 'SIGKILL' ? 0 : signal);
      if (signal !== 'SIGCONT') continue;
      await new Promise((resolve) => setTimeout(resolve, FAREWELL));
      process.kill(pid, 'SIGKILL');
    } catch {
      return;
    }
  }
}
