import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { visibleText } from '../../kernel/visible.ts';
import { programFile } from '../../script/package-files.ts';
import { runtimeFolder, SAME_RUNTIME } from '../../session/folders.ts';
import { SessionError } from '../../session/session-error.ts';
import { hangUp } from './hang-up.ts';
import { BEGUN, INSIDE, KILLED, type ShellParams } from './params.ts';

const WORLD_FAILED = 3;

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
    process.stderr.write(visibleText(`memcg: shell: ${error.message}\n`));
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
    process.stderr.write(
      visibleText(`memcg: shell: unshare (of util-linux) can not be run: ${ended.message}\n`),
    );
    return WORLD_FAILED;
  }
  const { code, signal } = ended;
  if (!heard.hasBegun) {
    const advice = isRoot
      ? 'this container needs the right to make one (CAP_SYS_ADMIN)'
      : `this system lets no user make one: run it as root, or ${howToAllow((name) => readFileSync(`/proc/sys/${name}`, 'latin1'))}`;
    process.stderr.write(visibleText(`memcg: shell: there is no mount namespace to be had: ${advice}\n`));
    return WORLD_FAILED;
  }
  if (signal === null) return code ?? 0;
  process.stderr.write(`memcg: shell: the machine was killed (${signal}): so is what ran on it\n`);
  await hangUp(heard.namespace, params.session);
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
}

/** What is said inside so far. */
function listen(line: Readable): Heard {
  const heard = { hasBegun: false, namespace: '' };
  let text = '';
  line.on('error', () => {});
  line.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    heard.hasBegun = text.startsWith(BEGUN);
    heard.namespace = new RegExp(`^${BEGUN} (.+)$`, 'm').exec(text)?.[1] ?? '';
  });
  return heard;
}
