import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

/** The built program in real shells, with sessions of its own that nobody else sees. */

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What takes longer hangs, ms. */
const LONGEST = 30_000;
vi.setConfig({ testTimeout: LONGEST, hookTimeout: LONGEST });

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** Those of these shells that this system has. */
export const installed = (...shells: readonly string[]): string[] =>
  shells.filter((shell) => spawnSync(shell, ['-c', ':']).status === 0);

export class Sandbox {
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor() {
    if (!existsSync(join(root, 'dist', 'memcg.cjs'))) throw new Error('not built: npm run bundle');
    // Short: the path of a socket has 107 bytes.
    this.folder = mkdtempSync(join(tmpdir(), 'memcg-'));
    for (const name of ['bin', 'run', 'state']) mkdirSync(join(this.folder, name), { mode: 0o700 });
    symlinkSync(join(root, 'bin', 'memcg.js'), join(this.folder, 'bin', 'memcg'));
    // What a CI says of itself and of colours is not what a person's shell says.
    const { MEMCG_GROUP: _, MEMCG_SESSION: __, CI: ___, FORCE_COLOR: ____, ...env } = process.env;
    this.#env = {
      ...env,
      PATH: `${join(this.folder, 'bin')}:${process.env['PATH']}`,
      HOME: this.folder,
      XDG_RUNTIME_DIR: join(this.folder, 'run'),
      XDG_STATE_HOME: join(this.folder, 'state'),
      NO_COLOR: '1',
      LC_ALL: 'C.UTF-8',
    };
  }

  /** Runs a script of a shell to its end. */
  run(shell: string, script: string, input = '', longest = LONGEST): Ended {
    const { stdout, stderr, status } = spawnSync(shell, ['-c', script], {
      cwd: this.folder,
      env: this.#env,
      encoding: 'utf8',
      input,
      timeout: longest,
    });
    return { stdout, stderr, status };
  }

  start(program: string, args: readonly string[]): ChildProcess {
    return spawn(program, args, { cwd: this.folder, env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  get runtimeFolder(): string {
    return join(this.folder, 'run', 'memcg');
  }

  /** Ends every session that was booted here. */
  remove(): void {
    // A test may have taken bin/memcg away.
    const memcg = `node '${join(root, 'bin', 'memcg.js')}'`;
    const { stdout } = this.run('sh', `${memcg} sessions --json`);
    for (const { session } of JSON.parse(stdout) as { session: string }[])
      this.run('sh', `${memcg} --session '${session}' down`);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The lines between ```console and ``` behind this marker in a text of Markdown; null without marker. */
export function consoleBlock(markdown: string, marker: string): string | null {
  const at = markdown.indexOf(`<!-- ${marker} -->`);
  const block = at < 0 ? null : /```console\n([\s\S]*?)```/.exec(markdown.slice(at));
  return block === null ? null : block[1];
}

export const textOf = (path: string): string | null => {
  const full = join(root, path);
  return existsSync(full) ? readFileSync(full, 'utf8') : null;
};

/** A shell script that types the commands of a console session and prints what a terminal would show. */
export function typed(session: string): string {
  const commands = session.split('\n').flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : []));
  return commands
    .map((line) => `printf '%s\\n' '$ ${line.replaceAll("'", "'\\''")}'\n${line} 2>&1\n`)
    .join('');
}
