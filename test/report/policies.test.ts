import { describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS, type PolicyName } from '../../src/machine/machine.ts';
import { toPolicyJson, toRunsJson } from '../../src/report/json.ts';
import { underPolicies } from '../../src/report/picture/shown.ts';
import { policiesSentence, policyOf, reclaimerOf } from '../../src/report/policy-runs.ts';
import { renderPolicies } from '../../src/report/text.ts';
import type { RunResult } from '../../src/script/result.ts';
import { cgroup, run } from './runs.ts';

/** A run under a policy whose group stalled so often and took so much CPU. */
const under = (policy: PolicyName, stalls: number, cpu: number): RunResult => {
  const stat = {
    stall_count: stalls,
    stall_total_ns: stalls * 1e6,
    bg_cpu_ns: cpu,
    bg_passes: cpu > 0 ? 1 : 0,
  };
  return { ...run([cgroup('/web', { stat })]), options: { ...DEFAULT_OPTIONS, policy } };
};

const RUNS = [
  under('rfc', 0, 2e9),
  under('alinux', 0, 1e9),
  under('none', 30, 0),
  under('memory.high', 9, 0),
];

describe('runs under several policies', () => {
  test('say first who lets nobody wait, the cheapest first, then who makes tasks wait least', () => {
    expect(policiesSentence(RUNS)).toBe(
      'policies: no stalls under alinux (1 s CPU), rfc (2 s CPU); memory.high 9 stalls (9 ms), none 30 stalls (30 ms)',
    );
  });

  test('make no comparison of a run that ended early', () => {
    const error = { kind: 'refused', message: '', why: '', errno: null, text: '' } as const;
    const broken = { ...RUNS[1], error: { ...error, file: 'a', line: 1, column: 1 } };
    expect(policiesSentence([RUNS[0], broken])).toBe('no fair comparison: alinux ended early');
  });

  test('are columns of one table', () => {
    const text = renderPolicies(RUNS, { width: 100, color: false, unicode: true });
    expect(text).toMatch(/\n +rfc +alinux +none +memory\.high\n/);
    expect(text).toMatch(/\n {2}stalls +0 +0 +30 +9\n/);
  });

  test('are named in JSON and in pictures', () => {
    const { ok, runs } = toRunsJson(RUNS.map(toPolicyJson));
    expect([ok, runs.map(({ policy }) => policy)]).toEqual([true, ['rfc', 'alinux', 'none', 'memory.high']]);
    expect(underPolicies(RUNS).runs.map(({ name }) => name)).toEqual([
      'rfc',
      'alinux',
      'none',
      'memory.high',
    ]);
  });

  test('without the series the policy is none', () => {
    const off = { ...RUNS[0], options: { ...DEFAULT_OPTIONS, wmarks: false } };
    expect(policyOf(off)).toBe('none');
    expect(RUNS.map(reclaimerOf)).toEqual(['memcontd', 'memcg_wmark', 'memcontd', 'memory.high']);
  });
});
