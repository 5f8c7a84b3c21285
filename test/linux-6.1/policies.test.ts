import { describe, expect, test } from 'vitest';
import { MILLISECOND, pages } from '../../src/kernel/units.ts';
import { findPolicy, KERNELS, policyNamed } from '../../src/machine/kernels.ts';
import { Machine, type PolicyName, policyMistake } from '../../src/machine/machine.ts';
import { alloc, stream } from '../support/behaviours.ts';
import { Console } from '../support/boot.ts';

const MARKS = { limit: pages(16_384), high: pages(14_336), low: pages(12_288) };
const NAMES = KERNELS['linux-6.1'].policies.map(({ name }) => name);

/** A machine of that policy with a task in a cgroup that has these marks, in the policy's own knobs. */
function bootGroup(policy: PolicyName, marks = MARKS): Console {
  const sh = new Console(Machine.boot({ kernel: '6.1', policy }));
  sh.mkdir('/a');
  for (const { file, value } of policyNamed(policy, '6.1').knobs(marks))
    expect(sh.write(`/a/${file}`, value).ok).toBe(true);
  sh.spawn('t', '/a');
  return sh;
}

const current = (sh: Console): number => sh.number('/a/memory.current') / 4096;

test('a machine that is told no policy has the kernel’s own: nobody reclaims in the background', () => {
  const { options } = Machine.boot({ kernel: '6.1' });
  expect(options.policy).toBe('none');
});

test.each([
  ['kswapd2011', '6.1'],
  ['meta2020', '2.6.26'],
  ['k8s', '2.6.26'],
] as const)('%s does not run on %s, and a machine says where it does', (policy, kernel) => {
  expect(policyMistake(policy, kernel)).toMatch(`policy=${policy} runs on`);
  expect(() => Machine.boot({ kernel, policy })).toThrow(`not on ${kernel}`);
});

test.each(NAMES)('%s has its source on its card, and its own files beside the kernel’s', (policy) => {
  const card = policyNamed(policy, '6.1');
  expect(card.source).not.toBe('');
  const list = bootGroup(policy).machine.list('/a');
  const names = list.ok ? list.value.map(({ name }) => name) : [];
  expect(names).toEqual(expect.arrayContaining(['memory.max', ...card.files.map(({ name }) => name)]));
  const plain = new Console(Machine.boot({ kernel: '6.1' }));
  plain.mkdir('/a');
  for (const { name } of card.files)
    expect(plain.machine.read(`/a/${name}`)).toMatchObject({ errno: 'ENOENT' });
});

describe('rfc, as it was ported', () => {
  test('marks are page counters in no order, rounded down', () => {
    const sh = bootGroup('rfc');
    expect(sh.write('/a/memory.low_wmark', '1T').ok).toBe(true);
    expect(sh.write('/a/memory.high_wmark', '4097').ok).toBe(true);
    expect(sh.read('/a/memory.high_wmark')).toBe('4096\n');
    expect(sh.write('/a/memory.high_wmark', 'max').ok).toBe(true);
    expect(sh.read('/a/memory.high_wmark')).toBe('max\n');
  });

  test('the first write of high starts the thread, a refused one too, and rmdir ends it', () => {
    const sh = new Console(Machine.boot({ kernel: '6.1', policy: 'rfc' }));
    sh.mkdir('/a');
    expect(sh.write('/a/memory.low_wmark', '1M').ok && sh.eventsOf('start')).toEqual([]);
    expect(sh.write('/a/memory.high_wmark', 'x')).toMatchObject({ errno: 'EINVAL' });
    expect(sh.eventsOf('start')).toHaveLength(1);
    sh.mkdir('/a/b');
    expect(sh.rmdir('/a')).toMatchObject({ errno: 'EBUSY' });
    expect(sh.eventsOf('stop')).toEqual([]);
    expect(sh.rmdir('/a/b').ok && sh.rmdir('/a').ok).toBe(true);
    expect(sh.eventsOf('stop')).toHaveLength(1);
  });

  test('a charge above high wakes it, it frees at least 32 pages a pass, down to low, and nobody stalls', () => {
    const sh = bootGroup('rfc');
    sh.run('t', stream('f', 65_536, { block: pages(8) }));
    const stat = sh.machine.reclaimStat('/a');
    expect(stat).toMatchObject({ stall_count: 0, direct_passes: 0, bg_state: 'sleeping' });
    expect(stat.bg_reclaimed / stat.bg_passes).toBeGreaterThanOrEqual(32);
    expect(sh.number('/a/memory.events', 'max')).toBe(0);
    expect(sh.number('/a/memory.peak') / 4096).toBeLessThan(MARKS.high + 256);
    sh.waitUntil(() => sh.machine.reclaimStat('/a').bg_state === 'sleeping');
    for (const { usage } of sh.eventsOf('sleep')) expect(usage).toBeLessThanOrEqual(MARKS.low);
    for (const { usage } of sh.eventsOf('wake')) expect(usage).toBeGreaterThan(MARKS.high);
  });

  test('who can reach low by nothing spins', () => {
    const sh = bootGroup('rfc');
    sh.start('t', alloc(15_000));
    sh.wait(200 * MILLISECOND);
    expect(sh.machine.reclaimStat('/a').bg_state).toBe('spinning');
  });

  test('a charge below wakes the thread of who is above', () => {
    const sh = bootGroup('rfc');
    sh.write('/a/cgroup.subtree_control', '+memory');
    sh.kill('t');
    sh.write('/a/cgroup.subtree_control', '+memory');
    sh.mkdir('/a/b');
    sh.spawn('u', '/a/b');
    sh.run('u', stream('f', 20_000, { block: pages(8) }));
    expect(sh.machine.reclaimStat('/a').bg_wakeups).toBeGreaterThan(0);
    expect(sh.number('/a/memory.events', 'max')).toBe(0);
  });

  test('memory control that is given up ends the thread', () => {
    const sh = bootGroup('rfc');
    sh.run('t', stream('f', 100));
    expect(sh.write('/cgroup.subtree_control', '-memory').ok).toBe(true);
    sh.wait(MILLISECOND);
    expect(sh.eventsOf('stop')).toHaveLength(1);
  });
});

test('alinux frees in one pass what lies above the lower mark', () => {
  const sh = bootGroup('alinux');
  sh.run('t', stream('f', 65_536, { block: pages(8) }));
  const { bg_passes, bg_wakeups, stall_count } = sh.machine.reclaimStat('/a');
  expect(stall_count).toBe(0);
  expect(bg_passes).toBe(bg_wakeups);
  expect(sh.number('/a/memory.wmark_high')).toBe(Math.floor((16_384 * 88) / 100) * 4096);
});

test('the loop looks by the clock, and writes to memory.reclaim', () => {
  const sh = bootGroup('reclaim-loop');
  sh.write('/a/memory.reclaim_loop.interval_ms', '100');
  sh.run('t', stream('f', 15_000, { block: pages(8), rate: 50_000 }));
  sh.wait(300 * MILLISECOND);
  expect(current(sh)).toBeLessThanOrEqual(MARKS.low);
  expect(sh.number('/a/memory.events', 'max')).toBe(0);
});

describe('meta2020', () => {
  test('a worker stays ahead of who charges above memory.high: events, and no stalls', () => {
    const sh = bootGroup('meta2020');
    sh.run('t', stream('f', 65_536, { block: pages(8) }));
    expect(sh.machine.reclaimStat('/a')).toMatchObject({ stall_count: 0, direct_passes: 0 });
    expect(sh.number('/a/memory.events', 'high')).toBeGreaterThan(0);
    expect(sh.number('/a/memory.peak') / 4096).toBeLessThan(MARKS.high * 1.04);
  });

  test.each([
    [1, false],
    [2.5, true],
  ])('at %d % above it who charges reclaims himself: %s, for he would be held', (percent, reclaims) => {
    const sh = bootGroup('meta2020');
    sh.run('t', alloc(Math.floor(MARKS.high * (1 + percent / 100))));
    expect(sh.machine.reclaimStat('/a').direct_passes > 0).toBe(reclaims);
  });
});

describe('k8s', () => {
  test.each([
    ['64M', '0.9', 0.9],
    ['64M', '1', 1],
    ['32M', '0.5', 0.5],
    ['1M', '0.000001', 0.000001],
  ])('memory.high is between request %s and the limit by %s, in whole pages', (request, factor, share) => {
    const sh = new Console(Machine.boot({ kernel: '6.1', policy: 'k8s' }));
    sh.mkdir('/a');
    for (const [file, text] of [
      ['max', '128M'],
      ['qos.request', request],
      ['qos.throttling_factor', factor],
    ])
      expect(sh.write(`/a/memory.${file}`, text ?? '').ok).toBe(true);
    const asked = sh.number('/a/memory.min') / 4096;
    expect(sh.number('/a/memory.high') / 4096).toBe(asked + Math.floor((32_768 - asked) * share));
  });

  test.each(['0', '1.1', '', 'x', '-0.5', '0.1234567'])('%j is no factor', (text) => {
    const sh = bootGroup('k8s');
    expect(sh.write('/a/memory.qos.throttling_factor', text)).toMatchObject({
      ...(text === '' ? { ok: true } : { errno: 'EINVAL' }),
    });
  });

  test('its knobs come out at the marks that were wanted', () => {
    const sh = bootGroup('k8s');
    expect(sh.number('/a/memory.high')).toBe(MARKS.high * 4096);
  });
});

test.each(NAMES)('under %s a machine that is saved goes on as it would have', (policy) => {
  const sh = bootGroup(policy);
  sh.run('t', stream('f', 20_000, { block: pages(8) }));
  const copy = new Console(Machine.load(sh.machine.save()));
  for (const each of [sh, copy]) each.run('t', stream('f', 20_000, { block: pages(8) }));
  expect(copy.read('/a/memory.stat')).toBe(sh.read('/a/memory.stat'));
  expect(copy.machine.now).toBe(sh.machine.now);
});

test('every name of a policy has a card somewhere', () => {
  for (const name of NAMES) expect(findPolicy(name)?.name).toBe(name);
});
