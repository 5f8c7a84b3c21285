import { describe, expect, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/kernel/units.ts';
import { alloc, stream } from '../../support/behaviours.ts';
import { boot } from '../../support/boot.ts';
import { answerOf, bootGroup, must, size } from './groups.ts';

describe('the knobs of the loop', () => {
  test.each([
    ['start', '64M', 'ok'],
    ['start', 'max', 'ok'],
    ['start', '64 M', 'EINVAL'],
    ['target', '48M', 'ok'],
    ['batch', '32M', 'ok'],
    ['batch', '4K', 'ok'],
    ['batch', '33M', 'EINVAL'],
    ['batch', '4095', 'EINVAL'],
    ['batch', 'max', 'EINVAL'],
    ['interval_ms', '1', 'ok'],
    ['interval_ms', '0', 'EINVAL'],
    ['interval_ms', '3600001', 'EINVAL'],
    ['interval_ms', '1s', 'EINVAL'],
  ])('%s takes %j: %s', (file, text, answer) => {
    const sh = boot({ policy: 'reclaim-loop' });
    sh.mkdir('/a');
    expect(answerOf(sh, `/a/memory.reclaim_loop.${file}`, text)).toBe(answer);
  });

  test('a child has its batch and interval from its parent', () => {
    const sh = boot({ policy: 'reclaim-loop' });
    sh.mkdir('/a');
    must(sh, '/a/memory.reclaim_loop.batch', '1M');
    must(sh, '/a/memory.reclaim_loop.interval_ms', '50');
    must(sh, '/a/memory.reclaim_loop.start', '8M');
    sh.mkdir('/a/b');
    const of = (name: string): string => sh.read(`/a/b/memory.reclaim_loop.${name}`).trim();
    expect(['batch', 'interval_ms', 'start', 'target'].map(of)).toEqual(['1048576', '50', 'max', 'max']);
  });
});

test('it looks by the clock, and reclaims from above start down to target', () => {
  const sh = bootGroup('reclaim-loop', { limit: 4000, high: 2000, low: 1000 });
  must(sh, '/a/memory.reclaim_loop.interval_ms', '100');
  sh.wait(2 * SECOND);
  sh.run('t', stream('f', 3000));
  expect(sh.usage('/a')).toBe(3000);
  sh.wait(150 * MILLISECOND);
  expect(sh.usage('/a')).toBeLessThanOrEqual(1000);
  expect(sh.usage('/a')).toBeGreaterThan(900);
  expect(sh.machine.reclaimStat('/a')).toMatchObject({ stall_count: 0, bg_wakeups: 1, bg_state: 'sleeping' });
});

test('between two looks tasks meet the limit', () => {
  const sh = bootGroup('reclaim-loop', { limit: 4000, high: 2000, low: 1000 });
  sh.run('t', stream('f', 20_000));
  expect(sh.machine.reclaimStat('/a').stall_count).toBeGreaterThan(0);
});

test('it goes on in batches, and EAGAIN ends a look', () => {
  const sh = bootGroup('reclaim-loop', { limit: 4000, high: 500, low: 100 });
  must(sh, '/a/memory.reclaim_loop.batch', size(64));
  sh.run('t', alloc(1000));
  sh.run('t', stream('f', 500));
  sh.wait(1100 * MILLISECOND);
  expect(sh.usage('/a')).toBe(1000);
  const { bg_passes } = sh.machine.reclaimStat('/a');
  sh.wait(1000 * MILLISECOND);
  expect(sh.machine.reclaimStat('/a').bg_passes - bg_passes).toBe(1);
});

test('without a start there is no loop', () => {
  const sh = boot({ policy: 'reclaim-loop' });
  sh.mkdir('/a');
  must(sh, '/a/memory.reclaim_loop.target', '8M');
  expect(sh.machine.tasks().map(({ name }) => name)).not.toContain('reclaim-loop');
});
