import { describe, expect, it } from 'vitest';
import { analyse, type Findings } from '../../../src/tune/analysis/findings.ts';
import { DEFAULT_OBJECTIVE } from '../../../src/tune/analysis/objective.ts';
import type { RegionName } from '../../../src/tune/analysis/regions.ts';
import { sensitivityPoints } from '../../../src/tune/analysis/sensitivity.ts';
import type { Measurement, Sweep, Trial } from '../../../src/tune/sweep.ts';
import { idle, m, stalled, sweep, trial, variety } from '../made-sweeps.ts';

const found = (trials: readonly Trial[], changes: Partial<Sweep> = {}): Findings =>
  analyse(sweep(trials, changes), DEFAULT_OBJECTIVE);
const under = (limit: number, each: Trial): Trial => ({ ...each, limit: m(limit) });

describe('a recommendation', () => {
  it('is the cheapest of those without stalls', () => {
    const { best, met } = found(variety());
    expect(best?.marks).toEqual({ policy: 'rfc', limit: m(100), high: m(96), low: m(95) });
    expect(met).toBe(true);
  });

  it('is one of those that were asked for, also where better ones were tried beside them', () => {
    const { best, policies, front } = found([
      trial(90, 80, { cpu: 20_000_000 }),
      { ...trial(96, 95, { cpu: 10_000_000 }), outside: true },
    ]);
    for (const each of [best, policies[0], front[0]]) expect(each?.marks.high).toBe(m(90));
  });

  it('is the nearest to what was wanted where nothing is that, and says so', () => {
    const { best, met } = found([trial(90, 80, stalled(4)), trial(95, 90, stalled(7))]);
    expect(best?.marks.high).toBe(m(90));
    expect(met).toBe(false);
  });

  it('is none where nothing comes to its end', () => {
    const { best, met, regions } = found([trial(90, 80, { oomKills: 1, error: 'run a alloc: ESRCH' })]);
    expect([best, met]).toEqual([null, false]);
    expect(regions.map(({ name, trials }) => [name, trials])).toEqual([['failed', 1]]);
  });

  it('is none where nothing was tried', () => {
    expect(found([])).toMatchObject({ best: null, rated: [], front: [], regions: [], smallestLimit: null });
  });

  it('is looked for under the limit of the sweep alone', () => {
    const { best, rated } = found([trial(90, 80), under(110, trial(100, 90, { cpu: 1 }))]);
    expect(best?.marks.limit).toBe(m(100));
    expect(rated).toHaveLength(1);
  });

  it('stands beside the best of each other policy', () => {
    const kswapd = (each: Trial): Trial => ({ ...each, policy: 'kswapd2011' });
    const { policies, front } = found([
      trial(90, 80, { cpu: 2e7 }),
      kswapd(trial(90, 80, { cpu: 3e7 })),
      kswapd(trial(95, 80, { cpu: 1e7 })),
    ]);
    expect(policies.map(({ marks }) => [marks.policy, marks.high])).toEqual([
      ['kswapd2011', m(95)],
      ['rfc', m(90)],
    ]);
    expect(new Set(front.map(({ marks }) => marks.policy))).toEqual(new Set(['kswapd2011']));
  });
});

describe('the front', () => {
  it('goes from the least CPU to the fewest stalls', () => {
    const { front } = found(variety());
    expect(front.map(({ marks, figures }) => [marks.high / 256, figures.stalls])).toEqual([
      [100, 1200],
      [99, 40],
      [96, 0],
    ]);
  });

  it('has one of those whose figures say the same', () => {
    expect(found([trial(90, 80), trial(90, 70), trial(80, 70)]).front.map(({ marks }) => marks.low)).toEqual([
      m(80),
    ]);
  });
});

describe('a region', () => {
  it.each<[string, Partial<Measurement>, RegionName]>([
    ['a quiet reclaimer', {}, 'fine'],
    ['no work for the reclaimer', idle(), 'idle'],
    ['stalls though the reclaimer ran', stalled(1), 'passed-by'],
    ['stalls before the reclaimer ran', stalled(1, idle()), 'passed-by'],
    ['a low mark that was found out of reach', { floor: m(40) }, 'spins'],
    ['passes most of which freed nothing', { passes: 100, zeroPasses: 51 }, 'spins'],
    ['some passes that freed nothing', { passes: 100, zeroPasses: 50 }, 'fine'],
    ['less than one page freed of 50', { scanned: 200_001, reclaimed: 4000 }, 'spins'],
    ['stalls and a reclaimer that spins', stalled(1, { floor: m(40) }), 'spins'],
    ['hundreds of wake-ups for two batches each', { wakeups: 100, reclaimed: 6399 }, 'oscillates'],
    ['hundreds of wake-ups for more', { wakeups: 100, reclaimed: 6400 }, 'fine'],
    ['few wake-ups, however small', { wakeups: 99, reclaimed: 99, scanned: 99 }, 'fine'],
    ['a kill', { oomKills: 1 }, 'failed'],
    ['an error', { error: 'no' }, 'failed'],
  ])('of %s', (_, changes, name) => {
    expect(found([trial(90, 80, changes)]).rated[0].region).toBe(name);
  });

  it('knows how many trials it has and how far it reaches', () => {
    const { regions } = found(variety());
    expect(regions.map(({ name, trials, edge }) => [name, trials, edge])).toEqual([
      ['spins', 1, m(20)],
      ['passed-by', 2, m(99)],
      ['oscillates', 1, 0],
      ['fine', 3, null],
    ]);
  });
});

describe('being wrong by 10 %', () => {
  const best = { policy: 'rfc', limit: m(100), high: m(80), low: m(60) };
  const points = (marks = best): [number, number, number][] =>
    sensitivityPoints(marks, '2.6.26').map(({ limit, high, low }) => [limit / 256, high / 256, low / 256]);

  it('moves each mark, and all with the limit', () => {
    expect(points()).toEqual([
      [100, 88, 60],
      [100, 72, 60],
      [100, 80, 66],
      [100, 80, 54],
      [110, 88, 66],
      [90, 72, 54],
    ]);
  });

  it('stops at the next mark, and takes low along when high comes down upon it', () => {
    expect(points({ ...best, high: m(95), low: m(90) })).toEqual([
      [100, 100, 90],
      [100, 85.5, 80.5],
      [100, 95, 95],
      [100, 95, 81],
      [110, 104.5, 99],
      [90, 85.5, 81],
    ]);
  });

  it('leaves out what changes nothing', () => {
    expect(points({ ...best, high: m(100), low: m(100) })).toEqual([
      [100, 90, 90],
      [100, 100, 90],
      [110, 110, 110],
      [90, 90, 90],
    ]);
  });

  it('says what came out, as far as it was tried', () => {
    const { slips } = found([
      trial(80, 60),
      trial(88, 60, stalled(3)),
      under(90, trial(72, 54, { oomKills: 1 })),
    ]);
    expect(slips.map(({ kind, region, figures }) => [kind, region, figures.stalls])).toEqual([
      ['high-up', 'passed-by', 3],
      ['all-down', 'failed', 0],
    ]);
  });
});

describe('the smallest limit', () => {
  it('is the least at which any marks avoid all stalls', () => {
    const { smallestLimit } = found([
      trial(90, 80),
      under(80, trial(75, 70, stalled(5))),
      under(80, trial(70, 65)),
      under(60, trial(55, 50, stalled(9))),
      under(60, trial(50, 45, stalled(2))),
      under(40, trial(35, 30, { oomKills: 1 })),
    ]);
    expect(smallestLimit?.rated.marks).toMatchObject({ limit: m(80), high: m(70) });
    expect(smallestLimit?.tried).toBe(4);
    expect(smallestLimit?.below).toMatchObject({ marks: { limit: m(60) }, figures: { stalls: 2 } });
  });

  it('is found where the sweep itself stalls', () => {
    const { smallestLimit } = found([trial(90, 80, stalled(2)), under(120, trial(110, 100))]);
    expect(smallestLimit?.rated.marks.limit).toBe(m(120));
  });

  it('is none where everything stalls', () => {
    expect(found([trial(90, 80, stalled(2))]).smallestLimit).toBeNull();
  });
});

describe('certainty', () => {
  it('says when nothing is random', () => {
    const { certainty } = found([
      trial(90, 80, {}, {}, {}),
      trial(80, 70, { cpu: 5 }, { cpu: 5 }, { cpu: 5 }),
    ]);
    expect(certainty).toMatchObject({ seeds: 3, identical: true, regret: { stalls: 0, cpu: 0 } });
  });

  it('is not claimed by one seed', () => {
    expect(found([trial(90, 80)]).certainty).toMatchObject({ seeds: 1, identical: false });
  });

  it('tells what another choice would have saved under one of the seeds', () => {
    const { certainty } = found([
      trial(90, 80, { cpu: 10e6 }, { cpu: 20e6 }),
      trial(80, 70, { cpu: 40e6 }, { cpu: 15e6 }),
    ]);
    expect(certainty).toMatchObject({
      identical: false,
      cpu: { least: 10e6, most: 20e6 },
      regret: { stalls: 0, cpu: 0.25 },
    });
  });

  it('tells of stalls that another choice would have saved', () => {
    const { certainty } = found([trial(90, 80, stalled(2), {}), trial(80, 70, {}, stalled(7))]);
    expect(certainty.regret).toEqual({ stalls: 2, cpu: 0 });
  });
});

it('a partial sweep is told as such', () => {
  expect(found(variety(), { partial: 'interrupted' }).partial).toBe('interrupted');
});
