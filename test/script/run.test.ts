import { describe, expect, it, onTestFinished } from 'vitest';
import { exitStatus } from '../../src/script/result.ts';
import { runScript } from '../../src/script/run.ts';
import { folder, printed, runLines, settings } from './scripts.ts';

describe('a script', () => {
  it('runs line by line, and prints the text of the kernel', async () => {
    const result = await runLines([
      'mkdir web',
      'write web/low_wmark_in_bytes 64M',
      'cat web/low_wmark_in_bytes',
      'print done',
    ]);
    expect(result).toMatchObject({ ok: true, error: null });
    expect(result.output).toEqual([
      { file: '-', line: 3, text: '67108864' },
      { file: '-', line: 4, text: 'done' },
    ]);
    expect(result.cgroups.map(({ path }) => path)).toEqual(['/', '/default', '/web']);
    expect(result.cgroups[2].files).toMatchObject({
      'memory.low_wmark_in_bytes': '67108864',
      'memory.failcnt': '0',
    });
  });

  it('goes on after an expectation that is not met, and counts it', async () => {
    const result = await runLines(['expect failcnt == 0', 'expect failcnt > 3M', 'expect failcnt == 0']);
    expect(result.expectations).toEqual({
      passed: 2,
      failed: [{ file: '-', line: 2, column: 1, text: 'failcnt > 3M', found: '0' }],
      omitted: 0,
    });
    expect(result.ok).toBe(false);
    expect(exitStatus(result)).toBe(1);
  });

  it('ends at what the kernel refuses', async () => {
    const result = await runLines([
      'write high_wmark_in_bytes 5 # fine',
      'write low_wmark_in_bytes 1M',
      'print never',
    ]);
    expect(result.error).toMatchObject({
      kind: 'refused',
      errno: 'EINVAL',
      file: '-',
      line: 1,
      column: 1,
      message: 'write default/memory.high_wmark_in_bytes: EINVAL: Invalid argument',
      text: 'write high_wmark_in_bytes 5 # fine',
    });
    expect(result.error?.why).not.toBe('');
    expect(exitStatus(result)).toBe(1);
  });

  it('counts a refusal that it expects, and one that does not come', async () => {
    const result = await runLines([
      'fails EINVAL write high_wmark_in_bytes 5',
      'fails EBUSY write high_wmark_in_bytes 5',
      'fails EINVAL mkdir web',
    ]);
    expect(result.error).toBeNull();
    expect(result.expectations).toMatchObject({
      passed: 1,
      failed: [
        { line: 2, text: 'fails EBUSY write high_wmark_in_bytes 5', found: 'EINVAL: Invalid argument' },
        { line: 3, text: 'fails EINVAL mkdir web', found: 'it succeeded' },
      ],
    });
  });

  it.each<[string, string[], object, number]>([
    ['an unknown word', ['mkdir web', 'wriet web/failcnt 0'], { kind: 'mistake', line: 2, column: 1 }, 2],
    ['machine behind the first command', ['mkdir web', 'machine cpus=1'], { kind: 'mistake', line: 2 }, 2],
    ['a time that is over', ['at 2s', 'at 1s'], { kind: 'mistake', line: 2 }, 2],
    [
      'an unknown key',
      ['cat memory.stat:cahe'],
      { kind: 'mistake', message: expect.stringMatching(/'cache'/) },
      2,
    ],
    ['the same file twice in set', ['set default failcnt=0 memory.failcnt=0'], { kind: 'mistake' }, 2],
    ["standard input, which it can't read", ['write failcnt -'], { kind: 'mistake' }, 2],
    [
      'an unknown file',
      ['cat usge_in_bytes'],
      { errno: 'ENOENT', why: expect.stringMatching(/'usage_in_bytes'/) },
      1,
    ],
    [
      'an unknown cgroup',
      ['mkdir web', 'cat wbe/failcnt'],
      { errno: 'ENOENT', why: expect.stringMatching(/'web'/) },
      1,
    ],
    [
      'an unknown task',
      ['spawn reader', 'run raeder sleep 1s'],
      { errno: 'ESRCH', why: expect.stringMatching(/'reader'/) },
      1,
    ],
    ['a wait that is in vain', ["wait 'failcnt > 0' --within 1s"], { errno: 'EAGAIN', why: 'it is 0' }, 1],
    ['a task that is killed', ['machine memory=16M', 'spawn a', 'run a alloc 32M'], { errno: 'ESRCH' }, 1],
    [
      'a wait without end',
      ['spawn a', 'kill -STOP a', 'start a sleep 1s', 'wait a'],
      { kind: 'refused', errno: null },
      1,
    ],
    ['an include of nothing', ['include no/such.memcg'], { kind: 'world', line: 1 }, 3],
    ['binary junk', ['mkdir web', 'a\0b'], { kind: 'mistake', line: 2, column: 2 }, 2],
  ])('ends at %s', async (_, lines, error, status) => {
    const result = await runLines(lines);
    expect(result.error).toMatchObject(error);
    expect(exitStatus(result)).toBe(status);
  });

  it('that cannot be read still shows a machine', async () => {
    const result = await runScript(settings('no/such.memcg'));
    expect(result.error).toMatchObject({
      kind: 'world',
      message: 'no/such.memcg: no such file or directory',
    });
    expect(result.cgroups.map(({ path }) => path)).toEqual(['/']);
  });

  it('without a command does nothing, on a machine', async () => {
    const result = await runLines(['# nothing']);
    expect(result).toMatchObject({ ok: true, virtualNs: 0 });
    expect(result.cgroups.map(({ path }) => path)).toEqual(['/', '/default']);
  });

  it('gives the same result twice, to the byte', async () => {
    const lines = [
      'set default low_wmark_in_bytes=4M high_wmark_in_bytes=6M limit_in_bytes=8M',
      'spawn a',
      'start a stream f 64M --random',
      'spawn b',
      'run b alloc 1M',
      'run b touch all --pattern zipf=0.9 --times 20',
    ];
    const [once, again] = [await runLines(lines), await runLines(lines)];
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
    expect(once.ok).toBe(true);
  });
});

describe('the machine', () => {
  it('is what the first command says', async () => {
    const result = await runLines(['# first a comment', 'machine cpus=1 seed=9 cost.scan=80ns', 'mkdir web']);
    expect(result).toMatchObject({ ok: true, options: { cpus: 1, seed: 9, costs: { scan: 80 } } });
  });

  it('is what the command line says, before all', async () => {
    const result = await runLines(['machine cpus=1 seed=9'], { options: { seed: 3, reclaimd: false } });
    expect(result.options).toMatchObject({ cpus: 1, seed: 3, reclaimd: false });
  });

  it('is booted by a boot script, whose options the script replaces', async () => {
    const files = folder({
      'boot.memcg': 'machine cpus=1 memory=64M\nmkdir base',
      'script.memcg': 'machine memory=32M\nmkdir web',
    });
    onTestFinished(files.remove);
    const result = await runScript(settings(files.path('script.memcg'), { boot: files.path('boot.memcg') }));
    expect(result).toMatchObject({ ok: true, options: { cpus: 1, memory: 8192 } });
    expect(result.cgroups.map(({ path }) => path)).toEqual(['/', '/base', '/web']);
  });

  it('is not run on when the boot script fails', async () => {
    const files = folder({ 'boot.memcg': '\nrmdir nothing', 'script.memcg': 'print never' });
    onTestFinished(files.remove);
    const result = await runScript(settings(files.path('script.memcg'), { boot: files.path('boot.memcg') }));
    expect(result.error).toMatchObject({ kind: 'refused', file: files.path('boot.memcg'), line: 2 });
    expect(result.output).toEqual([]);
  });
});

describe('include', () => {
  it('finds its file beside the script that names it', async () => {
    const files = folder({
      'main.memcg': 'include parts/a.memcg\nprint end',
      'parts/a.memcg': 'include b.memcg\nprint a',
      'parts/b.memcg': 'print b',
    });
    onTestFinished(files.remove);
    const result = await runScript(settings(files.path('main.memcg')));
    expect(printed(result)).toEqual(['b', 'a', 'end']);
    expect(result.output[0]).toMatchObject({ file: files.path('parts/b.memcg'), line: 1 });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['itself', { 'main.memcg': 'include main.memcg' }, /includes itself/],
    [
      'what includes it',
      { 'main.memcg': 'include b.memcg', 'b.memcg': 'include main.memcg' },
      /includes itself/,
    ],
    ['what has a machine', { 'main.memcg': 'include b.memcg', 'b.memcg': 'machine cpus=1' }, /first command/],
    [
      'too deep',
      Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          i === 0 ? 'main.memcg' : `${i}.memcg`,
          `include ${i + 1}.memcg`,
        ]),
      ),
      /more than 16 scripts/,
    ],
  ])('refuses %s', async (_, texts, message) => {
    const files = folder(texts);
    onTestFinished(files.remove);
    const result = await runScript(settings(files.path('main.memcg')));
    expect(result.error).toMatchObject({ kind: 'mistake', message: expect.stringMatching(message) });
  });
});
