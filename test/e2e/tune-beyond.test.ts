import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { RedisServer, redisIsThere } from '../tune/queue/redis.ts';
import { Sandbox } from './shells.ts';

/** Sweeps that are cut short, shared out, and spread over workers: what comes of them is the same, to the byte. */

const SCRIPT = `
spawn a
run a alloc 8M
run a stream f 24M
run a free 4M
run a stream g 24M --random
wait 1s
`;
const TUNE = 'memcg tune a.memcg --points 8 --seeds 2 --json';
/** A worker that was killed is missed after 10 to 20 s. */
const LONG = 90_000;

let shell: Sandbox;
/** What comes of an undisturbed sweep. */
let whole: string;

beforeAll(() => {
  shell = new Sandbox();
  writeFileSync(join(shell.folder, 'a.memcg'), SCRIPT);
  const { stdout, status } = shell.run('sh', TUNE);
  expect(status).toBe(0);
  whole = stdout;
}, LONG);

afterAll(() => shell.remove());

const at = (name: string): string => join(shell.folder, name);
const start = (...args: readonly string[]): ChildProcess => shell.start('memcg', args);
const tune = (...args: readonly string[]): ChildProcess => start(...TUNE.split(' ').slice(1), ...args);

async function endOf(child: ChildProcess): Promise<{ stdout: string; stderr: string; status: unknown }> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text) => {
    stdout += text;
  });
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  const [status, signal] = await once(child, 'close');
  return { stdout, stderr, status: status ?? signal };
}

const linesIn = (path: string): number =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;

const there = (path: string, lines: number) =>
  vi.waitFor(() => expect(linesIn(path)).toBeGreaterThanOrEqual(lines), { timeout: LONG, interval: 20 });

describe('a sweep with --out', () => {
  test('goes on after kill -9, a torn line and ^C, and comes to the same', async () => {
    const killed = tune('--out', 'cut');
    await there(at('cut/points'), 4);
    killed.kill('SIGKILL');
    await endOf(killed);
    truncateSync(at('cut/points'), readFileSync(at('cut/points')).length - 30);

    const kept = readFileSync(at('cut/points'), 'utf8').split('\n').length;
    const interrupted = tune('--out', 'cut');
    const end = endOf(interrupted);
    await there(at('cut/points'), kept + 3);
    interrupted.kill('SIGINT');
    const { stderr, status } = await end;
    expect(status).toBe(130);
    expect(stderr).toMatch(
      /^memcg: cut\/points: the last \d+ bytes are an unfinished line: its point is run/,
    );
    expect(stderr).toMatch(
      /memcg: interrupted: \d+ runs are kept in cut: the same command goes on from there/,
    );

    expect(shell.run('sh', `${TUNE} --out cut`).stdout).toBe(whole);
    const lines = readFileSync(at('cut/points'), 'utf8').trimEnd().split('\n');
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('is alone in its folder, and says with which sweep it is not', async () => {
    const first = tune('--out', 'one');
    await there(at('one/points'), 1);
    const second = shell.run('sh', `${TUNE} --out one`);
    expect(second.stderr).toBe(
      `memcg: one is in use by another sweep (pid ${first.pid}): wait for it, end it, or name another folder\n`,
    );
    expect(second.status).toBe(3);
    first.kill('SIGINT');
    await endOf(first);
    const other = shell.run('sh', 'memcg tune a.memcg --points 9 --seeds 2 --out one');
    expect(other.stderr).toBe(
      'memcg: one keeps another sweep: --points is 8 there and 9 here: ' +
        'name another folder, or delete that one to begin anew\n',
    );
    expect(other.status).toBe(2);
  });
});

test(
  'shares, merged in any order, come to the same as the whole; a missing one is named',
  () => {
    for (const share of [1, 2, 3]) {
      const { stdout, status } = shell.run('sh', `${TUNE} --shard ${share}/3 --out share${share}`);
      expect(stdout).toContain(`share ${share} of 3: `);
      expect(status).toBe(0);
    }
    expect(shell.run('sh', 'memcg tune --merge share3 share1 share2 --json').stdout).toBe(whole);
    const { stdout, stderr, status } = shell.run('sh', 'memcg tune --merge share1 share3');
    expect(stdout).toContain('Partial: of 3 shares, 2 is missing: run what is missing, and merge again.');
    expect(stderr).toBe('memcg: of 3 shares, 2 is missing: run what is missing, and merge again\n');
    expect(status).toBe(3);
  },
  LONG,
);

describe.runIf(redisIsThere)('a sweep with --queue', () => {
  test(
    'comes to the same when a worker is killed in the middle, and leaves nothing behind',
    async () => {
      await using redis = await RedisServer.start();
      const workers = [1, 1].map((jobs) =>
        start('tune-worker', '--queue', redis.url, '--jobs', String(jobs)),
      );
      await Promise.all(workers.map(({ stderr }) => stderr !== null && once(stderr, 'readable')));
      const ends = workers.map(endOf);
      const sweep = endOf(tune('--queue', redis.url, '--out', 'queued'));
      await there(at('queued/points'), 5);
      workers[0].kill('SIGKILL');
      const { stdout, stderr, status } = await sweep;
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      expect(stdout).toBe(whole);
      expect(linesIn(at('queued/points'))).toBe(
        new Set(readFileSync(at('queued/points'), 'utf8').trimEnd().split('\n')).size,
      );
      await vi.waitFor(async () => expect(await redis.keys()).toEqual([]), { timeout: LONG });
      workers[1].kill('SIGTERM');
      const [, last] = await Promise.all(ends);
      expect(last.status).toBe(0);
      expect(last.stderr).toMatch(/waiting for points, 1 at once\n.*: \d+ points run here\n$/);
    },
    LONG,
  );

  test(
    'takes everything back on ^C',
    async () => {
      await using redis = await RedisServer.start();
      const sweep = tune('--queue', redis.url);
      const end = endOf(sweep);
      await vi.waitFor(async () => expect((await redis.keys()).length).toBeGreaterThan(4), { timeout: LONG });
      sweep.kill('SIGINT');
      expect((await end).status).toBe(130);
      expect(await redis.keys()).toEqual([]);
    },
    LONG,
  );

  test('and a worker say at once that there is no server', async () => {
    const redis = await RedisServer.start();
    await redis[Symbol.asyncDispose]();
    for (const command of [`${TUNE} --queue`, 'memcg tune-worker --queue']) {
      const { stderr, status } = shell.run('sh', `${command} ${redis.url}`);
      expect(stderr).toMatch(/redis:\/\/127\.0\.0\.1:\d+: no Redis server answers there: .*ECONNREFUSED/);
      expect(status).toBe(3);
    }
  });
});
