import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installed, Sandbox } from './shells.ts';

const SHELLS = installed('bash', 'dash');
const EINVAL = 'EINVAL: Invalid argument\n';

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
});
afterAll(() => sandbox.remove());

describe.each(SHELLS)('in %s', (shell) => {
  const run = (script: string, input = '') =>
    sandbox.run(shell, `MEMCG_SESSION=${shell}\nexport MEMCG_SESSION\n${script}`, input);

  test('the first command ever typed boots the machine and prints nothing', () => {
    expect(run('memcg write high_wmark_in_bytes 64M')).toEqual({ stdout: '', stderr: '', status: 0 });
    expect(run('memcg cat high_wmark_in_bytes').stdout).toBe('67108864\n');
  });

  test.each([
    ['sizes as people read them', 'memcg cat -h high_wmark_in_bytes', '64M\n'],
    [
      'what was stored after rounding',
      'memcg write -v low_wmark_in_bytes 100000',
      'memory.low_wmark_in_bytes: 102400\n',
    ],
    [
      'what set has stored',
      'memcg set -v default low_wmark_in_bytes=32M',
      'memory.low_wmark_in_bytes: 33554432\n',
    ],
    ['a file as its full path', 'memcg cat /default/memory.limit_in_bytes', '134217728\n'],
    ['one line of a file', 'memcg cat memory.stat:rss', '0\n'],
    [
      'a group by -g',
      'memcg mkdir web; memcg -g web write low_wmark_in_bytes 64M; memcg cat low_wmark_in_bytes -g web',
      '67108864\n',
    ],
    ['a group by MEMCG_GROUP', 'MEMCG_GROUP=/web memcg cat low_wmark_in_bytes', '67108864\n'],
    [
      'standard input with its newline',
      'echo 63M | memcg write high_wmark_in_bytes -; memcg cat -h high_wmark_in_bytes',
      '63M\n',
    ],
    ['a check that holds', 'memcg expect failcnt -eq 0 && echo held', 'held\n'],
    ['a command that fails as it should', 'memcg fails EBUSY rmdir /', ''],
    ['print', "memcg print one '  two'", 'one   two\n'],
    ['another session', 'memcg --session other cat high_wmark_in_bytes', '50331648\n'],
    ['a reader who leaves first', 'memcg ls | head -n 1 > /dev/null; echo $?', '0\n'],
  ])('%s', (_, script, stdout) => {
    expect(run(script)).toEqual({ stdout, stderr: '', status: 0 });
  });

  test.each([
    [
      'the rule that was broken, with the numbers of now',
      'memcg write high_wmark_in_bytes 256M',
      1,
      `memcg: write default/memory.high_wmark_in_bytes: ${EINVAL}256M is above limit_in_bytes (128M): raise the limit first\n`,
    ],
    [
      'an expectation that is not met',
      "memcg expect 'failcnt > 3'",
      1,
      'memcg: expect failcnt > 3: it is 0\n',
    ],
    [
      'a command that succeeds and should not',
      'memcg fails EINVAL cat failcnt',
      1,
      'memcg: fails EINVAL cat failcnt: it succeeded\n',
    ],
    [
      'a word too few',
      'memcg write failcnt',
      2,
      'memcg: TEXT is missing: write FILE TEXT\n  write failcnt\n               ^\n',
    ],
    [
      'an unknown command',
      'memcg wrtie failcnt 0',
      2,
      "memcg: unknown command 'wrtie': did you mean 'write'?\n'memcg help' lists them all\n",
    ],
    [
      'an unknown file',
      'memcg cat usage_in_byte',
      1,
      'memcg: cat default/memory.usage_in_byte: ENOENT: No such file or directory\n',
    ],
    ['a session that has no name', 'memcg --session ../x ls', 2, 'memcg: "../x" is no session\'s name'],
    ['a task that is not there', 'memcg run nobody sleep 1s', 1, 'ESRCH'],
    ['an output that is full', 'memcg cat failcnt > /dev/full', 3, 'memcg: standard output: ENOSPC'],
    [
      'a condition that does not come true',
      'memcg watch failcnt -gt 5 --timeout 1ms',
      1,
      'memcg: watch failcnt -gt 5: not within 1ms\n',
    ],
    ['a watched file that is not there', 'memcg watch nothing -gt 5', 1, 'ENOENT'],
  ])('says on stderr %s', (_, script, status, stderr) => {
    const ended = run(script);
    expect(ended.stderr).toContain(stderr);
    expect(ended).toMatchObject({ stdout: ended.stdout, status });
  });
});

describe('names that a shell can pass on', () => {
  const run = (script: string) => sandbox.run('sh', `MEMCG_SESSION=names\nexport MEMCG_SESSION\n${script}`);

  test.each([
    ['a newline', "memcg mkdir 'one\ntwo' && memcg ls | head -n 1", '"one\\ntwo"/\n'],
    ['blanks and quotes', `memcg mkdir "it's a" && memcg cat "it's a/failcnt"`, '0\n'],
    [
      'bytes that are not UTF-8',
      `memcg mkdir "$(printf 'f\\377')" && memcg ls | head -n 1 | od -An -tx1`,
      ' 66 ff 2f 0a\n',
    ],
    ['255 bytes', 'memcg mkdir "$(printf %0255d 0)" && echo made', 'made\n'],
    ['dots that lead back', 'memcg mkdir a && memcg cat a/../failcnt', '0\n'],
    ['a # and a $', `memcg mkdir '#$x' && memcg rmdir '#$x' && echo gone`, 'gone\n'],
    ['what looks like an option', 'memcg mkdir -- -x && memcg rmdir -- -x && echo gone', 'gone\n'],
  ])('with %s', (_, script, stdout) => {
    expect(run(script)).toEqual({ stdout, stderr: '', status: 0 });
  });

  test.each([
    ['300 bytes', 'memcg mkdir "$(printf %0300d 0)"', 'ENAMETOOLONG'],
    ['a parent that is not there', 'memcg mkdir nowhere/x', 'ENOENT'],
    ['a name that is taken', 'memcg mkdir default', 'EEXIST'],
    ['the root', 'memcg mkdir /', 'EEXIST'],
  ])('are refused as the kernel would: %s', (_, script, errno) => {
    const ended = run(script);
    expect(ended).toMatchObject({ stdout: '', status: 1 });
    expect(ended.stderr).toContain(`: ${errno}: `);
  });
});

describe('without a server', () => {
  const run = (script: string) => sandbox.run('sh', `MEMCG_SESSION=nobody\nexport MEMCG_SESSION\n${script}`);
  const socket = () => existsSync(`${sandbox.runtimeFolder}/nobody.sock`);

  test.each([
    ['status', 'memcg status', 1, 'session nobody is not running\n'],
    [
      'status --json',
      'memcg status --json',
      1,
      '{\n  "session": "nobody",\n  "running": false,\n  "pid": null\n}\n',
    ],
    ['down', 'memcg down', 0, ''],
    ['completion', "memcg __complete bash 'memcg cat fail'", 0, 'failcnt\n'],
    ['a mistake', 'memcg write failcnt', 2, ''],
    ['an unknown option', 'memcg cat --frobnicate failcnt', 2, ''],
  ])('%s boots none', (_, script, status, stdout) => {
    expect(run(script)).toMatchObject({ stdout, status });
    expect(socket()).toBe(false);
  });

  test.each([
    'memcg',
    'memcg help',
    'memcg help write',
    'memcg completion bash',
    'memcg --version',
    'memcg sessions',
  ])('%s boots none', (script) => {
    expect(run(script)).toMatchObject({ stderr: '', status: 0 });
    expect(socket()).toBe(false);
  });
});

describe('a session', () => {
  const run = (script: string) => sandbox.run('sh', `MEMCG_SESSION=life\nexport MEMCG_SESSION\n${script}`);

  test('tells what it is, and ends', () => {
    expect(run('memcg up cpus=1')).toEqual({ stdout: '', stderr: '', status: 0 });
    expect(JSON.parse(run('memcg status --json').stdout)).toMatchObject({
      session: 'life',
      running: true,
      pid: expect.any(Number),
      uptime_ms: expect.any(Number),
      virtual_ns: expect.any(Number),
      speed: 1,
    });
    expect(run('memcg up cpus=2')).toMatchObject({ status: 2 });
    expect(run('memcg down; memcg status')).toMatchObject({
      stdout: 'session life is not running\n',
      status: 1,
    });
  });

  test('stands still when it is paused, and takes steps', () => {
    const now = "memcg status --json | sed -n 's/.*virtual_ns\": \\([0-9]*\\).*/\\1/p'";
    const { stdout } = run(
      `memcg pause; a=$(${now}); memcg step 10ms > /dev/null; b=$(${now}); echo $((b - a)); memcg resume`,
    );
    expect(stdout).toBe('10000000\n');
  });

  test('goes on from what was saved, and beside itself in a fork', () => {
    expect(
      run('memcg write limit_in_bytes 200M && memcg save before.state && memcg write limit_in_bytes 300M')
        .status,
    ).toBe(0);
    expect(run('memcg load before.state && memcg cat -h limit_in_bytes').stdout).toBe('200M\n');
    expect(
      run('memcg fork twin; memcg --session twin write limit_in_bytes 400M; memcg cat -h limit_in_bytes')
        .stdout,
    ).toBe('200M\n');
    expect(run('memcg --session twin cat -h limit_in_bytes').stdout).toBe('400M\n');
  });

  test('is exported as a script that replay runs', () => {
    const { stdout, status } = run(
      'memcg reset; memcg mkdir web; memcg write web/limit_in_bytes 64M; memcg export > s.memcg && grep -c web s.memcg && memcg replay --json s.memcg > /dev/null',
    );
    expect({ stdout, status }).toEqual({ stdout: '2\n', status: 0 });
  });

  test('lists tasks, cgroups and events for programs', () => {
    run('memcg reset; memcg write high_wmark_in_bytes 64M; memcg spawn reader');
    const tasks = JSON.parse(run('memcg ps --json').stdout) as { name: string; cgroup: string }[];
    expect(tasks).toContainEqual(expect.objectContaining({ name: 'reader', cgroup: '/default' }));
    const tree = JSON.parse(run('memcg tree default --json').stdout) as { cgroups: object[] };
    expect(tree.cgroups).toEqual([
      expect.objectContaining({ path: '/default', high_wmark_in_bytes: 64 << 20 }),
    ]);
    const events = run('memcg events --json')
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(events).toContainEqual(expect.objectContaining({ type: 'start', cgroup: '/default' }));
  });

  test('is shown by stat without a header where nobody looks', () => {
    expect(run('memcg stat default').stdout).toMatch(/^default {2,}0 .*\n$/);
    expect(run('memcg stat defalt')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining("did you mean 'default'?"),
    });
  });

  test('is shown again and again by stat -w, with a header, also where nobody looks', () => {
    const [header, row, ...again] = run('memcg stat -w 0.1 default | head -n 5').stdout.trim().split('\n');
    expect(header).toMatch(/^CGROUP +USAGE +MAX +STOP/);
    expect(row).toMatch(/^default {2,}0 /);
    expect(again).toEqual(['', expect.stringMatching(/^CGROUP /), expect.stringMatching(/^default /)]);
    const objects = run('memcg stat -w 0.1 --json | head -n 2').stdout.trim().split('\n');
    expect(objects.map((each) => JSON.parse(each) as object)).toEqual(
      [1, 2].map(() => expect.objectContaining({ cgroups: expect.any(Array) })),
    );
  });

  test('completes the names on its machine', () => {
    run('memcg mkdir shelf; memcg spawn porter shelf');
    const complete = (line: string) => run(`memcg __complete bash '${line}'`).stdout;
    expect(complete('memcg cat she')).toBe('shelf/\n');
    expect(complete('memcg cat shelf/fa')).toBe('shelf/failcnt\n');
    expect(complete('memcg run p')).toBe('porter\n');
    expect(complete('memcg --session li')).toBe('life\n');
  });

  test('goes on when ^C ends a run', async () => {
    run('memcg spawn runner');
    const child = sandbox.start('memcg', [
      '--session',
      'life',
      'run',
      'runner',
      'stream',
      'endless.img',
      '8T',
    ]);
    const closed = once(child, 'close');
    const stderr = child.stderr === null ? [] : child.stderr.toArray();
    while (!run('memcg ps').stdout.includes('stream')) expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    await closed;
    expect(child.exitCode).toBe(130);
    expect(Buffer.concat(await stderr).toString()).toBe('memcg: interrupted\n');
    expect(run('memcg ps').stdout).not.toContain('stream');
    expect(run('memcg status').status).toBe(0);
  });
});

test('up with options boots no other machine over one that is kept', () => {
  const up = 'memcg --session kept up cpus=3';
  expect(sandbox.run('sh', `${up} && memcg --session kept down`)).toMatchObject({ status: 0, stderr: '' });
  expect(sandbox.run('sh', up)).toMatchObject({
    status: 2,
    stderr:
      'memcg: session kept was kept, and up restores it as it was: to boot it in another way, use `memcg reset`\n',
  });
});

describe.runIf(SHELLS.includes('bash'))('completion in bash', () => {
  test('fills COMPREPLY', () => {
    const script = `
      source <(memcg completion bash)
      compopt() { :; }
      COMP_LINE='memcg --session life help high_w'
      COMP_POINT=\${#COMP_LINE}
      _memcg
      printf '%s\\n' "\${COMPREPLY[@]}"
      complete -p memcg`;
    expect(sandbox.run('bash', script).stdout).toBe(
      'high_wmark\nhigh_wmark_distance\nhigh_wmark_in_bytes\ncomplete -o bashdefault -o default -F _memcg memcg\n',
    );
  });
});
