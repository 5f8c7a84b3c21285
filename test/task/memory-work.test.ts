import { describe, expect, test } from 'vitest';
import { alloc, free, map, touch } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';

function withTask(): Console {
  const sh = boot();
  sh.group('/a');
  sh.spawn('t', '/a');
  return sh;
}

const view = (sh: Console) => sh.machine.tasks().find((task) => task.name === 't');

describe('alloc', () => {
  test('touches every page that it allocates', () => {
    const sh = withTask();
    expect(sh.run('t', alloc(100))).toMatchObject({ ok: true });
    expect(sh.number('/a/memory.stat', 'rss')).toBe(100 * 4096);
    expect(view(sh)).toMatchObject({ anon_pages: 100, mapped_pages: 0 });
  });

  test('adds to what is there', () => {
    const sh = withTask();
    sh.run('t', alloc(100));
    sh.run('t', alloc(1000));
    expect(sh.usage('/a')).toBe(1100);
  });

  test('costs a fault and a charge a page', () => {
    const sh = withTask();
    sh.run('t', alloc(1000));
    const { fault, charge } = sh.state().mm.costs;
    expect(view(sh)?.cpu_ns).toBe(1000 * (fault + charge));
  });

  test('of nothing is nothing', () => {
    const sh = withTask();
    expect(sh.run('t', alloc(0))).toMatchObject({ ok: true });
    expect(sh.usage('/a')).toBe(0);
  });
});

describe('free', () => {
  test.each<[number | null, number]>([
    [1, 99],
    [100, 0],
    [null, 0],
  ])('of %j of 100 pages leaves %d', (size, left) => {
    const sh = withTask();
    sh.run('t', alloc(100));
    sh.run('t', free(size));
    expect([sh.usage('/a'), view(sh)?.anon_pages]).toEqual([left, left]);
  });

  test('gives back what was allocated last, and the same can be allocated again', () => {
    const sh = withTask();
    sh.run('t', alloc(1500));
    sh.run('t', free(1000));
    expect(sh.usage('/a')).toBe(500);
    sh.run('t', alloc(700));
    expect(sh.usage('/a')).toBe(1200);
    sh.run('t', free(null));
    expect(sh.usage('/a')).toBe(0);
  });

  test('leaves mapped files alone', () => {
    const sh = withTask();
    sh.run('t', alloc(10));
    sh.run('t', map('f', 20));
    sh.run('t', free(null));
    expect([sh.usage('/a'), view(sh)?.mapped_pages]).toEqual([20, 20]);
  });
});

describe('map', () => {
  test('brings every page of the file in, as page cache', () => {
    const sh = withTask();
    sh.run('t', map('f', 300));
    expect(sh.resident('f').length).toBe(300);
    expect(sh.read('/a/memory.stat')).toContain(`cache ${300 * 4096}\nrss 0\n`);
    expect(view(sh)).toMatchObject({ anon_pages: 0, mapped_pages: 300 });
  });

  test('by two tasks has the pages once', () => {
    const sh = withTask();
    sh.spawn('u', '/a');
    sh.run('t', map('f', 30));
    sh.run('u', map('f', 40));
    expect(sh.usage('/a')).toBe(40);
    sh.kill('u');
    sh.do({ op: 'drop', file: 'f' });
    // What t has mapped can't be dropped.
    expect(sh.resident('f').length).toBe(30);
  });

  test('can be touched after the memory that was allocated', () => {
    const sh = withTask();
    sh.run('t', alloc(10));
    sh.run('t', map('f', 20));
    sh.run('t', touch(null, { write: true }));
    expect(sh.unwritten.dirty).toBe(20);
  });
});
