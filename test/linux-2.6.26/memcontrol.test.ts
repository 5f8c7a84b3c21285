import { describe, expect, test } from 'vitest';
import { SECOND } from '../../src/kernel/units.ts';
import { alloc, free, stream } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';
import { brokenInvariants } from '../support/invariants.ts';

describe('usage', () => {
  test('counts page cache and anonymous memory alike, and comes back when they go', () => {
    const sh = boot();
    sh.group('/a');
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 10));
    sh.run('t', alloc(7));
    expect(sh.read('/a/memory.stat')).toContain('cache 40960\nrss 28672\npgpgin 17\npgpgout 0\n');
    sh.run('t', free(3));
    sh.do({ op: 'drop', file: 'f' });
    expect(sh.usage('/a')).toBe(4);
    expect(sh.number('/a/memory.stat', 'pgpgout')).toBe(13);
    sh.kill('t');
    expect(sh.usage('/a')).toBe(0);
    expect(sh.number('/a/memory.max_usage_in_bytes')).toBe(17 * 4096);
  });

  // NEW_ANON of memcontrol.ts has PG_ACTIVE but not PC_ACTIVE, so the page goes to the inactive list first.
  test('puts page cache on the inactive list, anonymous memory on the active one', () => {
    const sh = boot();
    sh.group('/a');
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 10));
    sh.run('t', alloc(7));
    expect(sh.lists('/a')).toEqual({ active: 7, inactive: 10 });
  });

  test('a shared page is charged to who touches it first', () => {
    const sh = boot();
    sh.group('/a');
    sh.group('/b');
    sh.spawn('first', '/a');
    sh.spawn('second', '/b');
    sh.run('first', stream('f', 10));
    sh.run('second', stream('f', 15));
    expect([sh.usage('/a'), sh.usage('/b')]).toEqual([10, 5]);
  });

  test('charges stay behind when a task moves', () => {
    const sh = boot();
    sh.group('/a');
    sh.group('/b');
    sh.spawn('t', '/a');
    sh.run('t', alloc(10));
    sh.do({ op: 'attach', task: 't', cgroup: '/b' });
    sh.run('t', alloc(5));
    expect([sh.usage('/a'), sh.usage('/b')]).toEqual([10, 5]);
    sh.kill('t');
    expect([sh.usage('/a'), sh.usage('/b')]).toEqual([0, 0]);
  });

  test('a write to max_usage and failcnt sets them back', () => {
    const sh = boot();
    sh.group('/a', { limit: 40 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 100));
    expect(sh.number('/a/memory.failcnt')).toBeGreaterThan(0);
    sh.do({ op: 'drop', file: null });
    sh.write('/a/memory.failcnt', '');
    sh.write('/a/memory.max_usage_in_bytes', '');
    expect([sh.number('/a/memory.failcnt'), sh.number('/a/memory.max_usage_in_bytes')]).toEqual([0, 0]);
  });
});

describe('the limit', () => {
  test('is never passed, and each refusal counts', () => {
    const sh = boot();
    sh.group('/a', { limit: 5000 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 10_000));
    expect(sh.number('/a/memory.max_usage_in_bytes')).toBe(5000 * 4096);
    expect(sh.number('/a/memory.failcnt')).toBe(sh.eventsOf('limit-failure').length);
    // Each refusal frees 32: as recorded, ceil((pages charged - limit) / 32).
    expect(sh.number('/a/memory.failcnt')).toBe(Math.ceil(5000 / 32));
  });

  test('may be set below the usage, which stays until a charge forces reclaim', () => {
    const sh = boot({ reclaimd: false });
    sh.group('/a', { limit: 200 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 200));
    sh.tighten('/a', { low: 0, high: 0, limit: 50 });
    sh.wait(SECOND);
    expect(sh.usage('/a')).toBe(200);
    sh.run('t', stream('g', 1));
    expect(sh.usage('/a')).toBeLessThanOrEqual(50);
    expect(sh.resident('g')).toEqual([0]);
  });

  test('a stall is one charge that was refused, from the first refusal to its outcome', () => {
    const sh = boot();
    sh.group('/a', { limit: 64 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 2000));
    const stalls = sh.eventsOf('stall').map((event) => event.duration);
    const stat = (key: string): number => sh.number('/a/memory.reclaim_stat', key);
    expect(stat('stall_count')).toBe(stalls.length);
    expect(stat('stall_total_ns')).toBe(stalls.reduce((sum, each) => sum + each, 0));
    expect(stat('stall_max_ns')).toBe(Math.max(...stalls));
    expect(stat('stall_p50_ns')).toBeGreaterThanOrEqual(Math.min(...stalls));
    expect(stat('direct_passes')).toBe(sh.eventsOf('pass').length);
    expect(sh.machine.tasks().find((task) => task.name === 't')?.stall_ns).toBe(stat('stall_total_ns'));
  });
});

/**
 * /a is full of memory that is in nobody's reach any more (no swap; its owner has
 * moved away); its other tasks have this much memory elsewhere.
 */
function fullGroup(others: Readonly<Record<string, number>>): Console {
  const sh = boot();
  sh.group('/a', { limit: 16 });
  sh.spawn('hoarder', '/a');
  sh.run('hoarder', alloc(16));
  sh.do({ op: 'attach', task: 'hoarder', cgroup: '/' });
  sh.spawn('t', '/a');
  for (const [name, pages] of Object.entries(others)) {
    sh.spawn(name);
    sh.run(name, alloc(pages));
    sh.do({ op: 'attach', task: name, cgroup: '/a' });
  }
  return sh;
}

const victims = (sh: Console): string[] => sh.eventsOf('oom-kill').map((event) => event.task);

describe('a charge that nothing helps', () => {
  test('is refused six times, then the OOM killer runs', () => {
    const sh = boot();
    sh.group('/a', { limit: 16 });
    sh.spawn('t', '/a');
    expect(sh.run('t', alloc(20))).toMatchObject({ ok: false, errno: 'ESRCH' });
    const kinds = sh.events.map((event) => event.type).filter((type) => type !== 'pass');
    expect(kinds).toEqual(['start', 'sleep', ...Array(6).fill('limit-failure'), 'oom-kill', 'stall']);
    expect(sh.eventsOf('stall')).toMatchObject([{ charged: false }]);
    expect(sh.number('/a/memory.failcnt')).toBe(6);
    expect(sh.number('/a/memory.reclaim_stat', 'oom_kills')).toBe(1);
    expect(sh.usage('/a')).toBe(0);
  });

  test('in a page fault kills the task that faults, although the victim is another', () => {
    const sh = fullGroup({ large: 30 });
    expect(sh.run('t', alloc(1))).toMatchObject({ errno: 'ESRCH' });
    sh.wait(SECOND);
    expect(victims(sh)).toEqual(['large']);
    expect(
      sh.machine
        .tasks()
        .filter((task) => task.killed)
        .map((task) => task.name)
        .sort(),
    ).toEqual(['large', 't']);
  });

  test('in read(2) is left out by the read-ahead, then answers ENOMEM, and the stream goes on', () => {
    const sh = fullGroup({ large: 30, larger: 40 });
    expect(sh.run('t', stream('f', 1))).toMatchObject({ ok: true });
    expect(victims(sh)).toEqual(['larger', 'large']);
    expect(sh.number('/a/memory.failcnt')).toBe(12);
    expect([sh.usage('/a'), sh.resident('f')]).toEqual([16, []]);
  });

  test.each<[Record<string, number>, string]>([
    [{ one: 5, two: 9, three: 7 }, 'two'],
    [{ one: 5, two: 9, three: 9 }, 'two'],
    [{ one: 2 }, 'one'],
    [{}, 't'],
  ])('of tasks with %j pages kills the largest, of equals the lowest pid', (others, victim) => {
    const sh = fullGroup(others);
    sh.run('t', alloc(1));
    expect(victims(sh)).toEqual([victim]);
  });

  test('kills nobody outside the cgroup', () => {
    const sh = fullGroup({});
    sh.run('t', alloc(1));
    expect(sh.machine.tasks().find((task) => task.name === 'hoarder')?.killed).toBe(false);
  });

  test('as posted is accepted without being charged, and warned about when it is freed', () => {
    const sh = boot({ errata: ['charge-fallthrough'] });
    sh.group('/a', { limit: 16 });
    sh.spawn('t', '/a');
    expect(sh.run('t', alloc(20))).toMatchObject({ ok: true });
    expect(sh.usage('/a')).toBe(16);
    expect(victims(sh)).toEqual([]);
    sh.kill('t');
    expect(sh.usage('/a')).toBe(0);
    expect(sh.eventsOf('warning').length).toBe(4);
  });
});

describe('waking the reclaimer', () => {
  test('is done by the charge that leaves the usage above high, once it has succeeded', () => {
    const sh = boot();
    sh.group('/a', { low: 4, high: 8, limit: 16 });
    sh.spawn('t', '/a');
    sh.run('t', alloc(8));
    expect(sh.eventsOf('wake')).toEqual([]);
    sh.run('t', alloc(1));
    expect(sh.eventsOf('wake')).toMatchObject([{ cgroup: '/a', usage: 9 }]);
  });

  test('is not done by a refused charge', () => {
    const sh = boot();
    sh.group('/a', { low: 16, high: 16, limit: 16 });
    sh.spawn('t', '/a');
    sh.run('t', alloc(17));
    expect(sh.number('/a/memory.failcnt')).toBe(6);
    expect(sh.eventsOf('wake')).toEqual([]);
  });

  test('is not done by lowering a mark below the usage', () => {
    const sh = boot();
    sh.group('/a', { low: 64, high: 64, limit: 64 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 40));
    sh.tighten('/a', { low: 8, high: 16 });
    sh.wait(10 * SECOND);
    expect([sh.eventsOf('wake').length, sh.usage('/a')]).toEqual([0, 40]);
    sh.run('t', stream('g', 1));
    sh.wait(SECOND);
    expect(sh.eventsOf('wake')).toMatchObject([{ usage: 41 }]);
    expect(sh.usage('/a')).toBeLessThanOrEqual(8);
  });
});

describe('force_empty', () => {
  test('is refused while the cgroup has tasks, at usage 0 too', () => {
    const sh = boot();
    sh.group('/a');
    sh.spawn('t', '/a');
    expect(sh.write('/a/memory.force_empty', '1')).toMatchObject({ errno: 'EBUSY' });
  });

  test.each([[], ['force-empty-inverted', 'force-empty-ref-leak']] as const)(
    'of the root is never refused: usage goes to 0 while its tasks live on (errata: %s, %s)',
    (...errata) => {
      const sh = boot({ errata });
      sh.spawn('t', '/');
      sh.run('t', alloc(50));
      sh.run('t', stream('f', 100));
      expect(sh.write('/memory.force_empty', '1')).toMatchObject({ ok: true });
      expect([sh.usage('/'), sh.task('t').anonPages]).toEqual([0, 50]);
      sh.run('t', alloc(10));
      expect(sh.usage('/')).toBe(10);
      expect(brokenInvariants(sh.state())).toEqual([]);
      sh.kill('t');
      expect(sh.usage('/')).toBe(0);
    },
  );

  test('reclaims what it can and drops the accounting of the rest, which lives on', () => {
    const sh = boot();
    sh.group('/a');
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 100));
    sh.run('t', alloc(50));
    sh.do({ op: 'attach', task: 't', cgroup: '/' });
    expect(sh.write('/a/memory.force_empty', '')).toMatchObject({ ok: true });
    expect([sh.usage('/a'), sh.usage('/')]).toEqual([0, 0]);
    expect(sh.resident('f').length).toBeLessThan(10);
    expect(sh.task('t').anonPages).toBe(50);
    sh.kill('t');
    expect(sh.state().mm.freePages).toBe(262_144 - sh.resident('f').length);
  });

  test('as posted reclaims nothing', () => {
    const sh = boot({ errata: ['force-empty-inverted'] });
    sh.group('/a');
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 100));
    sh.kill('t');
    sh.write('/a/memory.force_empty', '');
    expect([sh.usage('/a'), sh.resident('f').length]).toEqual([0, 100]);
  });
});
