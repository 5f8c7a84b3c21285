import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants as fsConstants } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { isSystemError } from '../../script/script-files.ts';
import { textOnce } from './proc-file.ts';

/** A command that is run to be recorded: its input, output and signals are its own. */

/** How it ended: its status, as a shell tells it, and the signal that ended it. */
export interface Exit {
  readonly status: number;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningCommand {
  readonly pid: number;
  readonly ended: Promise<Exit>;
}

/** Why it could not be started; `status`: as of a shell. */
export interface NotStarted {
  readonly status: 126 | 127;
  readonly why: string;
}

const PASSED_ON = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGALRM'] as const;
/** What a terminal sends to a whole group of processes. */
const OF_TERMINAL: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT']);

/** `environment`: NAME=VALUE that is added to this program's own, if any. */
export async function start(
  [program, ...args]: readonly string[],
  environment: string | null,
): Promise<RunningCommand | NotStarted> {
  let child: ChildProcess | null = null;
  const early: NodeJS.Signals[] = [];
  // Before it is started: it may run before this program does again, and a signal that comes then is its own.
  const pass = (signal: NodeJS.Signals): void => {
    if (OF_TERMINAL.has(signal) && inForeground()) return;
    if (child === null) early.push(signal);
    else child.kill(signal);
  };
  for (const signal of PASSED_ON) process.on(signal, pass);
  const leave = (): void => {
    for (const signal of PASSED_ON) process.off(signal, pass);
  };
  const [name = '', value] = environment?.split('=') ?? [];
  const env = environment === null ? process.env : { ...process.env, [name]: value };
  const started = spawn(program, args, { stdio: 'inherit', env });
  child = started;
  for (const signal of early) started.kill(signal);
  const ended = new Promise<Exit>((resolve) => {
    started.once('exit', (code, signal) => {
      leave();
      resolve({ status: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), signal });
    });
  });
  const { pid } = started;
  if (pid !== undefined) return { pid, ended };
  const error = await new Promise<Error>((resolve) => started.once('error', resolve));
  leave();
  return notStarted(program, isSystemError(error) ? error.code : '');
}

function notStarted(program: string, code: string | undefined): NotStarted {
  if (code === 'ENOENT') return { status: 127, why: `${program}: there is no such program` };
  return { status: 126, why: `${program}: it can't be run: ${code}` };
}

/** Why a program can't be started, as far as its file says; null: it may be. */
export function whyNotStarted(program: string): NotStarted | null {
  const folders = program.includes('/') ? [''] : (process.env['PATH'] ?? '').split(delimiter);
  let code = 'ENOENT';
  for (const folder of folders) {
    try {
      accessSync(join(folder, program), fsConstants.X_OK);
      return null;
    } catch (error) {
      if (isSystemError(error) && error.code === 'EACCES') code = error.code;
    }
  }
  return notStarted(program, code);
}

/**
 * Whether this program is of the group that a terminal sends its signals to: then ^C has reached the command
 * that it runs already, and to pass it on would be a second one. proc_pid_stat(5): pgrp, session, tty_nr, tpgid.
 */
function inForeground(): boolean {
  const read = textOnce('/proc/self/stat');
  if (typeof read === 'string') return true;
  // The second field is the program's name, in which anything may stand.
  const [, , group, , terminal, foreground] = read.text.slice(read.text.lastIndexOf(')') + 2).split(' ');
  return terminal !== '0' && group === foreground;
}
