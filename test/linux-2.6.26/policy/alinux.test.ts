import { describe, expect, test } from 'vitest';
import { MILLISECOND } from '../../../src/kernel/units.ts';
import { alloc, stream } from '../../support/behaviours.ts';
import { boot } from '../../support/boot.ts';
import { answerOf, bootGroup, must } from './groups.ts';

describe('the knobs of alinux', () => {
  test.each([
    ['wmark_ratio', '95', 'ok'],
    ['wmark_ratio', ' 0x5f\n', 'ok'],
    ['wmark_ratio', '0', 'ok'],
    ['wmark_ratio', '100', 'ok'],
    ['wmark_ratio', '101', 'EINVAL'],
    ['wmark_ratio', '-1', 'EINVAL'],
    ['wmark_ratio', '95%', 'EINVAL'],
    ['wmark_ratio', '', 'EINVAL'],
    ['wmark_ratio', '4294967391', 'EINVAL'],
    ['wmark_scale_factor', '1', 'ok'],
    ['wmark_scale_factor', '1000', 'ok'],
    ['wmark_scale_factor', '0', 'EINVAL'],
    ['wmark_scale_factor', '1001', 'EINVAL'],
    ['wmark_min_adj', '-25', 'ok'],
    ['wmark_min_adj', '50', 'ok'],
    ['wmark_min_adj', '-26', 'EINVAL'],
    ['wmark_min_adj', '51', 'EINVAL'],
    ['wmark_high', '1M', 'EINVAL'],
    ['wmark_low', '1M', 'EINVAL'],
  ])('%s takes %j: %s', (file, text, answer) => {
    const sh = boot({ policy: 'alinux' });
    sh.mkdir('/a');
    expect(answerOf(sh, `/a/memory.${file}`, text)).toBe(answer);
  });

  test('are not in the root, and the marks of the patch are nowhere', () => {
    const sh = boot({ policy: 'alinux' });
    sh.mkdir('/a');
    const list = (path: string): string[] => {
      const answer = sh.machine.list(path);
      return answer.ok ? answer.value.map(({ name }) => name) : [];
    };
    expect(list('/').filter((name) => name.includes('wmark'))).toEqual([]);
    expect(list('/a').filter((name) => name.includes('wmark'))).toEqual([
      'memory.wmark_min_adj',
      'memory.wmark_scale_factor',
      'memory.wmark_low',
      'memory.wmark_high',
      'memory.wmark_ratio',
    ]);
    expect(list('/a')).not.toContain('memory.reclaimd');
  });

  test('make the marks as the manual says, and these move with the limit', () => {
    const sh = boot({ policy: 'alinux' });
    sh.mkdir('/a');
    expect(sh.read('/a/memory.wmark_high')).toBe('9223372036854771712\n');
    must(sh, '/a/memory.limit_in_bytes', '1G');
    must(sh, '/a/memory.wmark_ratio', '95');
    // 1 GiB * 95 / 100, and 0.5 % of the limit less, in whole pages: the manual's own example.
    expect(sh.number('/a/memory.wmark_high')).toBe(Math.floor((2 ** 30 * 0.95) / 4096) * 4096);
    expect(sh.number('/a/memory.wmark_low')).toBe(1_020_051_456 - 5_365_760);
    must(sh, '/a/memory.limit_in_bytes', '64M');
    expect(sh.number('/a/memory.wmark_high')).toBe(63_750_144);
  });

  test('a child has the scale of its parent, and no ratio', () => {
    const sh = boot({ policy: 'alinux' });
    sh.mkdir('/a');
    must(sh, '/a/memory.wmark_scale_factor', '200');
    must(sh, '/a/memory.wmark_ratio', '90');
    sh.mkdir('/a/b');
    expect([sh.read('/a/b/memory.wmark_scale_factor'), sh.read('/a/b/memory.wmark_ratio')]).toEqual([
      '200\n',
      '0\n',
    ]);
  });
});

test('reclaim begins above wmark_high and ends at wmark_low, and nobody stalls', () => {
  const sh = bootGroup('alinux', { limit: 1000, high: 900, low: 820 });
  sh.run('t', stream('f', 890));
  expect(sh.eventsOf('pass')).toEqual([]);
  sh.run('t', stream('g', 3000));
  sh.wait(100 * MILLISECOND);
  expect(sh.usage('/a')).toBeLessThanOrEqual(900);
  const stat = sh.machine.reclaimStat('/a');
  expect(stat).toMatchObject({ stall_count: 0, direct_passes: 0, bg_state: 'sleeping' });
  expect(stat.bg_reclaimed).toBeGreaterThan(2800);
  const [sleep] = sh.eventsOf('sleep').slice(-1);
  expect(sleep.usage).toBeLessThanOrEqual(820);
});

test('a ratio written below the usage starts reclaim by itself', () => {
  const sh = bootGroup('none', { limit: 1000, high: 1000, low: 1000 });
  expect(sh.machine.options.policy).toBe('none');
  const group = boot({ policy: 'alinux' });
  group.mkdir('/a');
  must(group, '/a/memory.limit_in_bytes', '4000K');
  group.spawn('t', '/a');
  group.run('t', stream('f', 900));
  must(group, '/a/memory.wmark_ratio', '50');
  group.wait(10 * MILLISECOND);
  expect(group.usage('/a')).toBeLessThanOrEqual(495);
});

test('it gives up when nothing can be freed, and does not spin', () => {
  const sh = bootGroup('alinux', { limit: 1000, high: 500, low: 400 });
  sh.run('t', alloc(600));
  sh.wait(5000 * MILLISECOND);
  const before = sh.machine.reclaimStat('/a');
  expect(before.bg_state).toBe('sleeping');
  sh.wait(5000 * MILLISECOND);
  expect(sh.machine.reclaimStat('/a').bg_passes).toBe(before.bg_passes);
  expect(sh.eventsOf('warning')).toEqual([]);
});
