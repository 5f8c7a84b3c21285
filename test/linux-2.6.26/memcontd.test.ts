import { describe, expect, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../src/kernel/units.ts';
import { alloc, stream, touch } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';

const stat = (sh: Console, key: string): number => sh.number('/a/memory.reclaim_stat', key);
const bgState = (sh: Console): string => /^bg_state (\w+)/.exec(sh.read('/a/memory.reclaim_stat'))?.[1] ?? '';
const kthreads = (sh: Console): string[] =>
  sh.machine
    .tasks()
    .filter((task) => task.name === 'memcontd')
    .map((task) => task.cgroup);

describe('memcontd starts', () => {
  test.each<[string, boolean]>([
    ['64M', true],
    ['16M', false],
    ['nonsense', false],
    ['-1', false],
    ['', false],
  ])('with the first write of high, %j too, before the value is looked at', (text, taken) => {
    const sh = boot();
    sh.group('/a');
    sh.write('/a/memory.low_wmark_in_bytes', '32M');
    expect(kthreads(sh)).toEqual([]);
    expect(sh.write('/a/memory.high_wmark_in_bytes', text).ok).toBe(taken);
    expect(kthreads(sh)).toEqual(['/']);
    expect(sh.read('/a/memory.reclaimd')).toBe('running\n');
  });

  test('once only', () => {
    const sh = boot();
    sh.group('/a', { low: 1, high: 2, limit: 3 });
    sh.write('/a/memory.high_wmark_in_bytes', '8K');
    expect(kthreads(sh).length).toBe(1);
  });

  test('and reclaims at once when the usage is between low and high', () => {
    const sh = boot();
    sh.group('/a');
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 40));
    sh.tighten('/a', { low: 8, high: 48 });
    sh.wait(SECOND);
    expect(sh.usage('/a')).toBe(8);
    expect(sh.eventsOf('wake')).toEqual([]);
  });

  test('and goes to sleep when the usage is at or below low', () => {
    const sh = boot();
    sh.group('/a', { low: 8, high: 48 });
    sh.wait(MILLISECOND);
    expect(bgState(sh)).toBe('sleeping');
    expect(stat(sh, 'bg_passes')).toBe(0);
  });
});

describe('memcontd', () => {
  test('once awake goes on below high, until the usage is at or below low', () => {
    const sh = boot();
    sh.group('/a', { low: 128, high: 256, limit: 400 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 4000, { rate: 40_960_000 }));
    sh.wait(SECOND);
    const naps = sh.events.filter(({ type }) => type === 'wake' || type === 'sleep');
    expect(naps.length).toBeGreaterThan(20);
    for (const [i, event] of naps.entries()) {
      expect(event.type).toBe(i % 2 === 0 ? 'sleep' : 'wake');
      if (event.type === 'sleep') expect(event.usage).toBeLessThanOrEqual(128);
      if (event.type === 'wake') expect(event.usage).toBe(257);
    }
    expect(sh.number('/a/memory.failcnt')).toBe(0);
    expect(stat(sh, 'bg_wakeups')).toBe(sh.eventsOf('wake').length);
  });

  test('frees 32 pages a pass, and never goes on when it may sleep', () => {
    const sh = boot();
    sh.group('/a', { low: 1000, high: 1100, limit: 2000 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 1101));
    sh.wait(SECOND);
    const passes = sh.eventsOf('pass');
    expect(passes.length).toBe(4);
    for (const pass of passes) expect(pass).toMatchObject({ background: true, reclaimed: 32 });
    expect(sh.usage('/a')).toBe(1101 - 4 * 32);
    expect(stat(sh, 'bg_reclaimed')).toBe(128);
    expect(stat(sh, 'bg_scanned')).toBe(passes.reduce((sum, pass) => sum + pass.scanned, 0));
  });

  test('that can reclaim nothing never sleeps again, burns the CPU it gets at nice 0, and is warned about once', () => {
    const sh = boot({ cpus: 1 });
    sh.group('/a', { low: 4, high: 8, limit: 16 });
    sh.spawn('t', '/a');
    sh.run('t', alloc(10));
    sh.wait(200 * MILLISECOND);
    expect(bgState(sh)).toBe('spinning');
    expect(stat(sh, 'bg_cpu_ns')).toBeGreaterThan(190 * MILLISECOND);
    expect(sh.eventsOf('warning')).toMatchObject([{ cgroup: '/a', floor: 10 }]);
    expect(sh.eventsOf('warning')[0].text).toContain('memory.low_wmark_in_bytes');

    const before = stat(sh, 'bg_cpu_ns');
    sh.spawn('busy');
    sh.run('busy', alloc(1));
    sh.start('busy', touch(1, { forTime: SECOND }));
    sh.wait(200 * MILLISECOND);
    const share = (stat(sh, 'bg_cpu_ns') - before) / (200 * MILLISECOND);
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  test('sleeps again when the low mark is raised to where it can get', () => {
    const sh = boot();
    sh.group('/a', { low: 4, high: 30, limit: 32 });
    sh.spawn('t', '/a');
    sh.run('t', alloc(31));
    sh.wait(10 * MILLISECOND);
    expect(bgState(sh)).toBe('spinning');
    sh.tighten('/a', { high: 32 });
    sh.tighten('/a', { low: 31 });
    sh.wait(10 * MILLISECOND);
    expect(bgState(sh)).toBe('sleeping');
  });

  /** What a reader on one CPU has charged when the reclaimer that it woke begins its first pass. */
  function chargedAtFirstPass(high: number): number {
    const sh = boot({ cpus: 1 });
    sh.group('/a', { low: 8000, high, limit: 9000 });
    sh.spawn('t', '/a');
    let charged = 0;
    sh.machine.observer = (event) => {
      if (event.type === 'pass' && charged === 0) charged = sh.machine.counters('/a').pgpgin;
    };
    sh.run('t', stream('f', 8500));
    return charged;
  }

  // Windows of 4, 8 and 16 pages, then of 32: they end at 28, 60, 92, ..., 8220, 8252.
  test('on one CPU runs when its waker has charged ten pages above high, or the rest of its window', () => {
    for (let high = 8221; high < 8252; high += 1) {
      expect(chargedAtFirstPass(high)).toBe(Math.min(high + 10, 8252));
    }
  });

  test('on one CPU runs at once when the first page of a window wakes it', () => {
    expect(chargedAtFirstPass(8220)).toBe(8221);
  });

  test('is a task of the root group at nice 0 that ignores signals and can be reniced and moved', () => {
    const sh = boot();
    sh.group('/a', { low: 4, high: 8, limit: 16 });
    const find = () => sh.machine.tasks().find((task) => task.name === 'memcontd');
    expect(find()).toMatchObject({ kind: 'kthread', nice: 0, cgroup: '/' });
    expect(sh.read('/tasks').split('\n')).toContain(`${find()?.pid}`);
    for (const signal of ['KILL', 'STOP', 'CONT'] as const) {
      expect(sh.kill('memcontd', signal)).toMatchObject({ ok: true });
    }
    sh.do({ op: 'renice', task: 'memcontd', nice: 5 });
    sh.write('/a/tasks', `${find()?.pid}`);
    sh.wait(SECOND);
    expect(find()).toMatchObject({ state: 'S', nice: 5, cgroup: '/a', killed: false });
    expect(sh.rmdir('/a')).toMatchObject({ errno: 'EBUSY' });
  });
});

describe('memcontd ends', () => {
  test('with rmdir, which then empties the cgroup', () => {
    const sh = boot();
    sh.group('/a', { low: 4, high: 60, limit: 64 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 50));
    sh.kill('t');
    expect(sh.rmdir('/a')).toMatchObject({ ok: true });
    expect(sh.eventsOf('stop')).toMatchObject([{ cgroup: '/a' }]);
    expect([kthreads(sh), sh.machine.cgroups()]).toEqual([[], ['/']]);
  });

  test('with rmdir while it spins', () => {
    const sh = boot({ cpus: 1 });
    sh.group('/a', { low: 4, high: 8, limit: 16 });
    sh.spawn('t', '/a');
    sh.run('t', alloc(10));
    sh.do({ op: 'attach', task: 't', cgroup: '/' });
    sh.wait(10 * MILLISECOND);
    expect(bgState(sh)).toBe('spinning');
    expect(sh.rmdir('/a')).toMatchObject({ ok: true });
    expect(kthreads(sh)).toEqual([]);
  });

  test.each([
    ['an rmdir that is refused', (sh: Console) => sh.rmdir('/a')],
    ['marks that are opened again', (sh: Console) => sh.write('/a/memory.high_wmark_in_bytes', '16K')],
    ['force_empty', (sh: Console) => sh.write('/a/memory.force_empty', '1')],
  ])('not with %s', (_what, act) => {
    const sh = boot();
    sh.group('/a', { low: 2, high: 3, limit: 4 });
    sh.spawn('t', '/a');
    act(sh);
    sh.wait(SECOND);
    expect(kthreads(sh).length).toBe(1);
  });

  test('when memory.reclaimd is told so, and starts again when it or a write of high says so', () => {
    const sh = boot();
    sh.group('/a', { low: 8, high: 16, limit: 64 });
    sh.spawn('t', '/a');
    expect(sh.write('/a/memory.reclaimd', 'stop\n')).toMatchObject({ ok: true });
    expect(sh.read('/a/memory.reclaimd')).toBe('stopped\n');
    expect(sh.write('/a/memory.reclaimd', 'stop')).toMatchObject({ ok: true });
    sh.run('t', stream('f', 60));
    sh.wait(SECOND);
    expect([sh.usage('/a'), bgState(sh)]).toEqual([60, 'none']);
    expect(sh.write('/a/memory.reclaimd', 'start')).toMatchObject({ ok: true });
    sh.wait(SECOND);
    expect(sh.usage('/a')).toBeLessThanOrEqual(8);
    sh.write('/a/memory.reclaimd', 'stop');
    sh.write('/a/memory.high_wmark_in_bytes', '64K');
    expect(sh.read('/a/memory.reclaimd')).toBe('running\n');
    for (const word of ['', 'restart', 'start stop', ' start', '1']) {
      expect(sh.write('/a/memory.reclaimd', word)).toMatchObject({ errno: 'EINVAL' });
    }
  });

  test('and what it has done stays in the statistics', () => {
    const sh = boot();
    sh.group('/a', { low: 8, high: 16, limit: 64 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 60));
    sh.wait(SECOND);
    const before = stat(sh, 'bg_cpu_ns');
    expect(before).toBeGreaterThan(0);
    sh.write('/a/memory.reclaimd', 'stop');
    expect(stat(sh, 'bg_cpu_ns')).toBeGreaterThanOrEqual(before);
  });
});

describe('a machine', () => {
  test('with reclaimd=off answers every write as before and never runs the thread', () => {
    const sh = boot({ reclaimd: false });
    sh.group('/a', { low: 8, high: 16, limit: 64 });
    sh.spawn('t', '/a');
    sh.write('/a/memory.reclaimd', 'start');
    sh.run('t', stream('f', 200));
    sh.wait(SECOND);
    expect([kthreads(sh), bgState(sh), stat(sh, 'bg_passes')]).toEqual([[], 'none', 0]);
    expect(stat(sh, 'direct_passes')).toBeGreaterThan(0);
    expect(sh.write('/a/memory.high_wmark_in_bytes', '1G')).toMatchObject({ errno: 'EINVAL' });
  });

  test('with wmarks=off has no marks and no reclaimer, and takes a limit on a fresh cgroup', () => {
    const sh = boot({ wmarks: false });
    sh.group('/a');
    const names = sh.machine.list('/a');
    expect(names.ok && names.value.some(({ name }) => /wmark|reclaimd/.test(name))).toBe(false);
    expect(sh.write('/a/memory.limit_in_bytes', '256K')).toMatchObject({ ok: true });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 100));
    expect(sh.usage('/a')).toBeLessThanOrEqual(64);
    expect(kthreads(sh)).toEqual([]);
  });

  test('with extras=off has the files of the kernel and no others', () => {
    const sh = boot({ extras: false });
    sh.group('/a', { low: 8, high: 16, limit: 64 });
    expect(sh.machine.read('/a/memory.reclaim_stat')).toMatchObject({ errno: 'ENOENT' });
    expect(sh.machine.read('/a/memory.reclaimd')).toMatchObject({ errno: 'ENOENT' });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 60));
    sh.wait(SECOND);
    expect(sh.usage('/a')).toBeLessThanOrEqual(16);
    expect(sh.machine.reclaimStat('/a').bg_passes).toBeGreaterThan(0);
  });
});
