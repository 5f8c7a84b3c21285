import { describe, expect, test } from 'vitest';
import { MICROSECOND, pages, SECOND } from '../../src/kernel/units.ts';
import { map, stream } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';

/** A task in /a with files f and g in the page cache, 20 pages each. */
function cached(): Console {
  const sh = boot();
  sh.group('/a');
  sh.spawn('t', '/a');
  sh.run('t', stream('f', 20));
  sh.run('t', stream('g', 20));
  return sh;
}

describe('drop', () => {
  test('takes a file, or all files, out of the page cache', () => {
    const sh = cached();
    sh.do({ op: 'drop', file: 'f' });
    expect([sh.resident('f').length, sh.resident('g').length, sh.usage('/a')]).toEqual([0, 20, 20]);
    sh.do({ op: 'drop', file: null });
    expect([sh.resident('g').length, sh.usage('/a')]).toEqual([0, 0]);
  });

  test('leaves what is dirty, until it is written', () => {
    const sh = cached();
    sh.run('t', stream('f', 5, { write: true }));
    sh.do({ op: 'drop', file: 'f' });
    expect(sh.resident('f')).toEqual([0, 1, 2, 3, 4]);
    sh.do({ op: 'sync' });
    sh.do({ op: 'drop', file: 'f' });
    expect(sh.resident('f')).toEqual([]);
  });

  test('leaves what a task has mapped, until no task has', () => {
    const sh = cached();
    sh.spawn('mapper', '/a');
    sh.run('mapper', map('f', 10));
    sh.do({ op: 'drop', file: null });
    expect(sh.resident('f').length).toBe(10);
    sh.kill('mapper');
    expect(sh.resident('f').length).toBe(10);
    sh.do({ op: 'drop', file: null });
    expect(sh.usage('/a')).toBe(0);
  });

  test('of a file that nobody has opened is ENOENT', () => {
    expect(boot().do({ op: 'drop', file: 'nothing' })).toMatchObject({ errno: 'ENOENT' });
  });

  test('makes no refaults: what was dropped was not evicted', () => {
    const sh = cached();
    sh.do({ op: 'drop', file: null });
    sh.run('t', stream('f', 20));
    expect(sh.number('/a/memory.reclaim_stat', 'refaults')).toBe(0);
  });
});

describe('truncate', () => {
  test('forgets what lies beyond the new length, dirty or not', () => {
    const sh = cached();
    sh.run('t', stream('f', 20, { write: true }));
    sh.do({ op: 'truncate', file: 'f', pages: pages(7) });
    expect(sh.resident('f')).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([sh.usage('/a'), sh.unwritten.dirty]).toEqual([27, 7]);
  });

  test('to nothing lets a file begin anew', () => {
    const sh = cached();
    sh.do({ op: 'truncate', file: 'f', pages: pages(0) });
    expect(sh.usage('/a')).toBe(20);
    sh.run('t', stream('f', 3));
    expect(sh.resident('f')).toEqual([0, 1, 2]);
  });

  test('while pages are being read or written leaves nothing behind', () => {
    for (const write of [false, true]) {
      const sh = cached();
      sh.start('t', stream('h', 500, { write }));
      sh.wait(0.0005 * SECOND);
      sh.do({ op: 'truncate', file: 'h', pages: pages(0) });
      sh.do({ op: 'wait-task', task: 't' });
      sh.do({ op: 'sync' });
      sh.do({ op: 'truncate', file: 'h', pages: pages(0) });
      expect(sh.usage('/a')).toBe(40);
      expect(sh.unwritten).toEqual({ dirty: 0, writeback: 0 });
    }
  });

  // freeChunks() gives the slots away while a read of them is in flight: its end unlocks whoever has them then.
  test('while a page is being read does not make the next read shorter', () => {
    const readTime = (truncated: boolean): number => {
      const sh = cached();
      sh.spawn('u', '/a');
      sh.start('t', stream('h', 1));
      sh.wait(50 * MICROSECOND);
      if (truncated) sh.do({ op: 'truncate', file: 'h', pages: pages(0) });
      const began = sh.machine.now;
      sh.run('u', stream('i', 1));
      return sh.machine.now - began;
    };
    expect(readTime(true)).toBe(readTime(false));
  });
});
