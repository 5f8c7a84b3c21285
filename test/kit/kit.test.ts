import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hasPrograms, hasShell } from '../e2e/namespaces.ts';

/** What the Action does, line by line, as a runner would do it; the container is the same script and the same command. */

const here = fileURLToPath(new URL('.', import.meta.url));
const action = fileURLToPath(new URL('../../.github/actions/memcg', import.meta.url));
const text = readFileSync(join(action, 'action.yml'), 'utf8');
const [install, run] = [...text.matchAll(/^ +run: '(.*RUNNER_TEMP.*)'$/gm)].map(([, line]) => line);
const options = /options:\n.*\n +default: (.*)/.exec(text)?.[1];
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'memcg-'));
afterAll(() => rmSync(folder, { recursive: true }));
// The path of a socket has 107 bytes, and sessions are nobody else's.
for (const name of ['run', 'state']) mkdirSync(join(folder, name), { mode: 0o700 });
const env = {
  ...process.env,
  GITHUB_ACTION_PATH: action,
  RUNNER_TEMP: folder,
  OPTIONS: options,
  XDG_RUNTIME_DIR: join(folder, 'run'),
  XDG_STATE_HOME: join(folder, 'state'),
  GOFLAGS: '-count=1',
  GOTOOLCHAIN: 'local',
  PYTHONDONTWRITEBYTECODE: '1',
};
beforeAll(() => {
  execFileSync('bash', ['-c', install ?? ''], { env, stdio: ['ignore', 'ignore', 'inherit'] });
});

/** What a project's command comes to in its folder. */
function inAction(
  project: string,
  command: string,
): { readonly said: string; readonly status: number | null } {
  const cwd = join(folder, project);
  cpSync(join(here, project), cwd, { recursive: true });
  const { stdout, stderr, status } = spawnSync('bash', ['-c', run ?? ''], {
    cwd,
    env: { ...env, COMMAND: command },
    // bash takes a socket for a network's, and then reads /etc/bash.bashrc.
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  return { said: stdout + stderr, status };
}

test.runIf(hasShell && hasPrograms('go'))('tests in Go', () => {
  const { said, status } = inAction('go', 'go test -v ./...');
  expect(said.match(/^--- PASS/gm)).toHaveLength(4);
  expect(status).toBe(0);
});

test.runIf(hasShell && hasPrograms('python3'))('tests in Python', () => {
  const { said, status } = inAction('python', 'python3 -m unittest');
  expect(said).toMatch(/^Ran 4 tests .*\n\nOK$/m);
  expect(status).toBe(0);
});

test.runIf(hasShell)('has the status of the first line that fails', () => {
  const { said, status } = inAction(
    'python',
    'cat /sys/fs/cgroup/memory/memory.limit_in_bytes\nfalse\necho on',
  );
  expect({ said, status }).toEqual({ said: '9223372036854775807\n', status: 1 });
});
