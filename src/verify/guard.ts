import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSystemError, systemText } from '../script/script-files.ts';
import { type Failure, failure } from '../script/world.ts';
import type { Plan } from './plan.ts';
import { type Results, readResults } from './results.ts';
import { builtHelper, type Helper } from './tools.ts';

/**
 * What carries out a plan is run by a guard that outlives this program: it ends all of it, and removes what it left, as
 * soon as nobody holds the other end of a pipe.
 */

export interface GuardOptions {
  readonly signal: AbortSignal | null;
  /** ms, for all of it. */
  readonly within: number;
}

export interface Guarded {
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** A disk could not be made. */
export class DiskFailure extends Error {}

export async function guarded(
  options: GuardOptions,
  prepare: (folder: string, helper: Helper) => Guarded,
): Promise<Results | Failure> {
  let folder: string;
  try {
    folder = mkdtempSync(join(tmpdir(), 'memcg-verify-'));
  } catch (error) {
    return worldFailure(tmpdir(), error);
  }
  let guard: ChildProcess | null = null;
  try {
    const helper = builtHelper(folder);
    mkdirSync(join(folder, 'disk'));
    guard = startGuard(folder, helper, prepare(folder, helper));
    return await ended(guard, folder, options);
  } catch (error) {
    return worldFailure(folder, error);
  } finally {
    await letGo(guard);
    rmSync(folder, { recursive: true, force: true });
  }
}

function worldFailure(what: string, error: unknown): Failure {
  if (error instanceof DiskFailure) return failure('world', error.message, `is there room in ${tmpdir()}?`);
  if (!isSystemError(error)) throw error;
  return failure('world', `${what}: ${systemText(error)}`);
}

export function writePlan(folder: string, { lines, records }: Plan): void {
  writeFileSync(join(folder, 'plan'), `${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'records'), records);
}

function startGuard(folder: string, { program }: Helper, { words, environment }: Guarded): ChildProcess {
  // A guest's memory is a file in the first of these that is set, else in /dev/shm.
  const { TMPDIR: _, TMP: __, TEMP: ___, ...env } = process.env;
  return spawn(program, ['guard', folder, ...words], {
    env: { ...env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own session: ^C of a terminal does not reach it.
    detached: true,
  });
}

const ENDED = 'memcg verify: ended ';

/** What the run wrote down, when it has ended. */
function ended(
  guard: ChildProcess,
  folder: string,
  { signal, within }: GuardOptions,
): Promise<Results | Failure> {
  return new Promise((resolve) => {
    let said = '';
    const over = (answer: Results | Failure): void => {
      clearTimeout(late);
      signal?.removeEventListener('abort', interrupted);
      resolve(answer);
    };
    const interrupted = (): void => over(failure('interrupted', 'interrupted'));
    const late = setTimeout(
      () => over(failure('world', `the run was not done within ${within / 1000} s`)),
      within,
    );
    signal?.addEventListener('abort', interrupted);
    if (signal?.aborted) interrupted();
    guard.on('error', (error) => over(failure('world', error.message)));
    guard.on('exit', () => over(failure('world', `the run has ended before its time${lastWords(said)}`)));
    guard.stderr?.on('data', (bytes) => (said += bytes));
    guard.stdout?.on('data', (bytes) => {
      said += bytes;
      if (said.includes(ENDED)) over(resultsIn(folder, said));
    });
  });
}

function resultsIn(folder: string, said: string): Results | Failure {
  let text: string;
  try {
    text = readFileSync(join(folder, 'results'), 'utf8');
  } catch {
    text = '';
  }
  const results = readResults(text);
  return results.isWhole
    ? results
    : failure(
        'world',
        `the run has ended before its time${lastWords(said)}`,
        'is there room in /dev/shm and where temporary files are?',
      );
}

function lastWords(said: string): string {
  const lines = said.split('\n');
  const ofHelper = lines.find((each) => /^memcg verify: (?!ended)/.test(each))?.replace('memcg verify: ', '');
  const line = ofHelper ?? lines.find((each) => /panic|error|failed|No space/i.test(each));
  return line === undefined ? '' : `: ${line.trim()}`;
}

/** Closes the pipe, and waits until the guard has cleaned up. */
function letGo(guard: ChildProcess | null): Promise<void> {
  if (guard === null || guard.exitCode !== null || guard.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    guard.on('exit', () => resolve());
    guard.on('error', () => resolve());
    guard.stdin?.on('error', () => {});
    guard.stdin?.end();
  });
}
