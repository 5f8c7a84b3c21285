import { describe, expect, test } from 'vitest';
import { SECOND } from '../../src/kernel/units.ts';
import { alloc, map, stream, touch } from '../support/behaviours.ts';
import { boot } from '../support/boot.ts';

describe('a pass', () => {
  test('frees exactly 32 pages when it can', () => {
    const sh = boot();
    sh.group('/a', { limit: 4096 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 9000));
    const passes = sh.eventsOf('pass');
    expect(passes.length).toBeGreaterThan(100);
    for (const pass of passes) expect(pass).toMatchObject({ reclaimed: 32, scanned: 32, priority: 12 });
  });

  test('begins at priority 12 and goes down as far as it must', () => {
    // n = list length >> priority: 2047 pages have none to look at before priority 10.
    const lowest = [4096, 4095, 2047, 1023].map((limit) => {
      const sh = boot();
      sh.group('/a', { limit });
      sh.spawn('t', '/a');
      sh.run('t', stream('f', limit + 1, { readahead: false }));
      return sh.eventsOf('pass').map((pass) => pass.priority);
    });
    expect(lowest).toEqual([[12], [11], [10], [9]]);
  });

  test('takes the pages that were touched longest ago', () => {
    const sh = boot();
    sh.group('/a', { limit: 4096 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 6000));
    const resident = sh.resident('f');
    expect(resident[0]).toBe(6000 - resident.length);
    expect(resident.at(-1)).toBe(5999);
  });

  test('that frees some pages but not 32 lets the charge try again', () => {
    const sh = boot();
    sh.group('/a', { limit: 10 });
    sh.spawn('t', '/a');
    expect(sh.run('t', stream('f', 30, { readahead: false }))).toMatchObject({ ok: true });
    expect([sh.eventsOf('oom-kill').length, sh.usage('/a')]).toEqual([0, 10]);
    for (const pass of sh.eventsOf('pass')) expect(pass).toMatchObject({ priority: 0, reclaimed: 10 });
  });

  test('cannot free anonymous memory without swap', () => {
    const sh = boot();
    sh.group('/a', { limit: 64 });
    sh.spawn('t', '/a');
    sh.run('t', alloc(60));
    sh.run('t', stream('f', 20, { readahead: false }));
    expect(sh.number('/a/memory.stat', 'rss')).toBe(60 * 4096);
    expect(sh.number('/a/memory.stat', 'cache')).toBe(4 * 4096);
  });
});

describe('the second touch', () => {
  test('makes a page of the page cache active', () => {
    const sh = boot();
    sh.group('/a');
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 20));
    expect(sh.lists('/a')).toEqual({ active: 0, inactive: 20 });
    sh.run('t', stream('f', 12));
    expect(sh.lists('/a')).toEqual({ active: 12, inactive: 8 });
  });

  test('is not one when a page is read again at once in smaller pieces', () => {
    const sh = boot();
    sh.group('/a');
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 1, { times: 5 }));
    expect(sh.lists('/a')).toEqual({ active: 0, inactive: 1 });
  });

  test('keeps what is used again in memory while a stream goes by', () => {
    const sh = boot();
    sh.group('/a', { limit: 4096 });
    sh.spawn('t', '/a');
    sh.run('t', stream('hot', 500, { times: 2 }));
    sh.run('t', stream('cold', 8000));
    expect(sh.resident('hot').length).toBeGreaterThan(450);
  });

  test('of a page that was evicted is a refault', () => {
    const sh = boot();
    sh.group('/a', { limit: 4096 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 5000));
    expect(sh.number('/a/memory.reclaim_stat', 'refaults')).toBe(0);
    const gone = 5000 - sh.resident('f').length;
    sh.run('t', stream('f', gone, { readahead: false }));
    expect(sh.number('/a/memory.reclaim_stat', 'refaults')).toBe(gone);
  });
});

describe('a mapped file', () => {
  test('stays while clean page cache that nobody maps can go', () => {
    const sh = boot();
    sh.group('/a', { limit: 4096 });
    sh.spawn('t', '/a');
    sh.run('t', map('mapped', 500));
    sh.run('t', stream('cold', 3596));
    sh.run('t', touch(null));
    sh.run('t', stream('colder', 4000));
    expect(sh.resident('mapped').length).toBe(500);
  });

  test('goes when there is nothing else', () => {
    const sh = boot();
    sh.group('/a', { limit: 600 });
    sh.spawn('t', '/a');
    sh.run('t', map('mapped', 500));
    sh.run('t', alloc(300));
    sh.wait(SECOND);
    expect(sh.number('/a/memory.stat', 'rss')).toBe(300 * 4096);
    expect(sh.resident('mapped').length).toBeLessThanOrEqual(300);
  });
});

describe('dirty pages', () => {
  test('are written before they are freed', () => {
    const sh = boot();
    sh.group('/a', { limit: 1000 });
    sh.spawn('t', '/a');
    expect(sh.run('t', stream('f', 3000, { write: true }))).toMatchObject({ ok: true });
    const { mm } = sh.state();
    const written = mm.devices[1].completed;
    expect(written).toBeGreaterThanOrEqual(2000);
    expect(written + mm.nrDirty + mm.nrWriteback).toBeGreaterThanOrEqual(3000);
    expect(sh.number('/a/memory.max_usage_in_bytes')).toBe(1000 * 4096);
  });

  test('hold up who must reclaim them longer than clean ones', () => {
    const stalls = [false, true].map((write) => {
      const sh = boot();
      sh.group('/a', { limit: 1000 });
      sh.spawn('t', '/a');
      sh.run('t', stream('f', 5000, { write }));
      return sh.number('/a/memory.reclaim_stat', 'stall_total_ns');
    });
    expect(stalls[1]).toBeGreaterThan(10 * stalls[0]);
  });
});
