import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pages } from '../../../src/kernel/units.ts';
import { alinuxMarks } from '../../../src/policy/alinux.ts';
import { formsOf, ownApplications } from '../../../src/tune/analysis/apply.ts';
import type { Marks } from '../../../src/tune/sweep.ts';
import { m } from '../made-sweeps.ts';

const marks = (high: number, low: number, changes: Partial<Marks> = {}): Marks => ({
  policy: 'rfc',
  limit: m(100),
  high: m(high),
  low: m(low),
  ...changes,
});
const WORKLOAD = {
  scripts: ['a'],
  kernel: '2.6.26',
  group: '/default',
  policy: 'rfc',
  booting: [],
  seeds: [1],
  agreeingSeeds: 3,
} as const;
const linesOf = (name: string, own: Marks, script = 'work.memcg'): readonly string[] =>
  [...ownApplications({ ...WORKLOAD, scripts: [script] }, own), ...formsOf('2.6.26', own)].find(
    (each) => each.name === name,
  )?.lines ?? [];

const isThere = (shell: string): boolean => {
  const there = spawnSync(shell, ['-c', ':']).error === undefined;
  if (!there) process.stderr.write(`SKIPPED: the loop in ${shell}: not there\n`);
  return there;
};

/** Stands for the kernel behind memory.reclaim, and lets two rounds pass. */
const KERNEL = [
  'turns=0 calls=0',
  'sleep() { turns=$((turns + 1)); [ "$turns" -le 2 ]; }',
  'echo() {',
  '  calls=$((calls + 1))',
  '  [ "$calls" -gt 1 ] || { printf "%s\\n" "$1"; return; }',
  '  printf "%s\\n" "$1" >> asked',
  '  left=$(($(cat memory.current) - $1))',
  '  [ "$left" -ge "$floor" ] && { printf "%s\\n" "$left" > memory.current; return; }',
  '  printf "%s\\n" "$floor" > memory.current',
  '  return 1',
  '}',
];

describe('the commands', () => {
  it('set the marks in the emulator', () => {
    expect(linesOf('memcg', marks(96, 95))).toEqual([
      'memcg set default low_wmark_in_bytes=97280K high_wmark_in_bytes=98304K limit_in_bytes=102400K',
    ]);
  });

  it('choose another policy and write its own knobs', () => {
    expect(linesOf('memcg', marks(96, 90, { policy: 'kswapd2011' }))).toEqual([
      'memcg up policy=kswapd2011',
      'memcg set default limit_in_bytes=102400K high_wmark_distance=10240K low_wmark_distance=4096K',
    ]);
  });

  it('replay the script', () => {
    expect(linesOf('replay', marks(96, 95))).toEqual([
      'memcg replay work.memcg --limit 102400K --high 98304K --low 97280K --compare',
    ]);
    expect(linesOf('replay', marks(96, 95, { policy: 'alinux' }), "it's here.memcg")).toEqual([
      "memcg replay 'it'\\''s here.memcg' --limit 102400K --high 98304K --low 97280K --policy none,alinux",
    ]);
  });

  it('replay it as it was run: its group, its boot script, its seed and its policy', () => {
    const workload = {
      scripts: ['a'],
      kernel: '2.6.26' as const,
      group: '/web',
      policy: 'alinux',
      booting: ['--boot', 'b'],
      seeds: [5, 6],
    };
    expect(ownApplications(workload, marks(96, 95)).find(({ name }) => name === 'replay')?.lines).toEqual([
      'memcg replay a --group web --boot b --seed 5 --limit 102400K --high 98304K --low 97280K --policy none,rfc',
    ]);
  });

  it('write ratio and scale on Alibaba Cloud Linux, and say what its units make of the marks', () => {
    expect(linesOf('alinux', marks(96, 95))).toEqual([
      'cd /sys/fs/cgroup/memory/GROUP',
      'echo 102400K > memory.limit_in_bytes',
      'echo 100 > memory.wmark_scale_factor',
      'echo 96 > memory.wmark_ratio',
    ]);
    const notes = (own: Marks): string | undefined =>
      formsOf('2.6.26', own).find(({ name }) => name === 'alinux')?.note;
    expect(notes(marks(96, 95))).toBe(
      'Its units are 1 % and 0.01 % of the limit: it starts at 96M (exact) and stops at 95M (exact).',
    );
    expect(notes(marks(99.5, 99))).toBe(
      'Its units are 1 % and 0.01 % of the limit: it starts at 99M (512K, 0.5 % of the limit, below what is ' +
        'recommended) and stops at 98.5M (512K, 0.5 % of the limit, below what is recommended).',
    );
    expect(notes(marks(90, 60))).toContain(
      'stops at 80M (20M, 20 % of the limit, above what is recommended)',
    );
    expect(notes(marks(90, 60))).toContain('1000 is the widest gap it has.');
  });

  it('throttle the allocating task on cgroup v2 where that is the policy', () => {
    expect(linesOf('memory.high', marks(96, 96, { policy: 'memory.high' }))).toEqual([
      'cd /sys/fs/cgroup/GROUP',
      'echo 98304K > memory.high',
      'echo 102400K > memory.max',
    ]);
  });

  describe.each(['sh', 'bash', 'dash'].filter(isThere))('loop in %s', (shell) => {
    /** What the loop asks for in two rounds, where usage is `usage` MiB and no less than `floor` of it can be had. */
    function asked(usage: number, floor: number): { stderr: string; usage: number; amounts: number[] } {
      const folder = mkdtempSync(join(tmpdir(), 'memcg-loop-'));
      try {
        const [, ...loop] = linesOf('reclaim-loop', marks(96, 40));
        writeFileSync(join(folder, 'memory.current'), `${usage << 20}\n`);
        const script = [...KERNEL, `floor=${floor << 20}`, ...loop].join('\n');
        const { stderr } = spawnSync(shell, ['-c', script], {
          cwd: folder,
          encoding: 'utf8',
          timeout: 20_000,
        });
        const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
        expect(read('memory.max')).toBe(`${100 << 20}\n`);
        const amounts = existsSync(join(folder, 'asked')) ? read('asked').trim().split('\n').map(Number) : [];
        return { stderr, usage: Number(read('memory.current')) >> 20, amounts };
      } finally {
        rmSync(folder, { recursive: true });
      }
    }

    it('reclaims in batches down to the stop, once the start is passed', () => {
      expect(asked(97, 0)).toEqual({ stderr: '', usage: 40, amounts: [32 << 20, 25 << 20] });
    });

    it('leaves what is below the start alone', () => {
      expect(asked(96, 0)).toEqual({ stderr: '', usage: 96, amounts: [] });
    });

    it('looks again later when less can be had than it asks for', () => {
      expect(asked(120, 110)).toEqual({ stderr: '', usage: 110, amounts: [32 << 20, 32 << 20] });
    });
  });
});

describe('the units of Alibaba Cloud Linux', () => {
  it.each([
    [96, 95, 96, 100],
    [95.4, 95, 95, 40],
    [99.9, 99.8, 99, 10],
    [100, 100, 100, 1],
    [50, 10, 50, 1000],
  ])('make of %s %% and %s %% a ratio of %i and a scale of %i', (high, low, ratio, scale) => {
    expect(alinuxMarks(marks(high, low), false)).toMatchObject({ ratio, scale });
  });

  it('are within their bounds, and off by at most 1 % of the limit as long as the gap is no wider than theirs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 1 << 22 }),
        fc.double({ min: 0.02, max: 1, noNaN: true }),
        fc.double({ min: 0.0001, max: 0.1, noNaN: true }),
        (limit, at, gap) => {
          const high = Math.round(limit * at);
          const low = Math.max(0, Math.round(high - limit * gap));
          const found = alinuxMarks({ limit: pages(limit), high: pages(high), low: pages(low) }, false);
          const most = limit / 100 + 2;
          return (
            found.ratio >= 1 &&
            found.ratio <= 100 &&
            found.scale >= 1 &&
            found.scale <= 1000 &&
            found.low <= found.high &&
            (found.high < limit || high === limit) &&
            Math.abs(found.high - high) <= most &&
            Math.abs(found.low - low) <= most + limit / 10_000
          );
        },
      ),
    );
  });
});
