import { describe, expect, test } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
import { alloc, free, touch } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';

const stat = (sh: Console, key: string): number => sh.number('/a/memory.reclaim_stat', key);
const used = (sh: Console): number => sh.state().mm.swap.used;

/** A task with more memory than its cgroup may hold. */
function swapping(swap = 256): Console {
  const sh = boot({ swap: pages(swap) });
  sh.group('/a', { limit: 64 });
  sh.spawn('t', '/a');
  return sh;
}

describe('with swap', () => {
  test('anonymous memory beyond the limit is swapped out', () => {
    const sh = swapping();
    expect(sh.run('t', alloc(200))).toMatchObject({ ok: true });
    expect(sh.usage('/a')).toBeLessThanOrEqual(64);
    expect(used(sh) + sh.usage('/a')).toBe(200);
    expect(stat(sh, 'swap_out')).toBe(used(sh));
    expect(stat(sh, 'swap_in')).toBe(0);
  });

  test('a touch brings a page back, and its place in swap is free again', () => {
    const sh = swapping();
    sh.run('t', alloc(200));
    sh.run('t', touch(200));
    expect(stat(sh, 'swap_in')).toBeGreaterThanOrEqual(136);
    expect(stat(sh, 'swap_out') - stat(sh, 'swap_in')).toBe(used(sh));
    expect(used(sh) + sh.usage('/a')).toBe(200);
  });

  test('bringing a page back takes the time of the device', () => {
    const sh = swapping();
    sh.run('t', alloc(200));
    const began = sh.machine.now;
    const before = stat(sh, 'swap_in');
    sh.run('t', touch(200));
    const { swapLatency } = sh.state().mm.costs;
    expect(sh.machine.now - began).toBeGreaterThan((stat(sh, 'swap_in') - before - 1) * swapLatency);
  });

  test('free and death give swap back', () => {
    const sh = swapping();
    sh.run('t', alloc(200));
    sh.run('t', free(150));
    expect(used(sh) + sh.usage('/a')).toBe(50);
    sh.kill('t');
    expect([used(sh), sh.usage('/a')]).toEqual([0, 0]);
  });

  test('that is full the OOM killer runs', () => {
    const sh = swapping(50);
    expect(sh.run('t', alloc(200))).toMatchObject({ errno: 'ESRCH' });
    expect(sh.eventsOf('oom-kill').length).toBe(1);
    expect(used(sh)).toBe(0);
  });

  test('pages in their way to the device hold no charge, and free their frames when they are there', () => {
    const sh = swapping();
    sh.run('t', alloc(200));
    sh.do({ op: 'sleep', until: (sh.machine.now + 1e9) as typeof sh.machine.now });
    const { mm } = sh.state();
    expect(mm.nrWriteback).toBe(0);
    expect(mm.nrPages - mm.freePages).toBe(sh.usage('/a'));
  });
});
