import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sandbox } from './shells.ts';

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
  sandbox.run('sh', 'memcg pause; memcg mkdir web; memcg mkdir web/db');
});
afterAll(() => sandbox.remove());
const run = (script: string) => sandbox.run('sh', script);

describe('memcg top that writes to no terminal', () => {
  test('prints a line a cgroup, once, without a header', () => {
    const { stdout, stderr, status } = run('memcg top');
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/));
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(rows.map((row) => row[1])).toEqual(['/', 'default', 'web', 'web/db']);
    expect(rows[1]).toEqual([
      ...[expect.stringMatching(/^\d+\.\d{3}$/), 'default', '0', '32M', '48M', '128M', 'sleeping'],
      ...[expect.any(String), '0', '0', '0', '-', '0', '0', '0', 'calm'],
    ]);
  });

  test('prints as often as it is asked, with an empty line between', () => {
    const { stdout } = run('memcg top -b -n 3 -d 0.1 web');
    expect(stdout.split('\n\n').map((part) => part.trim().split('\n').length)).toEqual([2, 2, 2]);
  });

  test('prints exact bytes and nanoseconds with -r', () => {
    expect(run('memcg top -r default').stdout).toMatch(
      /^ *\d+ {2}default {2}0 {2}33554432 {2}50331648 {2}134217728 /,
    );
  });

  test('prints one JSON object a line with --json', () => {
    const lines = run('memcg top --json -n 2 -d 0.1').stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0])).toMatchObject({
      virtual_ns: expect.any(Number),
      cgroups: [
        { path: '/', high_wmark_in_bytes: null },
        {
          path: '/default',
          health: 'calm',
          high_wmark_in_bytes: 50331648,
          failcnt: 0,
          per_second: { stalls: 0 },
        },
        { path: '/web' },
        { path: '/web/db' },
      ],
    });
  });

  test('prints what the machine is now, however much it has done since its last save state', () => {
    const busy = 'memcg --session busy';
    run(`${busy} pause; ${busy} spawn r; ${busy} start r stream data.img 64G; ${busy} step 10s`);
    const now = JSON.parse(run(`${busy} status --json`).stdout).virtual_ns;
    const { virtual_ns, cgroups } = JSON.parse(run(`${busy} top --json default`).stdout);
    expect(virtual_ns).toBe(now);
    expect(cgroups[0].per_second.charged).toBeGreaterThan(0);
  });

  test.each([
    ['a cgroup that is not there', 'memcg top wbe', 1, /ENOENT.*\n.*did you mean 'web'/],
    ['a delay that is none', 'memcg top -d x', 2, /-d takes seconds/],
    ['no time between', 'memcg top -d 0', 2, /-d takes seconds/],
    ['a count that is none', 'memcg top -n 0', 2, /-n takes a number above 0/],
    ['an unknown option', 'memcg top --frames', 2, /unknown option/],
  ])('refuses %s', (_, line, status, said) => {
    const ended = run(line);
    expect(ended).toMatchObject({ stdout: '', status });
    expect(ended.stderr).toMatch(said);
  });

  test('leaves quietly when its reader does', () => {
    expect(run('memcg top -b -n 100 -d 0.1 | head -n 1 | wc -l').stdout.trim()).toBe('1');
  });
});
