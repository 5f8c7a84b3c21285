import { describe, expect, test } from 'vitest';
import { pages, SECOND } from '../../src/kernel/units.ts';
import { stream } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';

/** A machine whose disk has written so much that it may hold its full share dirty. */
function practised(memory: number): Console {
  const sh = boot({ memory: pages(memory), costs: { writeBegin: 0 } });
  sh.spawn('t');
  sh.run('t', stream('before', 4 * memory, { write: true }));
  sh.do({ op: 'sync' });
  return sh;
}

describe('the flusher', () => {
  test('comes every 5 s and writes what has been dirty for 30 s', () => {
    const sh = boot();
    sh.spawn('t');
    sh.wait(SECOND);
    sh.run('t', stream('f', 10, { write: true }));
    sh.wait(29 * SECOND);
    expect(sh.unwritten.dirty).toBe(10);
    // 31 s after boot it is old enough, at 35 s the flusher comes by.
    sh.wait(4.9 * SECOND);
    expect(sh.unwritten.dirty).toBe(10);
    sh.wait(0.2 * SECOND);
    expect(sh.unwritten).toEqual({ dirty: 0, writeback: 0 });
    expect(sh.number('/memory.reclaim_stat', 'writeback_pages')).toBe(10);
  });

  test('takes a page that was dirtied again after its write once more', () => {
    const sh = boot();
    sh.spawn('t');
    for (let round = 0; round < 3; round += 1) {
      sh.run('t', stream('f', 4, { write: true }));
      sh.wait(40 * SECOND);
    }
    expect(sh.number('/memory.reclaim_stat', 'writeback_pages')).toBe(12);
  });

  test('writes at once what lies beyond 5 % of memory', () => {
    const sh = practised(10_000);
    sh.run('t', stream('f', 450, { write: true }));
    sh.wait(4 * SECOND);
    expect(sh.unwritten.dirty).toBe(450);
    sh.run('t', stream('g', 450, { write: true }));
    sh.wait(0.5 * SECOND);
    expect(sh.unwritten.dirty).toBeLessThanOrEqual(500);
    expect(sh.unwritten.dirty).toBeGreaterThan(300);
  });

  test('goes on when all that is dirty is being written already', () => {
    const sh = boot({ memory: pages(300), cpus: 3 });
    sh.spawn('t');
    expect(sh.run('t', stream('f', 230, { write: true, times: 20, random: true }))).toMatchObject({
      ok: true,
    });
    sh.do({ op: 'sync' });
    expect(sh.unwritten).toEqual({ dirty: 0, writeback: 0 });
  });
});

describe('a writer', () => {
  test('is held back when more than 10 % of memory is dirty or being written', () => {
    const sh = practised(10_000);
    sh.start('t', stream('f', 9000, { write: true }));
    for (let i = 0; i < 100; i += 1) {
      sh.wait(0.001 * SECOND);
      const { dirty, writeback } = sh.unwritten;
      // Between two looks at the limits it may dirty 156 pages.
      expect(dirty + writeback).toBeLessThanOrEqual(1000 + 156);
    }
  });

  test('is as fast as the disk in the long run', () => {
    const sh = practised(10_000);
    const began = sh.machine.now;
    sh.run('t', stream('f', 20_000, { write: true }));
    const { diskPage } = sh.state().mm.costs;
    expect(sh.machine.now - began).toBeGreaterThan(19_000 * diskPage);
    expect(sh.machine.now - began).toBeLessThan(30_000 * diskPage);
  });
});

test('sync ends when all that was dirty is written', () => {
  const sh = boot();
  sh.spawn('t');
  sh.run('t', stream('f', 700, { write: true }));
  sh.run('t', stream('g', 300, { write: true }));
  const before = sh.state().mm.devices[1].completed;
  sh.do({ op: 'sync' });
  expect(sh.unwritten).toEqual({ dirty: 0, writeback: 0 });
  expect(sh.state().mm.devices[1].completed - before).toBeLessThanOrEqual(1000);
  expect(sh.state().mm.devices[1].completed).toBe(1000);
  expect(sh.resident('f').length).toBe(700);
});

test('a file that is written is as long as the farthest page', () => {
  const sh = boot();
  sh.spawn('t');
  sh.run('t', stream('f', 5, { at: 100, write: true }));
  expect(sh.resident('f')).toEqual([100, 101, 102, 103, 104]);
});
