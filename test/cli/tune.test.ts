import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { VERSION } from '../../src/session/version.ts';
import { folder } from '../script/scripts.ts';
import { READER } from '../tune/jobs.ts';

const files = folder({
  'reader.memcg': READER,
  'own-marks.memcg': 'spawn a\nwrite high_wmark_in_bytes 8M\nrun a stream f 24M\n',
  'refused.memcg': 'spawn a\nspawn a\n',
  'mistake.memcg': 'spawn a\nwriet web/failcnt 0\n',
  'idle.memcg': 'spawn a\n',
  'long.memcg': 'spawn a\nrun a stream f 200M --times 3\n',
});
afterAll(files.remove);

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** Starts `memcg tune` from its sources, in the folder of the scripts. */
const start = (args: readonly string[], cwd = '.') =>
  spawn(process.execPath, ['--import', import.meta.resolve('tsx'), MAIN, 'tune', ...args], {
    cwd: files.path(cwd),
  });

async function tune(args: readonly string[], input = '', cwd = '.') {
  const child = start(args, cwd);
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, stdout, stderr };
}

const QUICK = ['--points', '8', '--jobs', '1'];

/** Each test starts a program, and the machine may be busy. */
describe('memcg tune', { timeout: 120_000 }, () => {
  test('recommends marks, says what to type, and is silent beside that', async () => {
    const { status, stdout, stderr } = await tune(['reader.memcg', ...QUICK]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^reader\.memcg\n/);
    expect(stdout).toContain('memcg set default low_wmark_in_bytes=');
  });

  test('prints the same with one worker and with two, as JSON, and writes pictures', async () => {
    const pictures = ['--svg', 'a.svg', '--html', 'a.html'];
    const one = await tune(['-', '--json', '--points', '8', '--jobs', '1', ...pictures], READER);
    const two = await tune(['-', '--json', '--points', '8', '--jobs', '2'], READER);
    expect(one.status).toBe(0);
    expect(two.stdout).toBe(one.stdout);
    expect(() => JSON.parse(one.stdout)).not.toThrow();
    expect(readFileSync(files.path('a.svg'), 'utf8')).toMatch(/<svg/);
    expect(readFileSync(files.path('a.html'), 'utf8')).toMatch(/<html/);
  });

  test.each([
    ['no script', [], 2, 'nothing to tune'],
    ['a script that is not there', ['nowhere.memcg'], 3, 'nowhere.memcg: no such file'],
    ['a script that sets its own marks', ['own-marks.memcg'], 2, 'own-marks.memcg:2:1: this line sets'],
    ['a script with a mistake', ['mistake.memcg'], 2, "mistake.memcg:2:1: unknown command 'wriet'"],
    ['a script that fails', ['refused.memcg'], 1, 'refused.memcg fails without any limit'],
    ['a workload that charges nothing', ['idle.memcg'], 2, 'nothing is charged to default'],
    ['a limit that is never reached', ['reader.memcg', '--limit', '100M'], 2, 'its peak is 28M'],
    ['a limit above the memory', ['reader.memcg', '--limit', '1T'], 2, '1T is more than the machine'],
    ['a warm-up that is too long', ['reader.memcg', '--warmup', '1h'], 2, 'nothing is left of it'],
    ['an unknown policy', ['reader.memcg', '--policy', 'rcf'], 2, "did you mean 'rfc'"],
    ['an unknown objective', ['reader.memcg', '--objective', 'fast'], 2, "'fast' is not an objective"],
    ['a share without a folder', ['reader.memcg', '--shard', '1/2'], 2, '--shard goes with --out'],
    ['a report that would go onto a script', ['reader.memcg', '--svg', 'reader.memcg'], 2, '--svg'],
    ['a report that can not be written', ['reader.memcg', '--html', 'no/where.html'], 3, 'no/where.html'],
  ])('refuses %s', async (_, args, status, sentence) => {
    const refused = await tune([...args, ...QUICK]);
    expect(refused.stderr).toContain(sentence);
    expect(refused.stderr).toMatch(/^memcg: /);
    expect(refused).toMatchObject({ status, stdout: '' });
  });

  test('says what is wrong with one script, and goes on with the others', async () => {
    const { status, stdout, stderr } = await tune(['idle.memcg', 'reader.memcg', ...QUICK]);
    expect(stderr).toContain('idle.memcg: nothing is charged');
    expect(stdout).toMatch(/^reader\.memcg\n/);
    expect(status).toBe(2);
  });

  test('interrupted, keeps in --out what has finished, and goes on from there', async () => {
    const args = ['long.memcg', '--points', '30', '--jobs', '1', '--out', 'sweep'];
    const child = start(args);
    const end = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    const points = files.path('sweep/points');
    while (!existsSync(points) || readFileSync(points, 'utf8').split('\n').length < 4)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    const [, stderr] = await end;
    expect(child.exitCode).toBe(130);
    expect(stderr).toMatch(/interrupted: \d+ runs are kept in sweep/);
    const kept = readFileSync(points, 'utf8');
    const resumed = await tune(args);
    expect(resumed.status).toBe(0);
    expect(readFileSync(points, 'utf8').startsWith(kept)).toBe(true);
    const afresh = await tune(['long.memcg', '--points', '30', '--jobs', '1']);
    expect(resumed.stdout).toBe(afresh.stdout);
  });

  test('refuses the folder of an earlier version by its name; of its own version, it goes on with one', async () => {
    cpSync(new URL('../tune/store/kept', import.meta.url), files.path('kept'), { recursive: true });
    const asked = ['small.memcg', '--limit', '16M', '--points', '8', '--seeds', '2', '--out', 'sweep'];
    const refused = await tune(asked, '', 'kept');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toBe(
      `memcg: sweep keeps another sweep: the version of memcg is 0.1.0 there and ${VERSION} here: ` +
        'name another folder, or delete that one to begin anew\n',
    );

    const header = files.path('kept/sweep/sweep.json');
    writeFileSync(header, readFileSync(header, 'utf8').replace('"0.1.0"', JSON.stringify(VERSION)));
    const kept = readFileSync(files.path('kept/sweep/points'), 'utf8');
    const again = await tune([...asked, '--jobs', '1'], '', 'kept');
    expect({ status: again.status, stderr: again.stderr }).toEqual({ status: 0, stderr: '' });
    // What is run again would stand there again; what was not asked in those days is new.
    const points = readFileSync(files.path('kept/sweep/points'), 'utf8');
    expect(points.startsWith(kept)).toBe(true);
    const tasks = points
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/,"outcome".*/, '').replace(/^\S+ /, ''));
    expect(new Set(tasks).size).toBe(tasks.length);
    const merged = await tune(['--merge', 'sweep', '--jobs', '1'], '', 'kept');
    expect({ status: merged.status, stdout: merged.stdout }).toEqual({ status: 0, stdout: again.stdout });
  });

  test('joins two shares into what one sweep comes to', async () => {
    for (const share of ['1', '2']) {
      const { status, stdout } = await tune([
        'reader.memcg',
        ...QUICK,
        '--shard',
        `${share}/2`,
        '--out',
        `s${share}`,
      ]);
      expect(status).toBe(0);
      expect(stdout).toContain(`share ${share} of 2`);
    }
    const merged = await tune(['--merge', 's1', 's2', '--jobs', '1']);
    const whole = await tune(['reader.memcg', ...QUICK]);
    expect(merged).toEqual(whole);
    const half = await tune(['--merge', 's1', '--jobs', '1']);
    expect(half.status).toBe(3);
    expect(half.stderr).toContain('2 is missing');
  });
});
