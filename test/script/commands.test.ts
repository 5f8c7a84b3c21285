import { describe, expect, it } from 'vitest';
import { printed, runLines } from './scripts.ts';

/** What the last line of these prints. */
async function output(...lines: string[]): Promise<string> {
  const result = await runLines(lines);
  expect(result.error).toBeNull();
  return printed(result).join('\n');
}

describe('files', () => {
  it('cat prints one line of a file of names and values', async () => {
    expect(await output('cat stat:cache reclaim_stat:bg_state')).toBe('0\nnone');
  });

  it('cat -h prints sizes as people read them', async () => {
    const lines = ['write low_wmark_in_bytes 1536k', 'cat -h low_wmark_in_bytes limit_in_bytes failcnt'];
    expect(await output(...lines)).toBe('1.5M\nunset\n0');
  });

  it.each([
    ['alinux', 'wmark_ratio=50', 'wmark_ratio wmark_high wmark_low', '50\n8M\n7.92M'],
    ['alinux', 'wmark_ratio=0', 'wmark_high', 'unset'],
    [
      'kswapd2011',
      'high_wmark_distance=4M',
      'reclaim_wmarks reclaim_wmarks:high_wmark',
      'low_wmark 16M\nhigh_wmark 12M\n12M',
    ],
    ['memory.high', 'high=8M', 'high', '8M'],
    ['memory.high', 'high=max', 'high', 'max'],
  ])('cat -h knows the sizes of policy=%s: %s makes %s', async (policy, knob, files, text) => {
    const lines = [`machine policy=${policy}`, `set default limit_in_bytes=16M ${knob}`, `cat -h ${files}`];
    expect(await output(...lines)).toBe(text);
  });

  it('the prefix and the default group may be left out', async () => {
    const names = [
      'failcnt',
      'memory.failcnt',
      'default/failcnt',
      '/default/memory.failcnt',
      '../default/failcnt',
    ];
    expect(await output(`cat ${names.join(' ')}`)).toBe('0\n0\n0\n0\n0');
  });

  it('tasks has no prefix', async () => {
    expect(await output('spawn a', 'cat tasks')).toMatch(/^\d+$/);
  });

  it('get prints as cgget does', async () => {
    expect(await output('get -r failcnt -r stat default')).toBe(
      'default:\nmemory.failcnt: 0\nmemory.stat: cache 0\n\trss 0\n\tpgpgin 0\n\tpgpgout 0\n\tactive 0\n\tinactive 0\n',
    );
    expect(await output('get -n -v -r failcnt default /')).toBe('0\n0');
  });

  it('get leaves out what cannot be read', async () => {
    const text = await output('get default');
    expect(text).toMatch(/^memory\.usage_in_bytes: 0$/m);
    expect(text).not.toMatch(/force_empty/);
  });

  it('ls lists cgroups before files, the newest first', async () => {
    const names = (await output('mkdir default/a default/b', 'ls default')).split('\n');
    expect(names.slice(0, 2)).toEqual(['b/', 'a/']);
    expect(names).toContain('memory.failcnt');
    expect(await output('mkdir -p a/b', 'ls -R a')).toMatch(/^a:\nb\/\n(?:.|\n)*\n\na\/b:\n/);
  });

  it('ls shows a name on one line', async () => {
    expect(await output('mkdir "a\\nb"', 'ls')).toMatch(/^"a\\nb"\/$/m);
  });

  it('tree shows what version 2 calls them', async () => {
    const lines = (await output('machine kernel=6.1', 'mkdir -p a', 'write a/memory.high 1M', 'tree')).split(
      '\n',
    );
    expect(lines[0]).toMatch(/^CGROUP +USAGE +LOW +HIGH +MAX$/);
    expect(lines.join()).toMatch(/─ a +0 +0 +1M +max/);
  });

  it('tree shows usage and marks', async () => {
    const lines = (await output('mkdir -p a/b', 'write a/low_wmark_in_bytes 1M', 'tree')).split('\n');
    expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual([
      'CGROUP USAGE STOP START LIMIT',
      '/ 0 unset unset unset',
      '├─ default 0 unset unset unset',
      '└─ a 0 1M unset unset',
      ' └─ b 0 unset unset unset',
    ]);
  });

  it('mkdir -p makes what is missing, rmdir -r removes all', async () => {
    const result = await runLines([
      'mkdir -p a/b/c',
      'mkdir -p a/b/d',
      'fails EBUSY rmdir a',
      'rmdir -r a',
      'fails EEXIST mkdir default',
    ]);
    expect(result).toMatchObject({ ok: true });
    expect(result.cgroups.map(({ path }) => path)).toEqual(['/', '/default']);
  });

  it('mv renames', async () => {
    const result = await runLines(['mv default other', 'fails EEXIST mkdir other']);
    expect(result).toMatchObject({ ok: true });
  });

  it('set tightens and loosens in one go', async () => {
    const result = await runLines([
      'set default limit_in_bytes=64M high_wmark_in_bytes=56M low_wmark_in_bytes=48M',
      'set default low_wmark_in_bytes=480M high_wmark_in_bytes=560M limit_in_bytes=640M',
      'set default limit_in_bytes=50M high_wmark_in_bytes=40M low_wmark_in_bytes=0x100000 max_usage_in_bytes=0',
      'expect low_wmark_in_bytes == 1M',
      'expect limit_in_bytes == 50M',
    ]);
    expect(result).toMatchObject({ ok: true, error: null });
  });

  it('set ends at the write that the kernel refuses', async () => {
    const result = await runLines(['set default low_wmark_in_bytes=5M high_wmark_in_bytes=4M']);
    expect(result.error).toMatchObject({
      errno: 'EINVAL',
      message: expect.stringMatching(/^write default\/memory\./),
    });
  });

  it('a write is bytes, those of "\\x.." too', async () => {
    const result = await runLines([
      'write low_wmark_in_bytes "8192\\n"',
      'write low_wmark_in_bytes "4096\\xa0"',
      'expect low_wmark_in_bytes == 4096',
    ]);
    expect(result).toMatchObject({ ok: true });
  });
});

describe('what is nearly right', () => {
  it.each([
    ['write hihg_wmark_in_bytes 1M', "did you mean 'high_wmark_in_bytes'?"],
    ['write high 1M', 'here it is memory.high_wmark_in_bytes'],
    ['cat memory.current', 'here it is memory.usage_in_bytes'],
    ['cat usage_in_byte', "did you mean 'usage_in_bytes'?"],
    ['chmod 0600 default/failcmt', "did you mean 'failcnt'?"],
    ['cat defualt/failcnt', "did you mean 'default'?"],
    ['rmdir defualt', "did you mean 'default'?"],
    ['mkdir defualt/web', "did you mean 'default'?"],
    ['spawn a defualt', "did you mean 'default'?"],
    ['write limit_in_bytes 64MB', "did you mean '64M'?"],
    ['write limit_in_bytes 64MiB', "did you mean '64M'?"],
    ['write limit_in_bytes 1.5G', "did you mean '1536M'?"],
    ['write limit_in_bytes 1T', "did you mean '1024G'?"],
    ['write limit_in_bytes 50%', 'it is bytes, no share'],
  ])('%s is told the nearest', async (line, told) => {
    const { error } = await runLines([line]);
    expect(error?.kind).toBe('refused');
    expect(error?.why).toContain(told);
  });

  it('a share of a limit is told in bytes', async () => {
    const { error } = await runLines([
      'set default low_wmark_in_bytes=32M high_wmark_in_bytes=48M limit_in_bytes=128M',
      'write high_wmark_in_bytes 50%',
    ]);
    expect(error?.why).toMatch(/: 50% of limit_in_bytes is 64M$/);
  });

  it.each([
    ['expect usage_in_bytes -lt 64MB', "'64MB' is not a number: did you mean '64M'?"],
    ['truncate f 1.5G', "'1.5G' is not a size: did you mean '1536M'?"],
    ['truncate f 5Q', "'5Q' is not a size: write digits and an optional k, M, G or T, as in 64M"],
  ])('%s is a mistake that tells it', async (line, message) => {
    expect((await runLines([line])).error).toMatchObject({ kind: 'mistake', message });
  });

  it('set writes nothing when one of its files is not there', async () => {
    const lines = [
      'fails ENOENT set default limit_in_bytes=64M hihg_wmark_in_bytes=1M',
      'cat -h limit_in_bytes',
    ];
    expect(await output(...lines)).toBe('unset');
  });
});

describe('tasks', () => {
  it('ps shows them, those that are gone no more', async () => {
    const table = await output('spawn a', 'run a alloc 1M', 'spawn b', 'kill b', 'ps');
    expect(table).toMatch(/^ +PID {2}NAME/);
    expect(table).toMatch(/ a +\/default +\S +0 +\S+ +1M +-$/m);
    expect(table).not.toMatch(/ b /);
  });

  it('are moved, reniced, stopped and killed', async () => {
    const result = await runLines([
      'spawn a',
      'fails EEXIST spawn a',
      'attach a /',
      'renice a 5',
      'start a sleep 1h',
      'fails EBUSY start a sleep 1h',
      'stop a',
      'kill a',
      'fails ESRCH renice a 0',
    ]);
    expect(result).toMatchObject({ ok: true, error: null });
  });

  it('run waits for the end, start does not', async () => {
    const lines = ['spawn a', 'run a sleep 1s', 'start a sleep 1s', 'wait 10ms', 'wait a'];
    expect((await runLines(lines.slice(0, 2))).virtualNs).toBeGreaterThanOrEqual(1e9);
    expect((await runLines(lines.slice(0, 4))).virtualNs).toBeLessThan(1.1e9);
    expect((await runLines(lines)).virtualNs).toBeGreaterThanOrEqual(2e9);
  });
});

describe('time', () => {
  it('wait lets it pass, at goes on to a point of it', async () => {
    expect((await runLines(['wait 1.5s', 'at 2s', 'at 2s'])).virtualNs).toBe(2e9);
  });

  it('a condition is waited for no longer than it takes', async () => {
    const result = await runLines([
      'spawn a',
      'start a stream f 1M',
      "wait 'usage_in_bytes >= 512k' --within 1s",
    ]);
    expect(result.error).toBeNull();
    expect(result.virtualNs).toBeGreaterThan(0);
    expect(result.virtualNs).toBeLessThan(1e9);
  });
});

describe('the world', () => {
  it('drop, sync and truncate act on the page cache', async () => {
    const result = await runLines([
      'spawn a',
      'run a stream f 1M --write',
      'expect stat:cache == 1M',
      'sync',
      'drop f',
      'expect stat:cache == 0',
      'run a stream f 1M',
      'truncate f 512k',
      'expect stat:cache == 512k',
      'drop all',
      'expect usage_in_bytes == 0',
    ]);
    expect(result).toMatchObject({ ok: true, error: null });
  });
});
