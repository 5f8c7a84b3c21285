import { describe, expect, test } from 'vitest';
import { MILLISECOND, PAGE_SIZE, pages, SECOND } from '../../src/kernel/units.ts';
import type { Pattern } from '../../src/task/behaviour.ts';
import { alloc, map, stream, touch } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';

/** A task that has mapped a file of 1000 pages, none of which is in memory: what it touches comes in. */
function withFile(): Console {
  const sh = boot();
  sh.spawn('t');
  sh.run('t', map('f', 1000));
  sh.do({ op: 'truncate', file: 'f', pages: pages(0) });
  sh.spawn('other');
  sh.run('other', stream('f', 1, { at: 999, readahead: false }));
  return sh;
}

/** The pages touched by so many touches. */
function touched(pattern: Pattern, times: number): number[] {
  const sh = withFile();
  sh.run('t', touch(1000, { pattern, times: times / 1000 }));
  return sh.resident('f').slice(0, -1);
}

describe('touch', () => {
  test('goes from page to page in order', () => {
    const there = touched({ kind: 'seq' }, 100);
    expect(there.slice(0, 100)).toEqual([...Array(100).keys()]);
    // What lies beyond has been read ahead.
    expect(there.length).toBeLessThan(200);
  });

  test('at random falls on all parts alike', () => {
    const there = touched({ kind: 'random' }, 200);
    expect(there.length).toBeGreaterThan(160);
    for (const quarter of [0, 1, 2, 3]) {
      const within = there.filter((page) => Math.floor(page / 250) === quarter);
      expect(within.length).toBeGreaterThan(25);
    }
  });

  test('by a hot spot gives a share of the pages their share of the touches', () => {
    const there = touched({ kind: 'hot', share: 0.1, of: 0.9 }, 400);
    const hot = there.filter((page) => page < 100).length;
    // 360 touches of 100 pages leave 3 out; 40 of 900 are nearly all different.
    expect(hot).toBeGreaterThan(90);
    expect(there.length - hot).toBeGreaterThan(25);
    expect(there.length - hot).toBeLessThan(60);
  });

  test('of the hot pages alone never leaves them', () => {
    expect(touched({ kind: 'hot', share: 0.05, of: 1 }, 500).every((page) => page < 50)).toBe(true);
  });

  test("by Zipf's law comes back to the first pages", () => {
    const there = touched({ kind: 'zipf', theta: 1 }, 400);
    expect(there.slice(0, 10)).toEqual([...Array(10).keys()]);
    expect(there.length).toBeLessThan(260);
    expect(there.filter((page) => page > 500).length).toBeGreaterThan(10);
  });

  test('costs a touch, so many times as is said', () => {
    const sh = boot();
    sh.spawn('t');
    sh.run('t', alloc(500));
    const cpu = (): number => sh.machine.tasks().find((task) => task.name === 't')?.cpu_ns ?? 0;
    const before = cpu();
    sh.run('t', touch(100, { times: 30 }));
    expect(cpu() - before).toBe(3000 * sh.state().mm.costs.touch);
  });

  test.each<[string, Pattern]>([
    ['in order', { kind: 'seq' }],
    ['at random', { kind: 'random' }],
  ])('for a time ends then (%s)', (_how, pattern) => {
    const sh = boot();
    sh.spawn('t');
    sh.run('t', alloc(100));
    const began = sh.machine.now;
    sh.run('t', touch(100, { pattern, forTime: 20 * MILLISECOND }));
    expect(sh.machine.now - began).toBeGreaterThanOrEqual(20 * MILLISECOND - 10_000);
    expect(sh.machine.now - began).toBeLessThan(20 * MILLISECOND + 10_000);
  });

  test('at a rate takes its time', () => {
    const sh = boot();
    sh.spawn('t');
    sh.run('t', alloc(50));
    const began = sh.machine.now;
    // 1000 pages a second: 40 times 50 pages, the last at the end.
    sh.run('t', touch(50, { times: 40, rate: 1000 * PAGE_SIZE }));
    expect((sh.machine.now - began) / SECOND).toBeCloseTo(1.999, 3);
  });

  test('that writes makes the pages of mapped files dirty, that reads does not', () => {
    const sh = withFile();
    sh.run('t', touch(40));
    expect(sh.unwritten.dirty).toBe(0);
    sh.run('t', touch(40, { write: true }));
    expect(sh.unwritten.dirty).toBe(40);
  });

  test('of what is resident charges nothing', () => {
    const sh = boot();
    sh.spawn('t');
    sh.run('t', alloc(100));
    const before = sh.number('/memory.stat', 'pgpgin');
    sh.run('t', touch(null, { times: 3, pattern: { kind: 'random' } }));
    expect(sh.number('/memory.stat', 'pgpgin')).toBe(before);
  });
});
