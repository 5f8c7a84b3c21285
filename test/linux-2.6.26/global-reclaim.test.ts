import { describe, expect, test } from 'vitest';
import { pages, SECOND } from '../../src/kernel/units.ts';
import { alloc, stream } from '../support/behaviours.ts';
import { boot } from '../support/boot.ts';

const victims = (sh: ReturnType<typeof boot>): string[] => sh.eventsOf('oom-kill').map((event) => event.task);

describe('a machine out of memory', () => {
  test('reclaims page cache until 32 pages are free, and goes on', () => {
    const sh = boot({ memory: pages(512) });
    sh.spawn('t');
    expect(sh.run('t', stream('f', 3000))).toMatchObject({ ok: true });
    expect(victims(sh)).toEqual([]);
    expect(sh.usage('/')).toBeGreaterThan(512 - 100);
  });

  test('takes from the cgroups in the order of their creation', () => {
    const sh = boot({ memory: pages(1024) });
    sh.group('/first');
    sh.group('/second');
    sh.spawn('two', '/second');
    sh.spawn('one', '/first');
    sh.run('two', stream('g', 400));
    sh.run('one', stream('f', 400));
    sh.spawn('t');
    sh.run('t', alloc(300));
    expect(sh.resident('g').length).toBe(400);
    expect(sh.resident('f').length).toBeLessThanOrEqual(400 - 76);
  });

  test('swaps, where there is swap', () => {
    const sh = boot({ memory: pages(512), swap: pages(1024) });
    sh.spawn('t');
    expect(sh.run('t', alloc(1000))).toMatchObject({ ok: true });
    expect(sh.number('/memory.reclaim_stat', 'swap_out')).toBeGreaterThanOrEqual(488);
  });

  test('kills the largest task of all cgroups when nothing can be reclaimed', () => {
    const sh = boot({ memory: pages(512) });
    sh.group('/a');
    sh.spawn('large', '/a');
    sh.spawn('small');
    sh.run('large', alloc(400));
    sh.run('small', alloc(200));
    sh.wait(SECOND);
    expect(sh.eventsOf('oom-kill')).toMatchObject([{ cgroup: null, task: 'large' }]);
    expect(sh.number('/a/memory.reclaim_stat', 'oom_kills')).toBe(1);
    expect(sh.usage('/a')).toBe(0);
  });

  test('is not the fault of any limit: nothing is counted as a refusal', () => {
    const sh = boot({ memory: pages(512) });
    sh.group('/a', { limit: 1000 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 3000));
    expect(sh.number('/a/memory.failcnt')).toBe(0);
  });
});
