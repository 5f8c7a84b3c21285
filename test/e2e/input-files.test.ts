import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** What the built program and its server read by name, and what they refuse. */

const PROGRAM = fileURLToPath(new URL('../../bin/memcg.js', import.meta.url));
let folder = '';
let env: NodeJS.ProcessEnv = {};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'memcg-'));
  mkdirSync(join(folder, 'run'));
  env = { ...process.env, XDG_RUNTIME_DIR: join(folder, 'run'), XDG_STATE_HOME: join(folder, 'state') };
  spawnSync('mkfifo', [join(folder, 'pipe')]);
  writeFileSync(join(folder, 'script'), 'print from a file\n');
  memcg('up --host-memory 1G');
});
afterAll(() => {
  memcg('down');
  rmSync(folder, { recursive: true });
});

/** By bash, in the folder. */
function memcg(command: string): { status: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `"$NODE" "$PROGRAM" ${command}`], {
    cwd: folder,
    env: { ...env, NODE: process.execPath, PROGRAM },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, out: stdout, error: stderr };
}

const PIPE = 'this is a pipe, and only a regular file is read here';

describe('what is no regular file', () => {
  test.each([
    ['load pipe', PIPE],
    ['load /dev/zero', 'this is a device, and only a regular file is read here'],
    ['load .', 'illegal operation on a directory'],
    ['include .', 'illegal operation on a directory'],
    ['reset --boot pipe', PIPE],
  ])('is refused at once by `memcg %s`, and the machine goes on', (command, what) => {
    const { status, error } = memcg(command);
    expect([status, error]).toEqual([command.startsWith('reset') ? 2 : 3, expect.stringContaining(what)]);
    expect(memcg('cat usage_in_bytes')).toMatchObject({ status: 0, out: '0\n' });
  });

  test('is refused as a trace', () => {
    memcg('spawn t');
    expect(memcg('run t trace pipe').error).toContain('this is no regular file, not a trace');
    memcg('exit t');
  });

  test('is refused where a script that the server reads includes it', () => {
    writeFileSync(join(folder, 'outer'), 'include pipe\n');
    expect(memcg('include outer')).toMatchObject({
      status: 3,
      error: expect.stringContaining('this is a pipe'),
    });
  });
});

describe('a script from a pipe', () => {
  test.each([
    ['include /dev/stdin <<< "print piped"'],
    ['include - <<< "print piped"'],
    ['include /dev/stdin < <(echo print piped)'],
    ['include <(echo print piped)'],
    ['include pipe & sleep 0.2; echo print piped > pipe; wait $!'],
  ])('is read by the client: `memcg %s`', (command) => {
    expect(memcg(command)).toEqual({ status: 0, out: 'piped\n', error: '' });
  });

  test('includes files beside where the client is', () => {
    expect(memcg('include - <<< "include script"').out).toBe('from a file\n');
  });

  test('is none if it never ends', () => {
    expect(memcg('include /dev/zero')).toMatchObject({
      status: 2,
      error: expect.stringContaining('put more than 4 MiB into a file'),
    });
    expect(memcg('tune /dev/zero --limit 64M')).toMatchObject({
      status: 3,
      error: 'memcg: /dev/zero: a script that is run many times has 256 MiB at most\n',
    });
  });
});

describe('the first ^C', () => {
  test.each([['include'], ['replay'], ['tune']])(
    'ends `memcg %s` that waits for a pipe',
    async (command) => {
      const child = spawn(process.execPath, [PROGRAM, command, join(folder, 'pipe')], {
        env,
        stdio: 'ignore',
      });
      const ended = new Promise<number | string | null>((resolve) => {
        child.once('exit', (status, signal) => resolve(status ?? signal));
      });
      // It has to wait there first; nothing tells of that.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      child.kill('SIGINT');
      const killed = setTimeout(() => child.kill('SIGKILL'), 8000);
      expect([130, 'SIGINT']).toContain(await ended);
      clearTimeout(killed);
    },
    15_000,
  );
});
