import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { folder } from '../script/scripts.ts';

const files = folder({
  'good.memcg': 'spawn a\nrun a stream f 1M\nprint read\nexpect usage_in_bytes == 1M\n',
  'unmet.memcg': 'expect failcnt > 0\n',
  'refused.memcg': 'mkdir default\n',
  'mistake.memcg': 'mkdir web\nwriet web/failcnt 0\n',
  'world.memcg': 'spawn a\nrun a trace nothing.csv\n',
  'endless.memcg': 'print begun\nwait 1ms\nspawn a\nrun a stream f 1T --times 1000\n',
  'web.memcg': 'mkdir web',
  'trace.memcg': 'spawn a\nrun a trace t.csv --asap\n',
  't.csv': `time,op,offset,size\n${Array.from({ length: 900 }, (_, i) => `0,read,${((i * i) % 700) * 4096},4096`).join('\n')}\n`,
  'own.memcg': 'mkdir web\nspawn a web\nrun a stream f 16M\n',
});
afterAll(files.remove);

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** Starts `memcg` from its sources, in the folder of the scripts. */
function start(args: readonly string[]) {
  return spawn(process.execPath, ['--import', import.meta.resolve('tsx'), MAIN, ...args], {
    cwd: files.path('.'),
  });
}

async function memcg(args: readonly string[], input = '') {
  const child = start(args);
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, stdout, stderr };
}

/** Each test starts a program, and the machine may be busy. */
describe.concurrent('memcg replay', { timeout: 60_000 }, () => {
  it('prints what a script prints, then a report', async () => {
    const { status, stdout, stderr } = await memcg(['replay', 'good.memcg']);
    expect(stdout).toMatch(/^read\n\ngood\.memcg\n/);
    expect(stdout).toMatch(/\/default\n/);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('gives a machine without the series a default group with the limit alone', async () => {
    const { status, stdout } = await memcg(['replay', '-'], 'machine wmarks=off\ncat limit_in_bytes\n');
    expect(stdout).toMatch(/^134217728\n/);
    expect(status).toBe(0);
  });

  it.each<[string, readonly string[], RegExp]>([
    [
      'for a group that nothing was charged to',
      ['--limit', '8M'],
      /^memcg: own\.memcg: --limit is for default, and nothing was charged to it: web used 16M, and -g web limits that\n$/,
    ],
    [
      'as a share of nothing',
      ['--limit', '50%'],
      /^memcg: --limit is for default, and nothing was charged to it: web used 16M, and -g web limits that\n$/,
    ],
    ['for a group that the script makes', ['--limit', '8M', '-g', 'web'], /^$/],
    ['for a group that never comes', ['--limit', '8M', '-g', 'wbe'], /ENOENT/],
  ])('says what --limit is %s', async (_, options, message) => {
    const { stdout, stderr } = await memcg(['replay', 'own.memcg', ...options]);
    expect(stderr).toMatch(message);
    if (stderr === '') expect(stdout).toMatch(/^ {2}limit +8M/m);
  });

  it('has the same of several limits at once as of each by itself', async () => {
    const run = async (limit: string) =>
      JSON.parse((await memcg(['replay', 'trace.memcg', '--json', '--limit', limit])).stdout) as object;
    const [both, small, great] = await Promise.all(['256K,50%', '256K', '50%'].map(run));
    expect(both).toEqual({
      ok: true,
      runs: [
        { script: 'trace.memcg', limit_bytes: 262_144, ...small },
        { script: 'trace.memcg', limit_bytes: 180_224, ...great },
      ],
    });
  });

  it('says that a script sets the limit itself', async () => {
    const { stderr, status } = await memcg(
      ['replay', '-', '--limit', '8M'],
      'write limit_in_bytes 16M\nspawn a\nrun a stream f 1M\n',
    );
    expect(stderr).toBe(
      'memcg: -: --limit was 8M, and the script has set limit_in_bytes of default to 16M itself\n',
    );
    expect(status).toBe(0);
  });

  it.each<[string, number, RegExp]>([
    [
      'refused.memcg',
      1,
      /^memcg: mkdir default: EEXIST: File exists\n.*\n? {2}at refused\.memcg:1: mkdir default\n$/,
    ],
    [
      'mistake.memcg',
      2,
      /^memcg: mistake\.memcg:2:1: unknown command 'wriet'.*\n {2}wriet web\/failcnt 0\n {2}\^\n$/,
    ],
    ['world.memcg', 3, /^memcg: nothing\.csv: .*\n {2}at world\.memcg:2: run a trace nothing\.csv\n$/],
  ])('%s exits with %i', async (script, expected, message) => {
    const { status, stderr } = await memcg(['replay', script]);
    expect(stderr).toMatch(message);
    expect(status).toBe(expected);
  });

  it.each([
    [['good.memcg', '--frobnicate'], /^memcg: unknown option '--frobnicate'/],
    [['good.memcg', '--limit', '5Q'], /^memcg: --limit: '5Q' is not a size: .*\n$/],
  ])('%j is wrong usage', async (args, message) => {
    const { status, stdout, stderr } = await memcg(['replay', ...args]);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it.each<[string, number, object]>([
    ['unmet.memcg', 1, { ok: false, expectations: { passed: 0, failed: [{ line: 1, found: '0' }] } }],
    ['mistake.memcg', 2, { ok: false, error: { file: 'mistake.memcg', line: 2, column: 1, errno: null } }],
    ['nothing.memcg', 3, { ok: false, error: { errno: null } }],
  ])('--json %s is one object and exits with %i', async (script, expected, shape) => {
    const { status, stdout, stderr } = await memcg(['replay', '--json', script]);
    const json = JSON.parse(stdout);
    expect(json).toMatchObject(shape);
    expect(Object.keys(json.cgroups)).toEqual(expect.arrayContaining(['/', '/default']));
    expect({ status, stderr }).toEqual({ status: expected, stderr: '' });
  });

  it('--json of several scripts and of wrong usage is one object too', async () => {
    const several = await memcg(['replay', '--json', 'good.memcg', 'unmet.memcg']);
    expect(JSON.parse(several.stdout)).toMatchObject({
      ok: false,
      runs: [{ ok: true, output: [{ line: 3, text: 'read' }] }, { ok: false }],
    });
    const wrong = await memcg(['replay', '--json', 'good.memcg', '--limit', '5Q']);
    expect(JSON.parse(wrong.stdout)).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/--limit/) },
    });
    expect(wrong.status).toBe(2);
  });

  it('--policy sets several policies side by side, each with its own boot script', async () => {
    const script = 'spawn r\nrun r stream f 256M\nwait 100ms\n';
    const { status, stdout } = await memcg(
      ['replay', '--policy', 'rfc,memory.high,none', '--json', '-'],
      script,
    );
    expect(status).toBe(0);
    const { ok, runs } = JSON.parse(stdout);
    expect(ok).toBe(true);
    expect(runs.map(({ policy }: { policy: string }) => policy)).toEqual(['rfc', 'memory.high', 'none']);
    const stalls = runs.map(
      (run: { cgroups: Record<string, { reclaim_stat: { stall_count: number } }> }) =>
        run.cgroups['/default'].reclaim_stat.stall_count,
    );
    expect(stalls[0]).toBe(0);
    expect(Math.min(stalls[1], stalls[2])).toBeGreaterThan(100);
  });

  it('--policy prints one table with a column each, and says which let nobody wait', async () => {
    const script = 'spawn r\nrun r stream f 256M\nwait 100ms\n';
    const { stdout } = await memcg(['replay', '--policy', 'rfc,none', '--width', '80', '-'], script);
    expect(stdout).toMatch(/^policies: no stalls under rfc \(.* CPU\); none [\d,]+ stalls \(.*\)\n/);
    expect(stdout).toMatch(/ {2}limit failures +0 +[\d,]+\n/);
  });

  it('--policy ends where a line sets marks that the policy has not, and says under which', async () => {
    const script = 'write low_wmark_in_bytes 1M\n';
    const { status, stderr } = await memcg(['replay', '--policy', 'rfc,alinux', '-'], script);
    expect(stderr).toMatch(/^under policy=alinux:\nmemcg: write default\/memory\.low_wmark_in_bytes: ENOENT/);
    expect(status).toBe(1);
  });

  it.each([
    [['--policy', 'rfc,kswap'], /'kswap' is no policy/],
    [['--policy', 'rfc,rfc'], /'rfc' is named twice/],
    [['--policy', 'rfc', '--compare'], /add none to the policies/],
  ])('%j is wrong usage', async (args, message) => {
    const { status, stderr } = await memcg(['replay', 'good.memcg', ...args]);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });

  it('--compare runs again without background reclaim, whose expectations do not count', async () => {
    const script = [
      'set default low_wmark_in_bytes=4M high_wmark_in_bytes=6M limit_in_bytes=8M',
      'spawn a',
      'run a stream f 64M',
      'expect failcnt == 0',
    ].join('\n');
    const { status, stdout } = await memcg(['replay', '--compare', '--json', '-'], script);
    const json = JSON.parse(stdout);
    expect(json.cgroups['/default'].reclaim_stat.bg_passes).toBeGreaterThan(0);
    expect(json.compare).toMatchObject({ ok: false, expectations: { passed: 0, failed: [{ line: 4 }] } });
    expect(json.compare.cgroups['/default'].reclaim_stat.bg_passes).toBe(0);
    expect(status).toBe(0);
  });

  it('--limit sets the marks of the default group before the first line', async () => {
    const lines = 'expect web/low_wmark_in_bytes == 12k\nexpect web/high_wmark_in_bytes == 16k\n';
    const result = await memcg(
      ['replay', '-g', 'web', '--boot', 'web.memcg', '--limit', '20000', '-'],
      lines,
    );
    expect(result).toMatchObject({ status: 0, stderr: '' });
  });

  it('--limit takes a share of the most that the script uses without a limit', async () => {
    const lines =
      'set --weak default limit_in_bytes=100k\nspawn a\nrun a alloc 160k\nrun a free all\ncat limit_in_bytes\n';
    const { status, stdout, stderr } = await memcg(['replay', '--limit', '70%', '--json', '-'], lines);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'memcg: -: the limit is 112K of the 160K that it uses without one\n',
    });
    expect(JSON.parse(stdout).cgroups['/default'].files['memory.limit_in_bytes']).toBe(`${112 << 10}`);
  });

  it('--bare boots without a default group', async () => {
    const { status, stderr } = await memcg(['replay', '--bare', '-'], 'cat failcnt\n');
    expect(stderr).toMatch(/cat default\/memory\.failcnt: ENOENT/);
    expect(status).toBe(1);
  });

  it('--events writes trace events as JSON lines, or says why it cannot', async () => {
    expect(await memcg(['replay', '--events', 'events.jsonl', 'good.memcg'])).toMatchObject({ status: 0 });
    const lines = readFileSync(files.path('events.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ type: 'start' }));

    const failed = await memcg(['replay', '--events', 'no/such/folder', 'good.memcg']);
    expect(failed).toMatchObject({ status: 3, stdout: '', stderr: expect.stringMatching(/no such file/) });
  });

  it('interrupted, prints what there is and exits with 130', async () => {
    const child = start(['replay', 'endless.memcg']);
    const stderr = text(child.stderr);
    const closed = once(child, 'close');
    let stdout = '';
    for await (const chunk of child.stdout) {
      if (stdout === '') child.kill('SIGINT');
      stdout += chunk;
    }
    await closed;
    expect(await stderr).toBe('memcg: interrupted\n  at endless.memcg:4: run a stream f 1T --times 1000\n');
    expect(stdout).toMatch(/virtual time/);
    expect(child.exitCode).toBe(130);
  });
});
