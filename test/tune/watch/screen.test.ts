import { describe, expect, test } from 'vitest';
import { inAscii } from '../../../src/dashboard/draw/ascii.ts';
import { type Row, rowOf, textOf } from '../../../src/dashboard/draw/spans.ts';
import { analyse } from '../../../src/tune/analysis/findings.ts';
import { DEFAULT_OBJECTIVE } from '../../../src/tune/analysis/objective.ts';
import { REGIONS } from '../../../src/tune/analysis/regions.ts';
import type { Trial } from '../../../src/tune/sweep.ts';
import { type Watched, watchRows } from '../../../src/tune/watch/screen.ts';
import { landscape, stalled, sweep, trial, variety } from '../made-sweeps.ts';

const SIZE = { columns: 79, rows: 23 };

const watched = (trials: readonly Trial[] | null): Watched => {
  const made = trials && sweep(trials);
  return {
    tuned: made && { sweep: made, findings: analyse(made, DEFAULT_OBJECTIVE) },
    script: 'work.memcg',
    which: null,
    bar: '███░ 9/12 runs',
  };
};
const textOfRow = (row: Row, columns: number): string => rowOf(row, columns).map(textOf).join('').trimEnd();
const screen = (trials: readonly Trial[] | null, size = SIZE): string[] =>
  watchRows(watched(trials), size).map((row) => textOfRow(row, size.columns));

describe('what stands on the screen while a sweep runs', () => {
  test('is the map with what its signs mean, and the answer so far under it', () => {
    expect(screen(variety()).join('\n')).toMatchInlineSnapshot(`
      "work.memcg                                                       ███░ 9/12 runs
      limit 100M (80 % of its peak of 125M), 7 trials, 1 seed; wanted: no stalls, at
      the least reclaimer CPU

                │   ◆
                │
            16M │                                   ●
                │                                                              ▲
                │
             2M │
                │
                │                      ●            ★                  ▲
           none │                      ■
                │
                └───────────── 16M ─────────────── 4M ──────────────────── at limit ─
                 → start: so far below the limit   ↑ stop: so far below start
      ● works 3   ■ oscillates 1   ▲ stalls 2   ◆ spins 1   ★ the answer so far

      Start at 96M, stop at 95M: 24 ms waited in 1,200 stalls, 40 us the longest →
      nobody waits, refaults 0 → 10, for 12 ms of reclaimer CPU (0.12 % of one).
      It is still to be tried on other days.

      q or ^C ends it, with what is known by then"
    `);
  });

  test('is said without a map before anything is known', () => {
    const [head, , line] = screen(null);
    expect(head).toMatch(/^work\.memcg +███░ 9\/12 runs$/);
    expect(line).toBe('without a limit, to learn its peak ...');
  });

  test('says of a policy with one mark what it costs', () => {
    const trials = [90, 95, 99].map(
      (at): Trial => ({ ...trial(at, at, stalled(at)), policy: 'memory.high' }),
    );
    const rows = screen(trials);
    expect(rows.join('\n')).toContain('→ memory.high: so far below the limit   ↑ time waited in one run');
    expect(rows.filter((row) => row.includes('▲') || row.includes('★')).length).toBeGreaterThan(0);
  });

  test.each([
    [20, 5],
    [40, 12],
    [60, 20],
    [80, 24],
    [200, 60],
  ])('is as high as the screen and no wider: %i x %i', (columns, rows) => {
    const all = screen(landscape(200), { columns, rows });
    expect(all).toHaveLength(rows);
    expect(Math.max(...all.map((row) => row.length))).toBeLessThanOrEqual(columns);
    expect(all.at(-1)).toContain('q or ^C ends it'.slice(0, columns - 1));
  });

  test('can be read where the terminal knows ASCII alone: each region has a sign of its own', () => {
    const signs = screen(variety(), { columns: 120, rows: 40 })
      .map(inAscii)
      .join('\n')
      .match(/(\S) (?:works|stalls|spins|oscillates|never runs|fails) \d/g);
    const used = new Set(signs?.map((each) => each[0]));
    expect(used.size).toBe(signs?.length);
    expect(used.size).toBeGreaterThan(2);
    expect(REGIONS.length).toBe(6);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what ASCII is
    expect(screen(variety()).map(inAscii).join('\n').replaceAll('★', '')).toMatch(/^[\x00-\x7f]*$/);
  });
});
