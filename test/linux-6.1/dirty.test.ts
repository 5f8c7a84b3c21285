import { expect, test } from 'vitest';
import { MILLISECOND, pages, SECOND } from '../../src/kernel/units.ts';
import { Machine } from '../../src/machine/machine.ts';
import { stream } from '../support/behaviours.ts';
import { Console } from '../support/boot.ts';

function machine(): Console {
  const sh = new Console(Machine.boot({ kernel: '6.1', cpus: 1, memory: pages(2 ** 19) }));
  for (const name of ['a', 'b']) {
    sh.mkdir(`/${name}`);
    sh.spawn(name, `/${name}`);
  }
  return sh;
}

const writes = (file: string, count: number) => stream(file, count, { block: pages(8), write: true });
const dirty = (sh: Console, of: string): number => sh.number(`/${of}/memory.stat`, 'file_dirty') / 4096;

test('memory.stat counts what is dirty in a cgroup, until it is written', () => {
  const sh = machine();
  sh.run('a', writes('f', 1000));
  expect([dirty(sh, 'a'), dirty(sh, 'b')]).toEqual([1000, 0]);
  sh.do({ op: 'sync' });
  expect([dirty(sh, 'a'), sh.number('/a/memory.stat', 'file_writeback')]).toEqual([0, 0]);
  sh.run('a', writes('g', 100));
  sh.do({ op: 'truncate', file: 'g', pages: pages(0) });
  expect(dirty(sh, 'a')).toBe(0);
});

test('who writes little below a small limit is not held for what others have dirtied', () => {
  const sh = machine();
  sh.write('/b/memory.max', '4M');
  sh.run('a', writes('much', 8000));
  const began = sh.machine.now;
  sh.run('b', writes('little', 64));
  expect(sh.machine.now - began).toBeLessThan(5 * MILLISECOND);
  expect([dirty(sh, 'a'), dirty(sh, 'b')]).toEqual([8000, 64]);
});

test('the page that is being written stays where it is while its buffers are charged, whatever is reclaimed for them', () => {
  const sh = machine();
  sh.write('/a/memory.high', '1M');
  // Nothing else can be reclaimed: the rest is anonymous, or dirty.
  sh.run('a', { kind: 'alloc', pages: pages(300) });
  sh.run('a', stream('f', 8000, { block: pages(400), write: true }));
  // Longer than anything stays dirty.
  sh.wait(40 * SECOND);
  expect(dirty(sh, 'a')).toBe(0);
});

test('a dirty page that a pass meets is activated, and is the oldest once it is written', () => {
  const sh = machine();
  sh.write('/a/memory.max', '4M');
  sh.run('a', writes('f', 100));
  sh.run('a', stream('g', 1000, { block: pages(8) }));
  // Direct reclaim writes no file: what it met waits among the active pages, and the flusher was woken.
  expect(sh.number('/a/memory.stat', 'pgactivate')).toBeGreaterThan(0);
  const [scanned, stolen] = ['pgscan', 'pgsteal'].map((name) => sh.number('/a/memory.stat', name));
  expect(scanned).toBeGreaterThan(stolen);
  sh.do({ op: 'sync' });
  expect(sh.number('/a/memory.stat', 'active_file')).toBe(0);
  // Now they go first, each at the first look.
  sh.run('a', stream('h', 1000, { block: pages(8) }));
  expect(sh.number('/a/memory.stat', 'pgscan') - scanned).toBe(
    sh.number('/a/memory.stat', 'pgsteal') - stolen,
  );
});
