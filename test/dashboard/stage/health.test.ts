import { describe, expect, test } from 'vitest';
import { Observed } from '../../../src/dashboard/stage/observed.ts';
import type { CgroupRow } from '../../../src/dashboard/stage/stage.ts';
import { snapshotOf } from '../../../src/dashboard/stage/view.ts';
import { encodeText } from '../../../src/kernel/text.ts';
import { Machine, type Operation, type PolicyName } from '../../../src/machine/machine.ts';
import type { HealthWord } from '../../../src/report/health.ts';
import { stream } from '../../support/behaviours.ts';
import { ms, openFixture, openLines, toTheEnd } from './scripts.ts';

const RANK: readonly HealthWord[] = [
  'calm',
  'background only',
  'stalling',
  'thrashing',
  'spinning',
  'out of memory',
];

/** What is said of the cgroup when it fares worst (the last such moment), and at the end. */
async function story(name: string, path: string): Promise<{ worst: CgroupRow; end: CgroupRow }> {
  const stage = await openFixture(name);
  let worst: CgroupRow | undefined;
  let end: CgroupRow | undefined;
  await toTheEnd(stage, ms(50), () => {
    const row = stage.snapshot().cgroups.find((each) => each.path === path);
    if (row === undefined) return;
    end = row;
    if (worst === undefined || RANK.indexOf(row.health.word) >= RANK.indexOf(worst.health.word)) worst = row;
  });
  await stage.close();
  if (worst === undefined || end === undefined) throw new Error(`${name} has no ${path}`);
  return { worst, end };
}

describe('what is said of a lesson', () => {
  const told: readonly (readonly [string, string, HealthWord, RegExp, string])[] = [
    ['rfc-dd', '/dd', 'background only', /^memcontd frees [\d.]+M\/s, and nobody waits for it$/, ''],
    [
      'streaming',
      '/plain',
      'stalling',
      /^[\d,]+ stalls\/s, p99 17.8 us: start is at the limit, so memcontd is not woken/,
      'set plain low_wmark_in_bytes=48M high_wmark_in_bytes=56M',
    ],
    [
      'writer',
      '/plain',
      'stalling',
      /start is at the limit/,
      'set plain low_wmark_in_bytes=48M high_wmark_in_bytes=56M',
    ],
    [
      'spinning',
      '/web',
      'spinning',
      /^memcontd takes \d\d % of a CPU and frees nothing: it is to reach stop, 32M, but 52M can't be reclaimed$/,
      'set web low_wmark_in_bytes=54M high_wmark_in_bytes=58M',
    ],
    [
      'oom',
      '/web',
      'out of memory',
      /^hog was killed \d+ ms ago: the limit of 16M was met/,
      'write web/limit_in_bytes 24M',
    ],
    [
      'bursts',
      '/tight',
      'thrashing',
      /refaults\/s and \d+ stalls\/s: \d+ % of the pages it reads had just been reclaimed, what it uses does not fit in 64M/,
      'set tight low_wmark_in_bytes=94M high_wmark_in_bytes=95M limit_in_bytes=96M',
    ],
    [
      'high-cliff',
      '/tight',
      'thrashing',
      /refaults\/s and [\d,]+ stalls\/s: \d+ % of the pages it reads .* does not fit below memory.high, 5\dM$/,
      'write tight/memory.high 59M',
    ],
    [
      'workingset',
      '/web',
      'stalling',
      /this machine has no background reclaim, so tasks free pages themselves$/,
      'write web/memory.max 96M',
    ],
    ['swap-by-cost', '/bare', 'thrashing', /does not fit in 64M$/, 'write bare/memory.max 96M'],
    ['hysteresis', '/web', 'background only', /nobody waits/, ''],
    ['order', '/fresh', 'calm', /^usage 0, and no limit$/, ''],
  ];

  test.each(told)(
    '%s: %s is %s at worst',
    async (name, path, word, reason, advice) => {
      const { worst } = await story(name, path);
      expect(worst.health).toMatchObject({ word, reason: expect.stringMatching(reason), advice });
    },
    60_000,
  );

  test('what is over is told as over', async () => {
    const stage = await openLines([
      'mkdir web',
      'set web low_wmark_in_bytes=8M high_wmark_in_bytes=8M limit_in_bytes=8M',
      'spawn reader web',
      'run reader stream data.img 20M',
      'wait 2s',
    ]);
    await toTheEnd(stage, ms(500));
    expect(stage.snapshot().cgroups.at(-1)?.health).toEqual({
      word: 'calm',
      reason: 'usage 8M: at the limit, and nobody asks for more',
      advice: '',
      earlier: expect.stringMatching(/^96 stalls until [\d.]+ ms, p99 /),
    });
    await stage.close();
  });

  test('a limit below the usage is said to be one before it costs anything', async () => {
    const { worst } = await story('limit-below-usage', '/web');
    expect(worst.health.word).toBe('stalling');
  });
});

test('advice can be typed, is taken by the kernel, and does what it promises', async () => {
  const stage = await openLines([
    'mkdir web',
    'set web low_wmark_in_bytes=64M high_wmark_in_bytes=64M limit_in_bytes=64M',
    'spawn reader web',
    'start reader stream data.img 1G',
    'wait 4s',
  ]);
  await stage.step(ms(1000));
  const row = (): CgroupRow | undefined => stage.snapshot().cgroups.find(({ path }) => path === '/web');
  expect(row()?.health.word).toBe('stalling');
  expect(await stage.execute(row()?.health.advice ?? '')).toEqual({ ok: true, text: '' });
  await stage.step(ms(1500));
  expect(row()?.health).toMatchObject({
    word: 'background only',
    earlier: expect.stringContaining('stalls until'),
  });
  await stage.close();
});

test('without watermarks only the limit is advised', () => {
  const observed = new Observed(Machine.boot({ wmarks: false }), null);
  const operations: readonly Operation[] = [
    { op: 'mkdir', path: '/web' },
    { op: 'write', path: '/web/memory.limit_in_bytes', data: encodeText('8M') },
    { op: 'spawn', task: 'reader', cgroup: '/web' },
    { op: 'start', task: 'reader', behaviour: stream('data.img', 8192) },
  ];
  for (const operation of operations) expect(observed.perform(operation)).toMatchObject({ ok: true });
  observed.run(1e8);
  expect(snapshotOf(observed).cgroups.at(-1)?.health).toMatchObject({
    word: 'stalling',
    advice: 'write web/limit_in_bytes 12M',
  });
});

describe('under a policy other than the patch, of a group that streams and has no marks', () => {
  const told: readonly (readonly [PolicyName, RegExp])[] = [
    ['none', /^write web\/limit_in_bytes 12M$/],
    ['alinux', /^set web limit_in_bytes=8388608 wmark_ratio=\d+ wmark_scale_factor=\d+$/],
    ['kswapd2011', /^set web limit_in_bytes=8388608 high_wmark_distance=\d+ low_wmark_distance=\d+$/],
    ['memory.high', /^set web limit_in_bytes=8388608 high=\d+$/],
    ['reclaim-loop', /^set web limit_in_bytes=8388608 reclaim_loop.start=\d+ reclaim_loop.target=\d+$/],
  ];
  test.each(told)('%s: what to try is said in its own knobs, and is taken', async (policy, advice) => {
    const observed = new Observed(Machine.boot({ policy }), null);
    const operations: readonly Operation[] = [
      { op: 'mkdir', path: '/web' },
      { op: 'write', path: '/web/memory.limit_in_bytes', data: encodeText('8M') },
      { op: 'spawn', task: 'reader', cgroup: '/web' },
      { op: 'start', task: 'reader', behaviour: stream('data.img', 8192) },
    ];
    for (const operation of operations) expect(observed.perform(operation)).toMatchObject({ ok: true });
    observed.run(1e8);
    const { health } = snapshotOf(observed).cgroups.at(-1) ?? {};
    expect(health?.word).toBe('stalling');
    expect(health?.advice).toMatch(advice);
    for (const [, name, value] of health?.advice.matchAll(/([a-z_.]+)=(\d+)/g) ?? []) {
      const write = { op: 'write', path: `/web/memory.${name}`, data: encodeText(value) } as const;
      const answer = observed.perform(write);
      // Who lowers memory.high below the usage reclaims the rest.
      if (answer === null) observed.run(2e8);
      else expect(answer).toMatchObject({ ok: true });
    }
  });

  test('a task above memory.high is said to be held back', () => {
    const observed = new Observed(Machine.boot({ policy: 'memory.high' }), null);
    const write = (file: string, text: string): Operation => ({
      op: 'write',
      path: `/web/memory.${file}`,
      data: encodeText(text),
    });
    const operations: readonly Operation[] = [
      { op: 'mkdir', path: '/web' },
      write('limit_in_bytes', '16M'),
      write('high', '8M'),
      { op: 'spawn', task: 'reader', cgroup: '/web' },
      { op: 'start', task: 'reader', behaviour: stream('data.img', 8192) },
    ];
    for (const operation of operations) expect(observed.perform(operation)).toMatchObject({ ok: true });
    observed.run(1e8);
    expect(snapshotOf(observed).cgroups.at(-1)?.health).toMatchObject({
      word: 'stalling',
      reason: expect.stringContaining('who charges above memory.high, 8M, frees pages and is held back'),
      advice: 'set web limit_in_bytes=16777216 high=12582912',
    });
  });
});
