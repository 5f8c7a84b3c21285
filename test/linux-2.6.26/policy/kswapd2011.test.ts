import { describe, expect, test } from 'vitest';
import { MILLISECOND } from '../../../src/kernel/units.ts';
import { alloc, stream } from '../../support/behaviours.ts';
import { boot, type Console } from '../../support/boot.ts';
import { answerOf, bootGroup, must } from './groups.ts';

function limited(): Console {
  const sh = boot({ policy: 'kswapd2011' });
  sh.mkdir('/a');
  must(sh, '/a/memory.limit_in_bytes', '500m');
  return sh;
}

const threads = (sh: Console): string[] =>
  sh.machine.tasks().flatMap(({ name, kind }) => (kind === 'kthread' && name !== 'pdflush' ? [name] : []));

describe('the distances of kswapd2011', () => {
  test.each<[string, readonly (readonly [string, string, string])[]]>([
    [
      'high before low',
      [
        ['high', '50m', 'ok'],
        ['low', '40m', 'ok'],
      ],
    ],
    ['low before high is refused', [['low', '40m', 'EINVAL']]],
    [
      'equal is refused',
      [
        ['high', '50m', 'ok'],
        ['low', '50m', 'EINVAL'],
      ],
    ],
    ['the limit itself is too much', [['high', '500m', 'EINVAL']]],
    [
      'low goes to 0 before high',
      [
        ['high', '50m', 'ok'],
        ['low', '40m', 'ok'],
        ['high', '0', 'EINVAL'],
        ['low', '0', 'ok'],
        ['high', '0', 'ok'],
      ],
    ],
    ['a mark as the patch writes sizes', [['high', '1T', 'EINVAL']]],
  ])('%s', (_rule, writes) => {
    const sh = limited();
    const answers = writes.map(([which, text]) => answerOf(sh, `/a/memory.${which}_wmark_distance`, text));
    expect(answers).toEqual(writes.map(([, , answer]) => answer));
  });

  test('are no use to the root', () => {
    const sh = limited();
    expect(answerOf(sh, '/memory.high_wmark_distance', '1m')).toBe('EINVAL');
  });

  test('make the watermarks of the cover mail, by a thread named after the id', () => {
    const sh = limited();
    expect(sh.read('/a/memory.reclaim_wmarks')).toBe('low_wmark 524288000\nhigh_wmark 524288000\n');
    expect(threads(sh)).toEqual([]);
    must(sh, '/a/memory.high_wmark_distance', '50m');
    must(sh, '/a/memory.low_wmark_distance', '40m');
    expect(sh.read('/a/memory.reclaim_wmarks')).toBe('low_wmark 482344960\nhigh_wmark 471859200\n');
    expect(threads(sh)).toEqual(['memcg_2']);
    expect(answerOf(sh, '/a/memory.reclaim_wmarks', '1')).toBe('EINVAL');
  });

  test('wrap below a limit that is lowered beneath them', () => {
    const sh = limited();
    must(sh, '/a/memory.high_wmark_distance', '50m');
    must(sh, '/a/memory.limit_in_bytes', '40m');
    expect(sh.read('/a/memory.reclaim_wmarks')).toBe(
      `low_wmark ${40 << 20}\nhigh_wmark ${2n ** 64n - BigInt(10 << 20)}\n`,
    );
  });
});

test('it starts above low_wmark and stops at high_wmark', () => {
  const sh = bootGroup('kswapd2011', { limit: 20_000, high: 15_000, low: 12_000 });
  sh.run('t', stream('f', 40_000));
  sh.wait(100 * MILLISECOND);
  expect(sh.machine.reclaimStat('/a')).toMatchObject({ stall_count: 0, direct_passes: 0 });
  for (const { usage } of sh.eventsOf('sleep').slice(1)) expect(usage).toBeLessThanOrEqual(12_000);
});

test('it looks at the usage once in 1024 pages charged and uncharged', () => {
  const sh = bootGroup('kswapd2011', { limit: 2000, high: 800, low: 600 });
  sh.run('t', stream('f', 1000));
  expect(sh.usage('/a')).toBe(1000);
  expect(sh.eventsOf('wake')).toEqual([]);
  sh.run('t', stream('g', 100));
  sh.wait(10 * MILLISECOND);
  expect(sh.eventsOf('wake').length).toBe(1);
  expect(sh.usage('/a')).toBeLessThanOrEqual(676);
});

test('it gives up when it has looked at everything six times for nothing', () => {
  const sh = bootGroup('kswapd2011', { limit: 4000, high: 1000, low: 500 });
  sh.run('t', alloc(3000));
  sh.wait(60_000 * MILLISECOND);
  const { bg_passes, bg_scanned, bg_state } = sh.machine.reclaimStat('/a');
  expect(bg_state).toBe('sleeping');
  expect(bg_passes).toBeGreaterThan(0);
  expect(bg_scanned).toBeLessThan(20 * 3000);
});

test('removing the cgroup ends the thread', () => {
  const sh = bootGroup('kswapd2011', { limit: 1000, high: 800, low: 600 });
  sh.kill('t');
  expect(sh.rmdir('/a')).toMatchObject({ ok: true });
  expect(threads(sh)).toEqual([]);
});
