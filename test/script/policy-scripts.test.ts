import { describe, expect, test } from 'vitest';
import { bytesOf, pages } from '../../src/kernel/units.ts';
import { policyNamed } from '../../src/machine/kernels.ts';
import { POLICIES, type PolicyName } from '../../src/machine/machine.ts';
import { bootScriptName } from '../../src/script/boot-script.ts';
import { inAllowedOrder } from '../../src/script/marks.ts';
import { bootScriptFile } from '../../src/script/package-files.ts';
import { traceOpener } from '../../src/workload/trace-opener.ts';
import { runLines } from './scripts.ts';

/** Runs these lines under a policy, booted with memcg's own script. */
const run = (policy: PolicyName, ...lines: readonly string[]) =>
  runLines(lines, {
    boot: bootScriptFile,
    options: { policy },
    before: () => [],
    traces: traceOpener,
  });

describe('the boot script', () => {
  test.each(POLICIES)(
    'of %s gives /default the marks of boot.memcg, as near as its knobs go',
    async (policy) => {
      const { error, cgroups } = await run(policy, 'print booted');
      expect(error).toBeNull();
      const files = cgroups.find(({ path }) => path === '/default')?.files ?? {};
      const marks = { limit: pages(32_768), high: pages(12_288), low: pages(8192) };
      const wanted = policyNamed(policy)
        .knobs(marks)
        .map(({ file, value }) => [file, value]);
      expect(wanted.map(([file]) => [file, files[file]])).toEqual(wanted);
      expect(files['memory.limit_in_bytes']).toBe(`${bytesOf(marks.limit)}`);
    },
  );

  test('is chosen by what is said of the machine', () => {
    expect(bootScriptName({})).toBe('boot.memcg');
    expect(bootScriptName({ wmarks: false })).toBe('boot-wmarks-off.memcg');
    expect(bootScriptName({ policy: 'alinux', wmarks: false })).toBe('boot-alinux.memcg');
  });
});

test('set --weak leaves out marks that the policy has not, and still knows its cgroup', async () => {
  const weak = 'set --weak default low_wmark_in_bytes=1M high_wmark_in_bytes=2M limit_in_bytes=4M';
  const { error } = await run('alinux', weak, 'expect default/limit_in_bytes == 4M');
  expect(error).toBeNull();
  const missing = await run('alinux', weak.replace('default', 'nobody'));
  expect(missing.error).toMatchObject({ errno: 'ENOENT' });
});

test.each([
  ['6.1', 'none', { 'memory.max': '4M' }],
  ['6.1', 'rfc', { 'memory.max': '4M', 'memory.high_wmark': '2M', 'memory.low_wmark': '1M' }],
  ['6.1', 'memory.high', { 'memory.max': '4M', 'memory.high': '2M' }],
  ['2.6.26', 'memory.high', { 'memory.limit_in_bytes': '4M', 'memory.high': '2M' }],
])('set --weak of a recording sets the marks that %s with policy=%s has', async (kernel, policy, marks) => {
  const lines = [
    `machine kernel=${kernel} policy=${policy}`,
    'set --weak default low_wmark_in_bytes=1M high_wmark_in_bytes=2M limit_in_bytes=4M',
    ...Object.entries(marks).map(([file, value]) => `expect default/${file} == ${value}`),
  ];
  const { error } = await runLines(lines, { boot: bootScriptFile, before: () => [], traces: traceOpener });
  expect(error).toBeNull();
});

test.each<[string, number, number, readonly string[]]>([
  ['farther', 96, 80, ['limit', 'high', 'low']],
  ['nearer', 16, 8, ['limit', 'low', 'high']],
])('set moves both distances %s in the order that 2011 allows', async (_how, high, low, order) => {
  const now: Record<string, bigint> = {
    'memory.limit_in_bytes': 128n << 20n,
    'memory.high_wmark_distance': 50n << 20n,
    'memory.low_wmark_distance': 40n << 20n,
  };
  const writes = [
    { name: 'memory.low_wmark_distance', value: `${low}M` },
    { name: 'memory.high_wmark_distance', value: `${high}M` },
    { name: 'memory.limit_in_bytes', value: '128M' },
  ];
  const names = inAllowedOrder(writes, (name) => now[name] ?? null).map(({ name }) => name);
  expect(names.map((name) => name.replace('memory.', '').split('_')[0])).toEqual(order);
});

test('a machine of an unknown policy is a mistake that names them all', async () => {
  const { error } = await run('rfc', 'machine policy=kswapd');
  expect(error).toMatchObject({
    kind: 'mistake',
    message: expect.stringContaining("'kswapd' is no policy (rfc, none"),
  });
});
