import { describe, expect, test } from 'vitest';
import { stream } from '../support/behaviours.ts';
import { boot } from '../support/boot.ts';

/** Pages that are in the page cache after the first `size` pages of a long file were read. */
function brought(size: number, rest: Parameters<typeof stream>[2] = {}): number {
  const sh = boot();
  // Somebody has made the file longer than what is read of it.
  sh.spawn('other');
  sh.run('other', stream('f', 1, { at: 10_000, readahead: false }));
  sh.spawn('t');
  sh.do({ op: 'drop', file: null });
  sh.run('t', stream('f', size, rest));
  return sh.resident('f').length;
}

describe('read-ahead', () => {
  // The reader meets the marker on the first page of a window but the first, and the next one is begun.
  test.each<[number, number]>([
    [1, 4],
    [2, 12],
    [4, 12],
    [5, 28],
    [12, 28],
    [13, 60],
    [29, 92],
    [61, 124],
    [92, 124],
    [93, 156],
  ])(
    'of a sequential reader has %d pages read, %d brought in: windows of 4, 8, 16, 32, 32 ...',
    (read, there) => {
      expect(brought(read)).toBe(there);
    },
  );

  test('goes no farther than the file', () => {
    const sh = boot();
    sh.spawn('t');
    sh.run('t', stream('f', 10));
    expect(sh.resident('f').length).toBe(10);
  });

  test('is not done when it was switched off', () => {
    expect(brought(7, { readahead: false })).toBe(7);
  });

  test('is not done for a random reader', () => {
    const sh = boot();
    sh.spawn('t');
    sh.run('t', stream('f', 1, { at: 90_000, readahead: false }));
    sh.run('t', stream('f', 50, { random: true, at: 40_000, times: 1 }));
    const resident = sh.resident('f');
    expect(resident.length).toBeLessThanOrEqual(51 + 8);
    for (const page of resident.slice(0, -1)) expect(page).toBeLessThan(40_060);
  });

  test('costs a reader less time than reading page by page', () => {
    const times = [true, false].map((readahead) => {
      const sh = boot();
      sh.spawn('t');
      sh.run('t', stream('f', 1000, { readahead }));
      return sh.machine.now;
    });
    expect(times[1]).toBeGreaterThan(3 * times[0]);
  });

  test('of a large read is a full window at once', () => {
    expect(brought(40, { block: 40 })).toBeGreaterThanOrEqual(40);
  });
});
