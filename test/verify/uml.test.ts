import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { Desk, endOf } from '../cli/recordings.ts';
import { hasPrograms } from '../e2e/namespaces.ts';
import { freeIn, has } from '../support/has.ts';

vi.setConfig({ testTimeout: 240_000 });

const desk = new Desk();
afterAll(() => desk.remove());

const WORKINGSET = `machine kernel=6.1
write default/memory.max 32M
spawn reader
run reader stream hot 24M --times 2
run reader stream once 64M
run reader stream hot 24M --times 2
spawn greedy
spawn leaving
run leaving map library 4M
kill leaving
start greedy alloc 64M
wait greedy
`;

const hasGuest = hasPrograms('linux.uml', 'cc') && has('memory for a guest', freeIn('/dev/shm') > 256 << 20);

const PROGRAM = fileURLToPath(new URL('../../bin/memcg.js', import.meta.url));
const mayMount = has(
  'the right to mount',
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0,
);

describe.skipIf(!hasGuest)('memcg verify', () => {
  it('has a real 6.1 do what a script says, and finds what was predicted', async () => {
    const script = desk.path('workingset.memcg');
    writeFileSync(script, WORKINGSET);
    const { status, stdout, stderr } = await desk.memcg(
      'verify',
      script,
      '--json',
      '--command',
      'cat *.memcg',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { lines, died, status: ofProgram, holds, verdict } = JSON.parse(stdout);
    const of = (figure: string) => lines.find((line: { figure: string }) => line.figure === figure);
    expect(ofProgram).toBe(0);
    expect(died).toEqual({ predicted: ['greedy'], real: ['greedy'] });
    expect(of('OOM kills')).toMatchObject({ predicted: 1, real: 1 });
    for (const figure of ['refaults', 'pages scanned', 'pages stolen', 'peak']) {
      expect(of(figure).real).toBeGreaterThan(0);
      expect(Math.abs(of(figure).error)).toBeLessThan(0.02);
    }
    expect(of('peak').program.real).toBeGreaterThan(0);
    expect({ holds, verdict }).toEqual({
      holds: true,
      verdict: expect.stringMatching(/^The prediction holds: greedy died/),
    });
  });

  it('proves the fixture of the working set', async () => {
    const { status, stdout } = await desk.memcg(
      'verify',
      fileURLToPath(new URL('../../fixtures/workingset.memcg', import.meta.url)),
    );
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/ refaults +12,478 +12,478 +0 %/),
    });
  });

  it('runs what tune recommends before anybody goes by it', async () => {
    const script = desk.path('reader.memcg');
    writeFileSync(script, 'spawn reader\nrun reader stream data 24M --times 2\n');
    const { status, stdout } = await desk.memcg(
      ...['tune', script, '--limit', '16M', '--points', '4', '--jobs', '1', '--verify', '--width', '100'],
    );
    expect(status).toBe(0);
    const [, proved] = stdout.split('reader.memcg, on a real Linux 6.1\n');
    expect(proved).toMatch(
      /^ +refaults: tune +as 6\.1 +real +limit met +killed\n( +rfc, [\d.]+M to [\d.]+M( +6,144){3} .*\n){3}/,
    );
  });

  it.skipIf(!mayMount)('shows no figures when not all that was written came to the guest’s disk', () => {
    const script = desk.path('writes.memcg');
    writeFileSync(script, 'machine kernel=6.1\nspawn t\nrun t stream out 96M --write\n');
    const small = desk.path('small');
    mkdirSync(small);
    const inSmall =
      'mount -t tmpfs -o size=60M none "$1" && TMPDIR="$1" "$2" "$3" verify "$4"; status=$?; ls "$1"; exit $status';
    const words = [small, process.execPath, PROGRAM, script];
    const { status, stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', inSmall, 'sh', ...words], {
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 3,
      stdout: '',
      stderr: expect.stringContaining("not all that was written is on the guest's disk"),
    });
  });

  it('leaves nothing of a guest whose memcg was killed', async () => {
    const script = desk.path('long.memcg');
    writeFileSync(script, 'machine kernel=6.1\nspawn t\nrun t sleep 10m\n');
    const child = desk.start(['verify', script], { TMPDIR: desk.folder });
    const guests = (): string[] =>
      readdirSync(desk.folder).filter((name) => name.startsWith('memcg-verify-'));
    await vi.waitUntil(() => guests().some((name) => readdirSync(desk.path(name)).includes('results')), {
      timeout: 120_000,
      interval: 50,
    });
    const [folder] = guests();
    child.kill('SIGKILL');
    await once(child, 'close');
    await vi.waitUntil(() => guests().length === 0, { timeout: 60_000, interval: 50 });
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(
      `memcg_folder=${desk.path(folder)}`,
    );
  });
});

const OWN = /^\d+:memory:(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1];
const hasGroups = has(
  'a cgroup of version 1 to make others in',
  hasPrograms('cc') && OWN !== undefined && canMake(OWN),
);

function canMake(own: string): boolean {
  const path = `/sys/fs/cgroup/memory${own}/memcg-test-${process.pid}`;
  try {
    mkdirSync(path);
    rmdirSync(path);
    return true;
  } catch {
    return false;
  }
}

describe('memcg verify', () => {
  it.skipIf(!hasGroups)('asks the kernel of this machine, in a group that it removes', async () => {
    const script = desk.path('host.memcg');
    writeFileSync(script, 'write limit_in_bytes 24M\nspawn reader\nrun reader stream data 32M --times 2\n');
    const { stdout, stderr } = await desk.memcg('verify', script, '--on', 'host', '--json');
    expect(stderr).toBe('');
    const { lines } = JSON.parse(stdout);
    const of = (figure: string) => lines.find((line: { figure: string }) => line.figure === figure);
    expect(of('peak').real).toBe(24 << 20);
    expect(of('pages scanned')).toMatchObject({ real: null, error: null });
    expect(
      readdirSync(`/sys/fs/cgroup/memory${OWN}`).filter((name) => name.startsWith('memcg-verify-')),
    ).toEqual([]);
  });

  it('says what is missing, and how to get it', async () => {
    const script = desk.path('short.memcg');
    writeFileSync(script, 'spawn t\nrun t alloc 1M\n');
    const { status, stderr } = await endOf(desk.start(['verify', script], { PATH: '/nowhere' }));
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        'memcg: verify: there is no linux.uml here: on Debian, `apt-get install user-mode-linux` gets it\n',
    });
  });
});
