import { expect, it } from 'vitest';
import { ns, pages } from '../../src/kernel/units.ts';
import { toJson, toRunsJson } from '../../src/report/json.ts';
import { cgroup, run, withoutReclaim, withReclaim } from './runs.ts';

const idle = cgroup('/').stat;

it('has the documented keys, and no others', () => {
  const result = run([cgroup('/'), cgroup('/web', { failcnt: 3, stat: { bg_passes: 7 } })], {
    expectations: { passed: 2, failed: [], omitted: 0 },
    warnings: [{ time: ns(5), cgroup: '/web', text: 'low is too low', floor: pages(12) }],
    output: [{ file: 'a.memcg', line: 4, text: '4096' }],
    tasks: [
      {
        pid: 4194305,
        name: 'sh',
        cgroup: '/',
        kind: 'task',
        state: 'S',
        nice: 0,
        cpu_ns: ns(0),
        stall_ns: ns(0),
        anon_pages: pages(0),
        mapped_pages: pages(0),
        behaviour: null,
        killed: false,
      },
    ],
  });
  expect(JSON.parse(JSON.stringify(toJson(result)))).toEqual({
    ok: true,
    virtual_ns: 2.14e9,
    expectations: { passed: 2, failed: [] },
    cgroups: {
      '/': { files: { 'memory.failcnt': '0', 'memory.reclaim_stat': 'bg_state none' }, reclaim_stat: idle },
      '/web': {
        files: { 'memory.failcnt': '3', 'memory.reclaim_stat': 'bg_state none' },
        reclaim_stat: { ...idle, bg_passes: 7 },
      },
    },
    tasks: [
      {
        pid: 4194305,
        name: 'sh',
        cgroup: '/',
        kind: 'task',
        state: 'S',
        nice: 0,
        cpu_ns: 0,
        stall_ns: 0,
        anon_pages: 0,
        mapped_pages: 0,
        behaviour: null,
        killed: false,
      },
    ],
    warnings: [{ time_ns: 5, cgroup: '/web', text: 'low is too low', floor_pages: 12 }],
    output: [{ line: 4, text: '4096' }],
  });
});

it('names a failed expectation by file, line and column', () => {
  expect(toJson(withoutReclaim).expectations).toEqual({
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
  });
});

it('says how many failed expectations it does not list', () => {
  const many = { ...withoutReclaim, expectations: { ...withoutReclaim.expectations, omitted: 7 } };
  expect(toJson(many).expectations.omitted).toBe(7);
});

it.each([
  ['EINVAL', 'write web/memory.limit_in_bytes: EINVAL: Invalid argument', '80M is above high', 'EINVAL'],
  ['no errno', 'no such command: wriet', '', null],
] as const)('an error with %s has file, line, column, message and errno', (_, message, why, errno) => {
  const error = {
    kind: 'refused',
    file: 'a.memcg',
    line: 3,
    column: 7,
    message,
    why,
    errno,
    text: 'x',
  } as const;
  expect(toJson(run([], { ok: false, error })).error).toEqual({
    file: 'a.memcg',
    line: 3,
    column: 7,
    message: why === '' ? message : `${message}: ${why}`,
    errno,
  });
});

it('puts the run without background reclaim under `compare`, which does not count', () => {
  const json = toJson(withReclaim, withoutReclaim);
  expect(json.ok).toBe(true);
  expect(json.compare).toEqual(toJson(withoutReclaim));
  expect(json.compare?.ok).toBe(false);
});

it('several scripts are ok when every one is', () => {
  const [good, bad] = [toJson(withReclaim), toJson(withoutReclaim)];
  expect(toRunsJson([good, good])).toEqual({ ok: true, runs: [good, good] });
  expect(toRunsJson([good, bad]).ok).toBe(false);
});

it('a cgroup named like a property of every object is a cgroup like others', () => {
  const json = JSON.parse(JSON.stringify(toJson(run([cgroup('/'), cgroup('__proto__')]))));
  expect(Object.keys(json.cgroups)).toEqual(['/', '__proto__']);
});
