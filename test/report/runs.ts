import { ns, type Pages, pages } from '../../src/kernel/units.ts';
import type { ReclaimStat } from '../../src/machine/machine.ts';
import type { CgroupResult, History, RunResult } from '../../src/script/result.ts';

/** Runs made by hand. */

export const MIB = 256;
export const mib = (n: number): Pages => pages(Math.round(n * MIB));

const IDLE: ReclaimStat = {
  bg_state: 'none',
  bg_wakeups: 0,
  bg_passes: 0,
  bg_scanned: 0,
  bg_reclaimed: 0,
  bg_cpu_ns: 0,
  direct_passes: 0,
  direct_scanned: 0,
  direct_reclaimed: 0,
  stall_count: 0,
  stall_total_ns: 0,
  stall_p50_ns: 0,
  stall_p99_ns: 0,
  stall_max_ns: 0,
  refaults: 0,
  writeback_pages: 0,
  swap_out: 0,
  swap_in: 0,
  oom_kills: 0,
};

const LOOK: Omit<CgroupResult, 'path' | 'files' | 'stat' | 'usage' | 'history'> = {
  failcnt: 0,
  state: 'RES_BELOW_LOW',
  cache: pages(0),
  rss: pages(0),
  pgpgin: 0,
  pgpgout: 0,
  active: pages(0),
  inactive: pages(0),
  tasks: 0,
  policy: 'rfc',
  kernel: '2.6.26',
};

const UNSET = pages(2 ** 30);

/** A cgroup nobody used, changed as said. */
export function cgroup(
  path: string,
  change: {
    usage?: Partial<CgroupResult['usage']>;
    failcnt?: number;
    stat?: Partial<ReclaimStat>;
    history?: History;
  } = {},
): CgroupResult {
  return {
    ...LOOK,
    path,
    failcnt: change.failcnt ?? 0,
    cache: change.usage?.usage ?? pages(0),
    files: { 'memory.failcnt': String(change.failcnt ?? 0), 'memory.reclaim_stat': 'bg_state none' },
    stat: { ...IDLE, ...change.stat },
    usage: { usage: pages(0), low: UNSET, high: UNSET, limit: UNSET, max: pages(0), ...change.usage },
    history: change.history ?? { samples: [], marks: [] },
  };
}

export function run(cgroups: readonly CgroupResult[], change: Partial<RunResult> = {}): RunResult {
  return {
    script: 'fixtures/rfc-dd.memcg',
    ok: true,
    options: null,
    virtualNs: ns(2.14e9),
    realMs: 81,
    expectations: { passed: 0, failed: [], omitted: 0 },
    cgroups,
    tasks: [],
    timeline: null,
    warnings: [],
    output: [],
    events: {
      start: 0,
      stop: 0,
      wake: 0,
      sleep: 0,
      pass: 0,
      nap: 0,
      'limit-failure': 0,
      stall: 0,
      'oom-kill': 0,
      warning: 0,
    },
    error: null,
    ...change,
  };
}

/** `count` samples evenly over `span` ns; `at` gives the MiB of the i-th. */
export function history(
  count: number,
  span: number,
  at: (i: number) => number,
  marks: History['marks'],
): History {
  const samples = Array.from({ length: count }, (_, i) => {
    const [from, to] = [mib(at(Math.max(0, i - 1))), mib(at(i))];
    const [min, max] = from < to ? [from, to] : [to, from];
    return { time: ns(((i + 1) * span) / count), min, max, last: to };
  });
  return { samples, marks };
}

/** low 48M, high 56M, limit 64M since the birth. */
export const MARKS: History['marks'] = [{ time: ns(0), low: mib(48), high: mib(56), limit: mib(64) }];

/** A stream through 64 MiB with the reclaimer: up to high, down to low, over and over. */
export const withReclaim = run(
  [
    cgroup('/'),
    cgroup('/default'),
    cgroup('/web', {
      usage: { usage: mib(52.1), low: mib(48), high: mib(56), limit: mib(64), max: mib(56.6) },
      stat: {
        bg_state: 'sleeping',
        bg_wakeups: 58,
        bg_passes: 4096,
        bg_scanned: 131072,
        bg_reclaimed: 118784,
        bg_cpu_ns: 197.3e6,
        refaults: 12,
      },
      history: history(
        400,
        2.14e9,
        (i) => (i < 100 ? (i * 56) / 100 : 56 - Math.abs(((i - 100) % 40) - 20) * 0.4),
        MARKS,
      ),
    }),
  ],
  { expectations: { passed: 4, failed: [], omitted: 0 } },
);

/** The same stream into the limit. */
export const withoutReclaim = run(
  [
    cgroup('/'),
    cgroup('/default'),
    cgroup('/web', {
      usage: { usage: mib(64), low: mib(48), high: mib(56), limit: mib(64), max: mib(64) },
      failcnt: 3589,
      stat: {
        direct_passes: 3589,
        direct_scanned: 120064,
        direct_reclaimed: 114848,
        stall_count: 3589,
        stall_total_ns: 412.7e6,
        stall_p50_ns: 96e3,
        stall_p99_ns: 1.2e6,
        stall_max_ns: 3.41e6,
        refaults: 14,
      },
      history: history(400, 2.41e9, (i) => Math.min(64, (i * 56) / 100), MARKS),
    }),
  ],
  {
    virtualNs: ns(2.41e9),
    realMs: 78,
    ok: false,
    expectations: {
      passed: 2,
      failed: [
        {
          file: 'fixtures/rfc-dd.memcg',
          line: 14,
          column: 1,
          text: 'web/usage_in_bytes <= 56M',
          found: '67108864',
        },
        { file: 'fixtures/rfc-dd.memcg', line: 15, column: 1, text: 'web/failcnt == 0', found: '3589' },
      ],
      omitted: 0,
    },
  },
);
