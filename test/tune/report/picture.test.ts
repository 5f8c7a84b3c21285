import { describe, expect, it } from 'vitest';
import { type LogAxisSettings, logAxis } from '../../../src/report/svg/log-axis.ts';
import type { Tuned } from '../../../src/tune/analysis/findings.ts';
import { analyse } from '../../../src/tune/analysis/findings.ts';
import { DEFAULT_OBJECTIVE } from '../../../src/tune/analysis/objective.ts';
import { shownOf } from '../../../src/tune/report/picture/thinning.ts';
import { renderTune } from '../../../src/tune/report/render.ts';
import type { Sweep, Trial } from '../../../src/tune/sweep.ts';
import { idle, landscape, stalled, sweep, trial, variety } from '../made-sweeps.ts';

const tuned = (trials: readonly Trial[], changes: Partial<Sweep> = {}): Tuned => {
  const made = sweep(trials, changes);
  return { sweep: made, findings: analyse(made, DEFAULT_OBJECTIVE) };
};

describe('a logarithmic axis', () => {
  const axis = (values: number[], changes: Partial<LogAxisSettings> = {}) =>
    logAxis({
      values,
      from: 0,
      to: 400,
      label: (value) => `${value}`,
      zero: 'none',
      base: 10,
      room: 60,
      laneRoom: 50,
      ...changes,
    });

  it.each<[string, number[], Partial<LogAxisSettings>, string[]]>([
    ['of decades', [1, 10_000], {}, ['1', '10', '100', '1000', '10000']],
    ['with a lane for 0', [0, 3, 3000], {}, ['none', '10', '100', '1000']],
    ['of 0 alone', [0, 0], {}, ['none']],
    ['of one value', [7], {}, ['5', '10', '20']],
    ['of few decades', [10, 90], {}, ['10', '20', '50', '100']],
    ['of sizes', [1 << 20, 1 << 26], { base: 2 }, ['1048576', '4194304', '16777216', '67108864']],
    ['with little room', [1, 1e9], {}, ['1', '100', '10000', '1000000', '100000000']],
  ])('%s has these ticks', (_, values, changes, labels) => {
    expect(axis(values, changes).ticks.map(({ label }) => label)).toEqual(labels);
  });

  it('places all values between its ends, in their order, and 0 in its lane', () => {
    const { place, lane } = axis([0, 2, 40, 40_000]);
    const places = [2, 40, 40_000].map(place);
    expect(lane).toBe(25);
    expect(place(0)).toBe(25);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(50);
    expect(places[2]).toBeLessThan(400);
  });

  it('runs backwards, too', () => {
    const { place, lane } = axis([0, 2, 40], { from: 400, to: 0 });
    expect(lane).toBe(375);
    expect(place(2)).toBeGreaterThan(place(40));
  });

  it('lets no tick stand upon the lane', () => {
    const { ticks } = axis([0, 1.01, 900]);
    for (const [i, { at }] of ticks.entries()) if (i > 0) expect(at - ticks[0].at).toBeGreaterThanOrEqual(48);
  });
});

describe('what is shown of many trials', () => {
  const { findings } = tuned(landscape(2500));

  it('is all of them where there is room', () => {
    expect(shownOf(tuned(variety()).findings, 3)).toEqual(variety().map((_, i) => i));
  });

  it('is a share for each script, with the recommendation and the trade-off', () => {
    const shown = shownOf(findings, 4);
    expect(shown.length).toBeLessThanOrEqual(400 + findings.front.length + 3);
    expect(shown[0]).toBe(0);
    for (const each of findings.front) expect(shown).toContain(findings.rated.indexOf(each));
  });
});

const SAMPLES: readonly (readonly [string, () => Tuned[]])[] = [
  ['all regions', () => [tuned(landscape(140))]],
  ['a few trials', () => [tuned(variety())]],
  ['one trial', () => [tuned([trial(90, 80)])]],
  ['nothing but stalls', () => [tuned([trial(90, 80, stalled(4)), trial(95, 80, stalled(9))])]],
  ['nothing that runs', () => [tuned([trial(90, 80, idle())])]],
  ['nothing that survives', () => [tuned([trial(90, 80, { oomKills: 1 })])]],
  ['no trials', () => [tuned([])]],
  ['one mark only', () => [tuned([90, 80, 70].map((at) => ({ ...trial(at, at), policy: 'memory.high' })))]],
  [
    'several scripts',
    () => [tuned(landscape(60)), tuned(variety(), { script: 'b.memcg', partial: 'interrupted' })],
  ],
];

describe.each(SAMPLES)('a picture and a page of %s', (_, make) => {
  it.each(['svg', 'html'] as const)('are whole and the same every time (%s)', async (kind) => {
    const text = await renderTune(kind, make());
    const [drawn = ''] = text.split('<script>');
    expect(/.{0,40}(?:NaN|undefined|Infinity|\[object).{0,40}/.exec(drawn)?.[0]).toBeUndefined();
    expect((await renderTune(kind, make())) === text).toBe(true);
    for (const { sweep: each } of make()) expect(text.includes(each.script)).toBe(true);
  });

  it('are marked where the sweep is partial', async () => {
    const some = make().some(({ sweep: { partial } }) => partial !== null);
    for (const kind of ['svg', 'html'] as const)
      expect((await renderTune(kind, make())).includes('Partial: interrupted')).toBe(some);
  });
});

it.each(['svg', 'html'] as const)('names of scripts are text, not markup (%s)', async (kind) => {
  const text = await renderTune(kind, [tuned(variety(), { script: '<b>&"\x1b.memcg' })]);
  expect(['<b>', '\x1b'].filter((raw) => text.includes(raw))).toEqual([]);
});

it.each([1, 4, 12])('a page of %i long sweeps is below 1 MB', async (scripts) => {
  const all = Array.from({ length: scripts }, (_, i) => tuned(landscape(2000), { script: `${i}.memcg` }));
  expect(Buffer.byteLength(await renderTune('html', all))).toBeLessThan(1_000_000);
});
