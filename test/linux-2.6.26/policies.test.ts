import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { helpOn } from '../../src/cli/help/topic.ts';
import { bytesOf, pages } from '../../src/kernel/units.ts';
import { policyNamed } from '../../src/linux-2.6.26/policy/names.ts';
import { POLICIES, type PolicyName } from '../../src/machine/machine.ts';
import { bootScriptFile } from '../../src/script/package-files.ts';
import { ownApplications } from '../../src/tune/analysis/apply.ts';
import { runLines } from '../script/scripts.ts';
import { boot } from '../support/boot.ts';

const MIB = 256;
const marks = (limit: number, high: number, low: number) => ({
  limit: pages(limit * MIB),
  high: pages(high * MIB),
  low: pages(low * MIB),
});
const M = (count: number): string => `${bytesOf(pages(count * MIB))}`;

describe('start above 56M and stop at 48M under 64M', () => {
  test.each<[PolicyName, readonly string[]]>([
    ['rfc', [`low_wmark_in_bytes=${M(48)}`, `high_wmark_in_bytes=${M(56)}`, `limit_in_bytes=${M(64)}`]],
    ['none', [`limit_in_bytes=${M(64)}`]],
    // 87.5 % goes to 88, and from there low to 75 % in steps of 0.01 %, at most 10 % below.
    ['alinux', [`limit_in_bytes=${M(64)}`, 'wmark_ratio=88', 'wmark_scale_factor=1000']],
    ['kswapd2011', [`limit_in_bytes=${M(64)}`, `high_wmark_distance=${M(16)}`, `low_wmark_distance=${M(8)}`]],
    ['memory.high', [`limit_in_bytes=${M(64)}`, `high=${M(56)}`]],
    [
      'reclaim-loop',
      [`limit_in_bytes=${M(64)}`, `reclaim_loop.start=${M(56)}`, `reclaim_loop.target=${M(48)}`],
    ],
  ])('is said to %s in its own knobs', (policy, expected) => {
    const said = policyNamed(policy)
      .knobs(marks(64, 56, 48))
      .map(({ file, value }) => `${file}=${value}`);
    expect(said).toEqual(expected.map((each) => `memory.${each}`));
  });
});

test.each<[number, number, string, string]>([
  [95, 94, '95', '100'],
  [95, 95, '95', '1'],
  [99, 89, '99', '1000'],
  [100, 95, '100', '500'],
])('alinux: %i and %i per cent are a ratio of %s and a scale of %s', (high, low, ratio, scale) => {
  const knobs = policyNamed('alinux').knobs({
    limit: pages(10_000),
    high: pages(high * 100),
    low: pages(low * 100),
  });
  expect(knobs.slice(1).map(({ value }) => value)).toEqual([ratio, scale]);
});

test('the writes are allowed in their order, and the machine has the marks that were meant', () => {
  const anyMarks = fc
    .tuple(
      fc.integer({ min: 4, max: 5000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([limit, a, b]) => {
      const high = Math.max(2, Math.round(limit * Math.max(a, b)));
      return {
        limit: pages(limit),
        high: pages(high),
        low: pages(Math.min(high, Math.round(limit * Math.min(a, b)))),
      };
    });
  fc.assert(
    fc.property(fc.constantFrom(...POLICIES), anyMarks, (policy, wanted) => {
      const sh = boot({ policy });
      sh.mkdir('/a');
      for (const { file, value } of policyNamed(policy).knobs(wanted)) {
        expect(sh.write(`/a/${file}`, value)).toMatchObject({ ok: true });
      }
      const { limit, high, low } = sh.machine.usage('/a');
      expect(limit).toBe(wanted.limit);
      const { start, stop } = policyNamed(policy);
      if (start === null) return;
      // alinux has steps of a per cent.
      const near = policy === 'alinux' ? wanted.limit / 100 + 2 : 0;
      if (policy !== 'kswapd2011' || wanted.high < wanted.limit) {
        expect(Math.abs(high - wanted.high)).toBeLessThanOrEqual(policy === 'kswapd2011' ? 1 : near);
      }
      if (stop !== null && policy !== 'alinux' && wanted.low >= 1 && wanted.low < wanted.high) {
        expect(low).toBe(wanted.low);
      }
    }),
    { numRuns: 300, seed: 9 },
  );
});

describe.each(POLICIES)('the card of %s', (policy) => {
  const card = policyNamed(policy);
  const sh = boot({ policy });
  sh.mkdir('/a');
  const listed = sh.machine.list('/a');
  const files = listed.ok ? listed.value.map(({ name }) => name) : [];

  test('names files that its machines have, for its marks and in its knobs', () => {
    const named = [card.start, card.stop].flatMap((mark) => (mark === null ? [] : [mark.file, mark.knob]));
    const written = card.knobs(marks(64, 56, 48)).map(({ file }) => file);
    const sooner = card.sooner === undefined ? [] : [card.sooner.file];
    expect(files).toEqual(
      expect.arrayContaining([...named.map((name) => `memory.${name}`), ...written, ...sooner]),
    );
  });

  test('says whom it is that reclaims exactly where somebody does', () => {
    expect(card.runs === 'never').toBe(card.start === null);
    expect(card.step === undefined).toBe(card.runs === 'never' || card.runs === 'in tasks');
  });

  test('has sentences, a boot script, and a help text that tells them', () => {
    expect(existsSync(bootScriptFile({ policy }))).toBe(true);
    const text = helpOn(card.name, { width: 1000, color: false, unicode: true });
    for (const part of card.name === 'memory.high' ? [] : [card.home, card.source, card.about.slice(1)]) {
      expect(text).toContain(part);
    }
  });

  test('its advice, as a line to type, gives a machine the marks that were recommended', async () => {
    const found = { policy, ...marks(64, 52, 48) };
    const workload = {
      scripts: ['a'],
      kernel: '2.6.26' as const,
      group: '/default',
      policy,
      booting: [],
      seeds: [1],
    };
    const [typed] = ownApplications(workload, found);
    const set = typed.lines.at(-1)?.replace(/^memcg /, '') ?? '';
    const { error, cgroups } = await runLines([set], { options: { policy } });
    expect(error).toBeNull();
    const { limit, high, low } = cgroups.find(({ path }) => path === '/default')?.usage ?? {};
    expect(limit).toBe(found.limit);
    // The coarsest units are per cent of the limit.
    const near = found.limit / 100;
    if (card.start !== null) expect(Math.abs((high ?? 0) - found.high)).toBeLessThanOrEqual(near);
    if (card.stop !== null) expect(Math.abs((low ?? 0) - found.low)).toBeLessThanOrEqual(near);
  });
});
