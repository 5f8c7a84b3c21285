import { spawn } from 'node:child_process';
import { readlinkSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants, userInfo } from 'node:os';
import { join } from 'node:path';
import { visibleText } from '../../kernel/visible.ts';
import type { Hierarchy } from '../../machine/machine.ts';
import { isSystemError } from '../../script/script-files.ts';
import { runtimeFolder } from '../../session/folders.ts';
import { SessionError } from '../../session/session-error.ts';
import { MountError } from '../host/mounting.ts';
import { watchOver } from '../host/watcher.ts';
import { hangUp } from './hang-up.ts';
import { machineOf } from './machines.ts';
import { AS_IN_V2 } from './made-up.ts';
import { enterAnew, mountTwice, prepareNamespace, showPressure } from './namespace.ts';
import { BEGUN, KILLED, LINE, NOT_EXECUTABLE, NOT_FOUND, type ShellParams } from './params.ts';
import { promptingShell, type Started } from './prompt.ts';

const WORLD_FAILED = 3;
const EXPECTED = [MountError, SessionError];

/** The part of `memcg shell` inside the namespace: serves the machine there, and runs the command. Ends the process. */
export async function shellInside(argument: string): Promise<void> {
  const params = JSON.parse(argument) as ShellParams;
  const line = new Socket({ fd: LINE });
  line.on('error', () => {});
  line.write(`${BEGUN} ${ownNamespace()}\n`);
  // Its end is heard of from the beginning on.
  line.resume();
  // These are the command's: it shares our terminal.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) process.on(signal, () => {});
  try {
    process.exit(await inside(params, line));
  } catch (error) {
    if (!EXPECTED.some((kind) => error instanceof kind) && !isSystemError(error)) throw error;
    process.stderr.write(visibleText(`memcg: shell: ${(error as Error).message}\n`));
    process.exit(error instanceof SessionError ? error.exit : WORLD_FAILED);
  }
}

const ownNamespace = (): string => readlinkSync('/proc/self/ns/mnt');

async function inside(params: ShellParams, line: Socket): Promise<number> {
  const machine = machineOf(params);
  const folder = join(runtimeFolder(), `shell-${process.pid}.files`);
  const paths = [...machine.paths, folder];
  const janitor = watchOver(paths);
  try {
    const hierarchy = await machine.start();
    await prepareNamespace(params.session, folder, hierarchy);
    enterAnew();
    await machine.mount(hierarchy);
    await mountTwice(hierarchy);
    await showPressure(hierarchy);
    return await runCommand(started(params, folder, hierarchy), line, params.session);
  } finally {
    await machine.remove();
    for (const path of paths) rmSync(path, { recursive: true, force: true });
    janitor.release();
  }
}

function started(params: ShellParams, folder: string, hierarchy: Hierarchy): Started {
  const { env, command } = asked(params, folder, hierarchy);
  if (hierarchy.type === 'cgroup') return { env, command };
  return { env, command: ['/bin/sh', '-c', AS_IN_V2, 'sh', folder, ...command] };
}

function asked({ session, shared, command }: ShellParams, folder: string, { directory }: Hierarchy): Started {
  const own = shared ? {} : { MEMCG_GROUP: '/' };
  const env = { ...process.env, MEMCG_SESSION: session, ...own };
  if (command !== null) return { command, env };
  if (process.stdin.isTTY)
    process.stderr.write(`memcg: ${directory} is an emulated machine here, until you leave this shell\n`);
  const shell = process.env['SHELL'] || userInfo().shell || '/bin/sh';
  return promptingShell(shell, shared ? `memcg ${session}` : 'memcg', folder, env);
}

/** Resolves with its exit status, as a shell counts it. */
function runCommand({ command, env }: Started, line: Socket, session: string): Promise<number> {
  const [program = '/bin/sh', ...args] = command;
  // Whoever started us was gone before the command began.
  if (line.destroyed) return Promise.resolve(KILLED + constants.signals.SIGHUP);
  return new Promise((resolve) => {
    // Whoever started us is gone: as when a terminal is closed, and nothing stays.
    let hungUp: Promise<void> | null = null;
    const child = spawn(program, args, { stdio: 'inherit', env });
    child.once('error', (error: NodeJS.ErrnoException) => {
      const [status, why] = NOT_STARTED[error.code ?? ''] ?? [NOT_EXECUTABLE, error.message];
      process.stderr.write(visibleText(`memcg: shell: ${program}: ${why}\n`));
      resolve(status);
    });
    child.once('exit', async (code, signal) => {
      await hungUp;
      resolve(signal === null ? (code ?? 0) : KILLED + constants.signals[signal]);
    });
    if (child.pid === undefined) return;
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
    line.once('close', () => {
      hungUp = hangUp(ownNamespace(), session);
    });
  });
}

/** As shells say it. */
const NOT_STARTED: Readonly<Record<string, readonly [status: number, why: string]>> = {
  ENOENT: [NOT_FOUND, 'command not found'],
  EACCES: [NOT_EXECUTABLE, 'permission denied'],
};
