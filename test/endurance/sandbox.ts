import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/memcg.js', import.meta.url));

/** Folders of its own for the built program, and what is left of it in the system. */
export class Sandbox {
  // Short: the path of a socket has 107 bytes.
  readonly folder = mkdtempSync(join(tmpdir(), 'memcg-'));
  readonly state = join(this.folder, 'state', 'memcg');
  readonly runtime = join(this.folder, 'run', 'memcg');
  readonly #env: NodeJS.ProcessEnv = {
    ...process.env,
    XDG_RUNTIME_DIR: join(this.folder, 'run'),
    XDG_STATE_HOME: join(this.folder, 'state'),
  };

  constructor() {
    for (const name of ['run', 'state']) mkdirSync(join(this.folder, name), { mode: 0o700 });
  }

  /** Its output. Throws when it fails. */
  memcg(...words: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], {
      env: this.#env,
      cwd: this.folder,
      encoding: 'utf8',
      timeout: 300_000,
    });
    if (status !== 0) throw new Error(`memcg ${words.join(' ')}: ${status}: ${stderr}`);
    return stdout;
  }

  start(...words: readonly string[]): ChildProcess {
    return spawn(process.execPath, [PROGRAM, ...words], {
      env: this.#env,
      cwd: this.folder,
      stdio: 'ignore',
    });
  }

  /** Pids of all processes that were started here, of their children too. */
  processes(): number[] {
    const mark = `XDG_RUNTIME_DIR=${join(this.folder, 'run')}`;
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && readIfThere(`/proc/${name}/environ`).split('\0').includes(mark))
      .map(Number);
  }

  /** Mounts beneath its folder, of any process that was started here. */
  mounts(): string[] {
    const all = ['self', ...this.processes()].map((pid) => readIfThere(`/proc/${pid}/mounts`)).join('');
    return all.split('\n').filter((line) => line.includes(this.folder));
  }

  /** Names in a folder; none where it is not there. */
  names(folder: string): string[] {
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  remove(): void {
    for (const pid of this.processes()) process.kill(pid, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

export const passing = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The same, until it holds: whether it did within so many ms. */
export async function holds(what: () => boolean, patience: number): Promise<boolean> {
  for (const until = performance.now() + patience; performance.now() < until; await passing(20))
    if (what()) return true;
  return what();
}
