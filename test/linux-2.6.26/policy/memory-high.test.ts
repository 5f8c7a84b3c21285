import { describe, expect, test } from 'vitest';
import { MILLISECOND, PAGE_SIZE, pages } from '../../../src/kernel/units.ts';
import { highDelay } from '../../../src/linux-2.6.26/policy/memory-high.ts';
import { newResCounter } from '../../../src/linux-2.6.26/res-counter.ts';
import { alloc, batchOf, map, stream, touch, trace } from '../../support/behaviours.ts';
import { boot } from '../../support/boot.ts';
import { answerOf, bootGroup, must, size } from './groups.ts';

describe('the file memory.high', () => {
  test.each([
    ['max', 'max'],
    [' 64M\n', '67108864'],
    ['0x100000', '1048576'],
    ['4097', '4096'],
    ['1T', `${2 ** 40}`],
    ['8E', 'max'],
    ['', '0'],
  ])('%j is %s', (text, held) => {
    const sh = boot({ policy: 'memory.high' });
    sh.mkdir('/a');
    must(sh, '/a/memory.high', text);
    expect(sh.read('/a/memory.high')).toBe(`${held}\n`);
  });

  test.each(['-1', '5Q', '1.5M', 'maximum', '64M 1'])('%j is EINVAL', (text) => {
    const sh = boot({ policy: 'memory.high' });
    sh.mkdir('/a');
    expect(answerOf(sh, '/a/memory.high', text)).toBe('EINVAL');
  });

  test('whoever writes it below the usage reclaims the rest, and any limit is taken', () => {
    const sh = bootGroup('memory.high', { limit: 2000, high: 1000, low: 0 });
    sh.run('t', stream('f', 1000));
    must(sh, '/a/memory.high', size(500));
    expect(sh.usage('/a')).toBeLessThanOrEqual(500);
    expect(answerOf(sh, '/a/memory.limit_in_bytes', size(100))).toBe('ok');
  });

  test('what can not be reclaimed stays, and the write is fine', () => {
    const sh = bootGroup('memory.high', { limit: 2000, high: 1000, low: 0 });
    sh.run('t', alloc(800));
    expect(answerOf(sh, '/a/memory.high', size(500))).toBe('ok');
    expect(sh.usage('/a')).toBe(800);
  });
});

describe('a task that charges above memory.high', () => {
  test('reclaims as much on its way back to user mode: each time is a stall, and the limit is not met', () => {
    const sh = bootGroup('memory.high', { limit: 2000, high: 1000, low: 0 });
    sh.run('t', stream('f', 5000));
    const stat = sh.machine.reclaimStat('/a');
    expect(stat).toMatchObject({ bg_passes: 0, bg_state: 'none', oom_kills: 0 });
    expect(stat.direct_reclaimed).toBeGreaterThan(3900);
    expect(stat.stall_count).toBeGreaterThan(100);
    expect(sh.eventsOf('stall')).toHaveLength(stat.stall_count);
    expect(sh.number('/a/memory.failcnt')).toBe(0);
    expect(sh.usage('/a')).toBeLessThan(1064);
    expect(sh.machine.tasks().find(({ name }) => name === 't')?.stall_ns).toBe(stat.stall_total_ns);
  });

  test('is back in user mode between two accesses of a trace, and between two touches', () => {
    const sh = bootGroup('memory.high', { limit: 2000, high: 1000, low: 0 });
    sh.machine.perform({ op: 'run', task: 't', behaviour: trace('recorded', true) });
    sh.machine.run(null);
    sh.machine.feed(
      'recorded',
      batchOf(Array.from({ length: 3000 }, (_, page) => ({ time: 0, page }))),
      true,
    );
    expect(sh.machine.run(null)).toMatchObject({ why: 'done', result: { ok: true } });
    expect(sh.number('/a/memory.max_usage_in_bytes')).toBe(1001 * PAGE_SIZE);
    sh.run('t', map('m', 1500));
    sh.run('t', touch(1500, { times: 3 }));
    expect(sh.number('/a/memory.max_usage_in_bytes')).toBeLessThan(1100 * PAGE_SIZE);
    expect(sh.number('/a/memory.failcnt')).toBe(0);
  });

  test('is held the longer the more is left above', () => {
    const sh = bootGroup('memory.high', { limit: 4000, high: 1000, low: 0 });
    sh.run('t', alloc(1500));
    const durations = sh.eventsOf('stall').map(({ duration }) => duration);
    expect(durations[0]).toBeLessThan(20 * MILLISECOND);
    expect(Math.max(...durations)).toBeGreaterThan(100 * MILLISECOND);
    expect(Math.max(...durations)).toBeLessThan(2100 * MILLISECOND);
    expect(durations.at(-2)).toBeGreaterThan(durations[1]);
  });

  test('dies at once when it is killed meanwhile', () => {
    const sh = bootGroup('memory.high', { limit: 40_000, high: 100, low: 0 });
    sh.start('t', alloc(3000));
    sh.waitUntil(() => sh.task('t').overHigh !== null && sh.task('t').state === 1);
    const before = sh.machine.now;
    sh.kill('t');
    expect(sh.machine.now - before).toBeLessThan(MILLISECOND);
    expect(sh.usage('/a')).toBe(0);
  });

  test('is let alone without reclaim (reclaimd=off)', () => {
    const sh = bootGroup('memory.high', { limit: 2000, high: 1000, low: 0 }, { reclaimd: false });
    sh.run('t', stream('f', 1500));
    expect(sh.usage('/a')).toBe(1500);
    expect(sh.machine.reclaimStat('/a').stall_count).toBe(0);
  });
});

/** From the table in mm/memcontrol.c: what a batch of 64 pages costs under a high of 100M. */
test.each([
  [100, 0],
  [101, 6],
  [102, 25],
  [105, 159],
  [110, 639],
  [117, 1849],
  [120, 2000],
])('with %i M of 100 M the delay is %i ms', (usage, delay) => {
  const res = { ...newResCounter(), usage: pages(usage * 256), highPages: pages(100 * 256) };
  expect(highDelay({ res }, 64)).toBe(delay);
});

describe('memory.reclaim', () => {
  test('frees what is written, a little more at most', () => {
    const sh = bootGroup('memory.high', { limit: 2000, high: 2000, low: 0 });
    sh.run('t', stream('f', 1000));
    must(sh, '/a/memory.reclaim', size(100));
    expect(sh.usage('/a')).toBeLessThanOrEqual(900);
    expect(sh.usage('/a')).toBeGreaterThan(868);
  });

  test('answers EAGAIN when so much is not to be had, and EINVAL to what is no size or to a read', () => {
    const sh = bootGroup('memory.high', { limit: 2000, high: 2000, low: 0 });
    sh.run('t', alloc(500));
    sh.run('t', stream('f', 100));
    expect(answerOf(sh, '/a/memory.reclaim', size(300))).toBe('EAGAIN');
    expect(sh.usage('/a')).toBe(500);
    expect(answerOf(sh, '/a/memory.reclaim', 'all')).toBe('EINVAL');
    expect(sh.machine.read('/a/memory.reclaim')).toMatchObject({ ok: false, errno: 'EINVAL' });
  });

  test('nothing written is all', () => {
    const sh = bootGroup('memory.high', { limit: 2000, high: 2000, low: 0 });
    sh.run('t', stream('f', 512));
    expect(answerOf(sh, '/a/memory.reclaim', '')).toBe('EAGAIN');
    expect(sh.usage('/a')).toBe(0);
  });
});
