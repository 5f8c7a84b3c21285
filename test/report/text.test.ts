import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ns, pages } from '../../src/kernel/units.ts';
import { renderComparison, renderReport } from '../../src/report/text.ts';
import { cgroup, mib, run, withoutReclaim, withReclaim } from './runs.ts';

const look = { width: 80, color: false, unicode: true };
const paths = (text: string) => text.split('\n').filter((line) => line.startsWith('/'));

describe('the report of one run', () => {
  it('with background reclaim', () => {
    expect(renderReport(withReclaim, look)).toMatchInlineSnapshot(`
      "fixtures/rfc-dd.memcg
        2.14 s virtual time, 81 ms real time
        4 expectations met

      /web
        BACKGROUND ONLY memcontd frees 464M, and nobody waits for it
        usage     52.1M  usage_in_bytes                      background  direct
        max       56.6M  max_usage_in_bytes   passes              4,096       0
        limit       64M  limit_in_bytes       pages scanned     131,072       0
        start at    56M  high_wmark_in_bytes  reclaimed         118,784       0
        stop at     48M  low_wmark_in_bytes   CPU time           197 ms
        failures      0  failcnt              CPU share           9.2 %
        stalls        0  reclaim_stat
        refaults     12  reclaim_stat

        64M ┤──────────────────────────────────────────────────────────── limit 64M
            │╌╌╌╌╌╌╌╌╌╌╌╌╌⢀⣴⡆⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴ start 56M
        48M ┤┈┈┈┈┈┈┈┈┈┈┈┈⣠⠞⠁⠟⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈ stop 48M
            │          ⣠⠞⠁
        32M ┤        ⢀⡼⠃
            │      ⢀⣴⠋
            │     ⣠⠟⠁
        16M ┤   ⣠⠞⠁
            │ ⢀⡴⠃
          0 ┤⡴⠋
            └┬─────────────┬─────────────┬─────────────┬─────────────┬───
             0           0.5 s          1 s          1.5 s          2 s   virtual time
      "
    `);
  });

  it('without it, stalled and not as expected', () => {
    expect(renderReport(withoutReclaim, look)).toMatchInlineSnapshot(`
      "fixtures/rfc-dd.memcg
        2.41 s virtual time, 78 ms real time
        2 of 4 expectations failed

      /web
        ! STALLING 3,589 stalls, p99 1.2 ms: there is no background reclaim, so tasks
        free pages themselves
          try write web/reclaimd start
        usage       64M  usage_in_bytes                        direct
        max         64M  max_usage_in_bytes   passes            3,589
        limit       64M  limit_in_bytes       pages scanned   120,064
        start at    56M  high_wmark_in_bytes  reclaimed       114,848
        stop at     48M  low_wmark_in_bytes   stall p50      0.096 ms
        failures  3,589  failcnt              stall p99      1.200 ms
        stalls    3,589  reclaim_stat         stall max      3.410 ms
        refaults     14  reclaim_stat         stall total      413 ms

        64M ┤───────────────⢀⡼⠋⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉ limit 64M
            │╌╌╌╌╌╌╌╌╌╌╌╌╌⢀⣴⠏╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ start 56M
        48M ┤┈┈┈┈┈┈┈┈┈┈┈┈⣠⠞⠁┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ stop 48M
            │          ⣠⠞⠁
        32M ┤        ⢀⡼⠃
            │      ⢀⣴⠋
            │     ⣠⠟⠁
        16M ┤   ⣠⠞⠁
            │ ⢀⡴⠃
          0 ┤⡴⠋
            └┬───────────┬───────────┬────────────┬───────────┬──────────
             0         0.5 s        1 s         1.5 s        2 s          virtual time

      failed fixtures/rfc-dd.memcg:14:1
        expected  web/usage_in_bytes <= 56M
        found     67108864 (64M)
      failed fixtures/rfc-dd.memcg:15:1
        expected  web/failcnt == 0
        found     3589
      "
    `);
  });

  it('at 40 columns', () => {
    expect(
      renderReport({ ...withReclaim, cgroups: withReclaim.cgroups.map(chartless) }, { ...look, width: 40 }),
    ).toMatchInlineSnapshot(`
      "fixtures/rfc-dd.memcg
        2.14 s virtual time, 81 ms real time
        4 expectations met

      /web
        BACKGROUND ONLY memcontd frees 464M,
        and nobody waits for it
        usage     52.1M  usage_in_bytes
        max       56.6M  max_usage_in_bytes
        limit       64M  limit_in_bytes
        start at    56M  high_wmark_in_bytes
        stop at     48M  low_wmark_in_bytes
        failures      0  failcnt
        stalls        0  reclaim_stat
        refaults     12  reclaim_stat

                       background  direct
        passes              4,096       0
        pages scanned     131,072       0
        reclaimed         118,784       0
        CPU time           197 ms
        CPU share           9.2 %
      "
    `);
  });

  it('has a table only for cgroups that were used', () => {
    const used = cgroup('/a', { usage: { usage: mib(1), max: mib(1) } });
    const emptied = cgroup('/b', { usage: { max: mib(1) } });
    const refused = cgroup('/c', { failcnt: 6 });
    expect(paths(renderReport(run([cgroup('/'), used, emptied, refused]), look))).toEqual(['/a', '/b', '/c']);
  });

  it('keeps failures and stalls when they are zero, and leaves other zeros out', () => {
    const quiet = cgroup('/a', { usage: { usage: mib(1), max: mib(1) } });
    expect(renderReport(run([quiet]), look)).toMatchInlineSnapshot(`
      "fixtures/rfc-dd.memcg
        2.14 s virtual time, 81 ms real time

      /a
        CALM usage at most 1M, and no limit
        usage     1M  usage_in_bytes
        max       1M  max_usage_in_bytes
        failures   0  failcnt
        stalls     0  reclaim_stat
      "
    `);
  });

  it('shows what only some runs have: OOM kills, writeback, swap', () => {
    const stat = { oom_kills: 1, refaults: 20, writeback_pages: 300, swap_out: 4000, swap_in: 50 };
    const busy = cgroup('/a', { usage: { usage: mib(1), max: mib(1) }, failcnt: 6, stat });
    expect(renderReport(run([busy]), look)).toMatchInlineSnapshot(`
      "fixtures/rfc-dd.memcg
        2.14 s virtual time, 81 ms real time

      /a
        ! OUT OF MEMORY a task was killed: the limit was met and nothing could be
        reclaimed
        usage         1M  usage_in_bytes
        max           1M  max_usage_in_bytes
        failures       6  failcnt
        stalls         0  reclaim_stat
        OOM kills      1  reclaim_stat
        refaults      20  reclaim_stat
        written      300  reclaim_stat
        swap out   4,000  reclaim_stat
        swap in       50  reclaim_stat
      "
    `);
  });

  it('says that the reclaimer spins, and nothing of its state otherwise', () => {
    const table = (bg_state: 'spinning' | 'sleeping') =>
      renderReport(run([cgroup('/a', { stat: { bg_state, bg_passes: 1 } })]), look);
    expect(table('spinning')).toMatch(/at the end +spinning$/m);
    expect(table('sleeping')).not.toContain('at the end');
  });

  it('shows a warning with its time, and how many more there were', () => {
    const warning = (time: number) => ({
      time: ns(time),
      cgroup: '/a',
      text: 'low_wmark_in_bytes is below what can be reclaimed: 12M is the lowest that works',
      floor: mib(12),
    });
    const spinning = cgroup('/a', { usage: { usage: mib(1), max: mib(1) } });
    const warnings = [1e9, 2e9, 3e9, 4e9, 5e9].map(warning);
    expect(renderReport(run([spinning], { warnings }), look)).toMatchInlineSnapshot(`
      "fixtures/rfc-dd.memcg
        2.14 s virtual time, 81 ms real time

      /a
        CALM usage at most 1M, and no limit
        usage     1M  usage_in_bytes
        max       1M  max_usage_in_bytes
        failures   0  failcnt
        stalls     0  reclaim_stat

        warning at 1 s: low_wmark_in_bytes is below what can be reclaimed: 12M is the
        lowest that works
        warning at 2 s: low_wmark_in_bytes is below what can be reclaimed: 12M is the
        lowest that works
        warning at 3 s: low_wmark_in_bytes is below what can be reclaimed: 12M is the
        lowest that works
        ... and 2 more like it
      "
    `);
  });

  it('keeps the warning of a cgroup that is gone', () => {
    const warnings = [{ time: ns(1e6), cgroup: '/gone', text: 'gone: low is too low', floor: pages(1) }];
    expect(renderReport(run([], { warnings }), look)).toContain('warning at 1 ms: gone: low is too low');
  });

  it.each([
    ['refused', 'ended early at a.memcg:12:7'],
    ['interrupted', 'interrupted at a.memcg:12:7'],
  ] as const)('says where a %s run ended, and leaves why to stderr', (kind, words) => {
    const error = {
      kind,
      file: 'a.memcg',
      line: 12,
      column: 7,
      message: 'secret',
      why: '',
      errno: null,
      text: '',
    };
    const report = renderReport(run([], { ok: false, error }), look);
    expect(report).toContain(words);
    expect(report).not.toContain('secret');
  });

  it('lists twenty failed expectations and counts the rest', () => {
    const failed = Array.from({ length: 30 }, (_, i) => ({
      file: 'a.memcg',
      line: i + 1,
      column: 1,
      text: 'failcnt == 0',
      found: '1',
    }));
    const report = renderReport(run([], { expectations: { passed: 0, failed, omitted: 5 } }), look);
    expect(report).toContain('35 of 35 expectations failed');
    expect(report.match(/^failed /gm)).toHaveLength(20);
    expect(report).toContain('... and 15 more failed');
  });

  it('lets no name reach the terminal raw', () => {
    const report = renderReport(
      run([cgroup('/\x1b[2J\n', { failcnt: 1 })], { script: '\x1b]0;x\x07' }),
      look,
    );
    expect(paths(report)).toEqual(['/\\x1B[2J\\n']);
    expect(report.split('\n')[0]).toBe('\\x1B]0;x\\x07');
  });
});

describe('the comparison', () => {
  it('side by side, the headline first', () => {
    expect(renderComparison(withReclaim, withoutReclaim, look)).toMatchInlineSnapshot(`
      "background reclaim: limit failures 3,589 → 0, stalls p99 1.2 ms → none, at the
      cost of 197 ms reclaimer CPU (9.2 %)

      fixtures/rfc-dd.memcg
                         with memcontd    without
        virtual time            2.14 s     2.41 s  11 % shorter
        real time                81 ms      78 ms
        4 expectations met

      /web  limit 64M, start at 56M, stop at 48M
        with memcontd: BACKGROUND ONLY memcontd frees 464M, and nobody waits for it
        without: ! STALLING 3,589 stalls, p99 1.2 ms: there is no background reclaim,
        so tasks free pages themselves
          try write web/reclaimd start
                         with memcontd    without
        limit failures               0      3,589  3,589 fewer (-100 %)
        stalls                       0      3,589  3,589 fewer (-100 %)
          p50                     none   0.096 ms
          p99                     none   1.200 ms
          max                     none   3.410 ms
        direct passes                0      3,589  3,589 fewer (-100 %)
          scanned                    0    120,064  120,064 fewer (-100 %)
          reclaimed                  0    114,848  114,848 fewer (-100 %)
        memcontd passes          4,096          0
          scanned              131,072          0
          reclaimed            118,784          0
          CPU time              197 ms        0 s  9.2 % of one CPU
        refaults                    12         14  2 fewer (-14 %)
        usage at end             52.1M        64M
        max                      56.6M        64M  12 % less

        with memcontd
        64M ┤──────────────────────────────────────────────────────       limit 64M
            │╌╌╌╌╌╌╌╌╌╌╌╌⣠⡆⢀⡴⢶⣄╌⢀⣠⠶⣄╌╌⣠⠶⢦⡀╌⢀⡴⢦⣄╌⢀⣤⠶⣄╌╌⣠⠖⢦⡀╌⢀⡴⢦⣄╌⢀⣤⠆       start 56M
        48M ┤┈┈┈┈┈┈┈┈┈┈⢀⡼⠋⠷⠋┈┈⠙⠳⠟⠁┈⠈⠳⠞⠁┈┈⠙⠶⠋┈┈⠙⠷⠟⠁┈⠈⠳⠞⠁┈┈⠙⠶⠋┈┈⠙⠷⠟⠁┈       stop 48M
            │         ⣰⠟
        32M ┤       ⢀⡼⠁
            │      ⣰⠏
            │    ⢠⡞⠁
        16M ┤  ⢀⡴⠋
            │ ⣠⠞⠁
          0 ┤⡴⠋
            └┬───────────┬───────────┬────────────┬───────────┬──────────
             0         0.5 s        1 s         1.5 s        2 s          virtual time

        without
        64M ┤───────────────⢀⡼⠋⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉ limit 64M
            │╌╌╌╌╌╌╌╌╌╌╌╌╌⢀⣴⠏╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ start 56M
        48M ┤┈┈┈┈┈┈┈┈┈┈┈┈⣠⠞⠁┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ stop 48M
            │          ⣠⠞⠁
        32M ┤        ⢀⡼⠃
            │      ⢀⣴⠋
            │     ⣠⠟⠁
        16M ┤   ⣠⠞⠁
            │ ⢀⡴⠃
          0 ┤⡴⠋
            └┬───────────┬───────────┬────────────┬───────────┬──────────
             0         0.5 s        1 s         1.5 s        2 s          virtual time

      Without memcontd 2 expectations do not hold, which is what it is compared for:
      web/usage_in_bytes <= 56M (it is 67108864 (64M)), web/failcnt == 0 (it is 3589).
      "
    `);
  });

  it('at 40 columns in ASCII', () => {
    const [on, off] = [withReclaim, withoutReclaim].map((each) => ({
      ...each,
      cgroups: each.cgroups.map(chartless),
    }));
    expect(renderComparison(on, off, { width: 40, color: false, unicode: false })).toMatchInlineSnapshot(`
      "background reclaim: limit failures 3,589
      -> 0, stalls p99 1.2 ms -> none, at the
      cost of 197 ms reclaimer CPU (9.2 %)

      fixtures/rfc-dd.memcg
                              with    without
        virtual time        2.14 s     2.41 s
          11 % shorter
        real time            81 ms      78 ms
        4 expectations met

      /web  limit 64M, start at 56M, stop at
      48M
        with memcontd: BACKGROUND ONLY
        memcontd frees 464M, and nobody waits
        for it
        without: ! STALLING 3,589 stalls, p99
        1.2 ms: there is no background
        reclaim, so tasks free pages
        themselves
          try write web/reclaimd start
                              with    without
        limit failures           0      3,589
          3,589 fewer (-100 %)
        stalls                   0      3,589
          3,589 fewer (-100 %)
          p50                 none   0.096 ms
          p99                 none   1.200 ms
          max                 none   3.410 ms
        direct passes            0      3,589
          3,589 fewer (-100 %)
          scanned                0    120,064
          120,064 fewer (-100 %)
          reclaimed              0    114,848
          114,848 fewer (-100 %)
        memcontd passes      4,096          0
          scanned          131,072          0
          reclaimed        118,784          0
          CPU time          197 ms        0 s
          9.2 % of one CPU
        refaults                12         14
          2 fewer (-14 %)
        usage at end         52.1M        64M
        max                  56.6M        64M
          12 % less

      Without memcontd 2 expectations do not
      hold, which is what it is compared for:
      web/usage_in_bytes <= 56M (it is
      67108864 (64M)), web/failcnt == 0 (it is
      3589).
      "
    `);
  });

  it('marks that the two runs left different are rows', () => {
    const limited = (limit: number) => run([cgroup('/a', { usage: { limit: mib(limit), max: mib(8) } })]);
    expect(renderComparison(limited(64), limited(32), look)).toMatch(/^ {2}limit +64M +32M$/m);
  });

  it('a cgroup that one of the runs never made stands as -', () => {
    const some = run([cgroup('/a', { failcnt: 7 })]);
    expect(renderComparison(some, run([]), look)).toMatch(/^ {2}limit failures +7 +-$/m);
  });

  it.each([
    ['it never ran', {}, {}, 'background reclaim: did not run (writing high_wmark_in_bytes starts it)'],
    [
      'it only slept',
      { bg_state: 'sleeping' },
      {},
      'background reclaim: did not run (usage never rose above a high mark)',
    ],
    [
      'it changed nothing',
      { bg_state: 'sleeping', bg_cpu_ns: 2e6 },
      {},
      'background reclaim: limit failures 0 either way, no stalls, at the cost of 2 ms reclaimer CPU (0.1 %)',
    ],
    [
      'it saved a task',
      { bg_state: 'sleeping', bg_cpu_ns: 214e6 },
      { oom_kills: 1 },
      'background reclaim: limit failures 0 either way, no stalls, OOM kills 1 → 0, at the cost of 214 ms reclaimer CPU (10 %)',
    ],
  ] as const)('says in the headline when %s', (_, on, off, sentence) => {
    const text = renderComparison(run([cgroup('/a', { stat: on })]), run([cgroup('/a', { stat: off })]), {
      ...look,
      width: 200,
    });
    expect(text.split('\n')[0]).toBe(sentence);
  });
});

it('compares no run that ended early', () => {
  const error = {
    kind: 'interrupted',
    file: 'a',
    line: 1,
    column: 1,
    message: '',
    why: '',
    errno: null,
    text: '',
  } as const;
  const sentence = 'background reclaim: no fair comparison, a run ended early';
  expect(renderComparison(withReclaim, { ...withoutReclaim, error }, look).split('\n')[0]).toBe(sentence);
});

describe('colour', () => {
  it.each([
    ['report', (color: boolean) => renderReport(withoutReclaim, { ...look, color })],
    ['comparison', (color: boolean) => renderComparison(withReclaim, withoutReclaim, { ...look, color })],
  ])('only colours: the %s says the same without', (_, render) => {
    expect(render(true)).not.toBe(render(false));
    expect(stripVTControlCharacters(render(true))).toBe(render(false));
  });

  it.each([
    ['red for what hurts', '\x1b[31m3,589\x1b[39m'],
    ['yellow for marks', '\x1b[33m56M\x1b[39m'],
    ['bold for names', '\x1b[1m/web\x1b[22m'],
    ['dim for labels', '\x1b[2mfailures\x1b[22m'],
  ])('is %s', (_, text) => {
    expect(renderReport(withoutReclaim, { ...look, color: true })).toContain(text);
  });

  it('is green for background reclaim', () => {
    expect(renderReport(withReclaim, { ...look, color: true })).toContain('\x1b[32m4,096\x1b[39m');
  });
});

function chartless<T extends { readonly history: unknown }>(each: T): T {
  return { ...each, history: { samples: [], marks: [] } };
}
