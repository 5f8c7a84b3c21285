import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PAGE_SIZE, type Pages } from '../kernel/units.ts';
import { isSystemError, systemText } from '../script/script-files.ts';
import { type Failure, failure } from '../script/world.ts';
import type { Plan } from './plan.ts';
import { type Results, readResults } from './results.ts';
import { builtHelper, type Helper, type Tools } from './tools.ts';

/**
 * A real Linux 6.1 as a process (user-mode-linux): boots, carries out a plan, and is gone. A guard that outlives this
 * program ends it, and removes its folder, as soon as nobody holds the other end of a pipe.
 */

export interface GuestOptions {
  readonly memory: Pages;
  readonly swap: Pages;
  readonly signal: AbortSignal | null;
  /** ms, for all of it. */
  readonly within: number;
  /** A folder that is copied to the guest's disk, and stands there where it stands here. */
  readonly copied: string | null;
}

const EXT4 = ['-q', '-F', '-t', 'ext4', '-b', '4096', '-E', 'lazy_itable_init=1,lazy_journal_init=1'];
/** Beside what files take, the disk's own. */
const SPARE = 2 ** 31;

export async function runInGuest(
  plan: Plan,
  tools: Tools,
  options: GuestOptions,
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
    makeFolder(folder, plan, tools, options);
    guard = startGuard(folder, helper, tools, options);
    return await ended(guard, folder, options);
  } catch (error) {
    return worldFailure(folder, error);
  } finally {
    await letGo(guard);
    rmSync(folder, { recursive: true, force: true });
  }
}

const worldFailure = (what: string, error: unknown): Failure => {
  if (!isSystemError(error)) throw error;
  return failure('world', `${what}: ${systemText(error)}`);
};

function makeFolder(folder: string, plan: Plan, tools: Tools, { swap, copied }: GuestOptions): void {
  mkdirSync(join(folder, 'disk'));
  writeFileSync(join(folder, 'plan'), `${plan.lines.join('\n')}\n`);
  writeFileSync(join(folder, 'records'), plan.records);
  makeDisk(folder, plan, tools);
  if (copied !== null) makeCopy(join(folder, 'copy.img'), copied, tools);
  if (swap > 0) makeSwap(join(folder, 'swap.img'), swap);
}

/** Files that are read first have blocks from the start, so that the disk is asked for them; nothing is written for that. */
function makeDisk(folder: string, { files }: Plan, { mke2fs, debugfs }: Tools): void {
  const image = join(folder, 'disk.img');
  sparse(image, SPARE + 2 * files.reduce((sum, file) => sum + file.pages * PAGE_SIZE, 0));
  command(mke2fs, [...EXT4, image]);
  const lines = files.flatMap(({ pages, isRead }, id) =>
    isRead && pages > 0 ? [`write /dev/null f${id}`, `fallocate f${id} 0 ${pages - 1}`] : [],
  );
  const script = join(folder, 'debugfs');
  writeFileSync(script, `${lines.join('\n')}\n`);
  command(debugfs, ['-w', '-f', script, image]);
}

/** With room for what the program writes. */
function makeCopy(image: string, folder: string, { mke2fs }: Tools): void {
  sparse(image, SPARE + 2 * sizeBelow(folder));
  command(mke2fs, [...EXT4, '-d', folder, image]);
}

const sizeBelow = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (sum, entry) =>
      sum + PAGE_SIZE + (entry.isFile() ? lstatSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );

function command(program: string, words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, words, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stderr}`);
}

function sparse(path: string, bytes: number): void {
  const file = openSync(path, 'wx', 0o600);
  ftruncateSync(file, bytes);
  closeSync(file);
}

/** What mkswap(8) writes. */
function makeSwap(path: string, swap: Pages): void {
  sparse(path, (swap + 1) * PAGE_SIZE);
  const header = Buffer.alloc(PAGE_SIZE);
  header.writeUInt32LE(1, 1024);
  header.writeUInt32LE(swap, 1028);
  header.write('SWAPSPACE2', PAGE_SIZE - 10, 'latin1');
  const file = openSync(path, 'r+');
  writeSync(file, header, 0, PAGE_SIZE, 0);
  closeSync(file);
}

function startGuard(
  folder: string,
  { program, preload }: Helper,
  { uml }: Tools,
  { memory, swap, copied }: GuestOptions,
): ChildProcess {
  const words = [
    `mem=${(memory * PAGE_SIZE) / 1024}K`,
    'rootfstype=hostfs',
    'rootflags=/',
    'ro',
    `init=${program}`,
    `ubda=${join(folder, 'disk.img')}`,
    ...(swap > 0 ? [`ubdb=${join(folder, 'swap.img')}`] : []),
    'con=null',
    'con0=null,fd:1',
    'con1=null',
    'quiet',
    `uml_dir=${folder}/`,
    `memcg_folder=${folder}`,
    ...(copied === null ? [] : [`ubdc=${join(folder, 'copy.img')}`, `memcg_over=${copied}`]),
  ];
  // Its memory is a file of the first of these that is set, else of /dev/shm.
  const { TMPDIR: _, TMP: __, TEMP: ___, ...env } = process.env;
  return spawn(program, ['guard', folder, uml, ...words], {
    env: { ...env, LD_PRELOAD: preload },
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own session: ^C of a terminal does not reach it.
    detached: true,
  });
}

const ENDED = 'memcg verify: ended ';

/** What the guest wrote down, when it has ended. */
function ended(
  guard: ChildProcess,
  folder: string,
  { signal, within }: GuestOptions,
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
      () => over(failure('world', `the guest was not done within ${within / 1000} s`)),
      within,
    );
    signal?.addEventListener('abort', interrupted);
    if (signal?.aborted) interrupted();
    guard.on('error', (error) => over(failure('world', error.message)));
    guard.on('exit', () => over(failure('world', `the guest has ended before its time${lastWords(said)}`)));
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
        `the guest has ended before its time${lastWords(said)}`,
        'is there room in /dev/shm and where temporary files are?',
      );
}

function lastWords(said: string): string {
  const line = said
    .split('\n')
    .find((each) => /panic|error|memcg verify: (?!ended)|failed|No space/i.test(each));
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
