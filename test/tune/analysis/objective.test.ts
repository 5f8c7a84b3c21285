import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mistake } from '../../../src/script/mistake.ts';
import { figuresOf } from '../../../src/tune/analysis/figures.ts';
import { analyse } from '../../../src/tune/analysis/findings.ts';
import {
  compareTrials,
  DEFAULT_OBJECTIVE,
  dominates,
  OBJECTIVES,
  type Objective,
  parseObjective,
  virtues,
} from '../../../src/tune/analysis/objective.ts';
import type { Measurement, Trial } from '../../../src/tune/sweep.ts';
import { m, stalled, sweep, trial } from '../made-sweeps.ts';

describe('an objective', () => {
  it.each<[string, Objective]>([
    ['no-stalls', { kind: 'no-stalls' }],
    ['refaults', { kind: 'refaults' }],
    ['elapsed', { kind: 'elapsed' }],
    ['p99<=5ms', { kind: 'p99', most: 5_000_000 }],
    ['p99 <= 1.5s', { kind: 'p99', most: 1_500_000_000 }],
    ['p99<=0', { kind: 'p99', most: 0 }],
    ['cpu<=2%', { kind: 'cpu', most: 0.02 }],
    ['cpu<=0.5%', { kind: 'cpu', most: 0.005 }],
  ])('is read from %s', (text, objective) => {
    expect(parseObjective(text)).toEqual(objective);
  });

  it.each([
    ['no-stals', "'no-stals' is not an objective: did you mean 'no-stalls'?"],
    ['p99', "'p99' is not an objective: did you mean 'p99<=TIME'?"],
    ['fast', "'fast' is not an objective: it is one of no-stalls, p99<=TIME, cpu<=SHARE%, refaults, elapsed"],
    ['', "'' is not an objective: it is one of no-stalls, p99<=TIME, cpu<=SHARE%, refaults, elapsed"],
    ['refaults<=3', "'refaults<=3' is not an objective: did you mean 'refaults'?"],
    ['p99<=5', "'5' is not a time: write a number and ns, us, ms, s, m or h, as in 1.5s"],
    ['cpu<=2', "'2' is not a share of a CPU: write a percentage, as in cpu<=2%"],
    ['cpu<=200%', "'200%' is not a share of a CPU: write a percentage, as in cpu<=2%"],
  ])('is not read from %j, and why is said', (text, message) => {
    const mistake = parseObjective(text);
    expect(mistake).toBeInstanceOf(Mistake);
    expect((mistake as Mistake).message).toBe(message);
  });

  it('is documented in every form', () => {
    expect(OBJECTIVES.map(([form]) => form)).toEqual([
      'no-stalls',
      'p99<=TIME',
      'cpu<=SHARE%',
      'refaults',
      'elapsed',
    ]);
  });
});

describe('of two trials the better', () => {
  const objective = (text: string): Objective => {
    const read = parseObjective(text);
    if (read instanceof Mistake) throw read;
    return read;
  };

  it.each<[string, string, Trial, Trial]>([
    [
      'no-stalls',
      'does not stall, whatever that costs',
      trial(90, 80, { cpu: 9e9 }),
      trial(99, 98, stalled(1, { cpu: 1 })),
    ],
    ['no-stalls', 'takes less CPU', trial(80, 70, { cpu: 1e6 }), trial(90, 80, { cpu: 2e6 })],
    [
      'no-stalls',
      'has fewer refaults where CPU reads the same',
      trial(80, 70, { cpu: 10_001_000, refaults: 1 }),
      trial(90, 80, { cpu: 10_000_000, refaults: 2 }),
    ],
    ['no-stalls', 'starts later where all is the same', trial(90, 80), trial(80, 70)],
    ['no-stalls', 'stops sooner where all is the same', trial(90, 85), trial(90, 80)],
    [
      'no-stalls',
      'does not stall under any seed',
      trial(80, 70, { cpu: 9e7 }, { cpu: 9e7 }),
      trial(90, 80, {}, stalled(1)),
    ],
    ['no-stalls', 'stalls less where all stall', trial(80, 70, stalled(3)), trial(90, 80, stalled(5))],
    [
      'no-stalls',
      'does not spin where all stall',
      trial(80, 70, stalled(5)),
      trial(90, 80, stalled(3, { floor: m(85) })),
    ],
    ['no-stalls', 'does not oscillate', trial(80, 70, { cpu: 2e7 }), trial(90, 90, { wakeups: 4000 })],
    ['no-stalls', 'kills nobody', trial(80, 70, stalled(900)), trial(90, 80, { oomKills: 1 })],
    [
      'no-stalls',
      'comes to its end',
      trial(80, 70, stalled(900)),
      trial(90, 80, { error: 'run a alloc: ESRCH' }),
    ],
    [
      'p99<=50us',
      'takes less CPU where stalls are short enough',
      trial(90, 80, stalled(900, { cpu: 1 })),
      trial(80, 70),
    ],
    [
      'p99<=10us',
      'has the shorter stalls where none are short enough',
      trial(80, 70),
      trial(90, 80, stalled(900, { cpu: 1 })),
    ],
    [
      'cpu<=1%',
      'stalls less where CPU is small enough',
      trial(80, 70, { cpu: 9e7 }),
      trial(90, 80, stalled(4, { cpu: 1 })),
    ],
    ['cpu<=0.1%', 'keeps to its CPU', trial(90, 80, stalled(4, { cpu: 1 })), trial(80, 70, { cpu: 9e7 })],
    [
      'refaults',
      'has fewer refaults',
      trial(90, 80, stalled(9, { refaults: 4 })),
      trial(80, 70, { refaults: 5 }),
    ],
    ['elapsed', 'is done sooner', trial(90, 80, stalled(9, { elapsed: 9e9 })), trial(80, 70)],
  ])('for %s %s', (text, _, better, worse) => {
    expect(compareTrials(objective(text), better, worse)).toBeLessThan(0);
    expect(compareTrials(objective(text), worse, better)).toBeGreaterThan(0);
  });
});

const anyMeasurement: fc.Arbitrary<Partial<Measurement>> = fc
  .record({
    stalls: fc.nat(3000),
    cpu: fc.nat(5e9),
    refaults: fc.nat(500),
    wakeups: fc.nat(5000),
    reclaimed: fc.nat(100_000),
    scanned: fc.nat(1_000_000),
    stallP99: fc.integer({ min: 1, max: 1e9 }),
    oomKills: fc.constantFrom(0, 0, 0, 1),
    floor: fc.constantFrom(null, null, m(50)),
  })
  .map((each) => ({ ...each, stallP99: each.stalls > 0 ? each.stallP99 : 0 }));
const anyTrials = fc
  .uniqueArray(
    fc.record({ high: fc.integer({ min: 2, max: 100 }), gap: fc.nat(60), measurement: anyMeasurement }),
    {
      minLength: 1,
      maxLength: 25,
      selector: ({ high, gap }) => `${high} ${Math.min(gap, high)}`,
    },
  )
  .map((all) => all.map(({ high, gap, measurement }) => trial(high, Math.max(0, high - gap), measurement)));
const anyObjective = fc.constantFrom<Objective>(
  DEFAULT_OBJECTIVE,
  { kind: 'p99', most: 1e6 },
  { kind: 'refaults' },
);

describe('the recommendation', () => {
  it('is never dominated by another trial', () => {
    fc.assert(
      fc.property(anyTrials, anyObjective, (trials, objective) => {
        const { best } = analyse(sweep(trials), objective);
        if (best === null) return trials.every(({ measurements }) => measurements[0].oomKills > 0);
        const own = virtues(best.figures);
        return !trials.some((each) => dominates(virtues(figuresOf(each)), own));
      }),
    );
  });

  it('is the same in whatever order the trials are, and so is all the rest', () => {
    fc.assert(
      fc.property(
        anyTrials.chain((trials) =>
          fc.tuple(fc.constant(trials), fc.shuffledSubarray(trials, { minLength: trials.length })),
        ),
        anyObjective,
        ([trials, shuffled], objective) => {
          expect(analyse(sweep(shuffled), objective)).toEqual(analyse(sweep(trials), objective));
        },
      ),
    );
  });

  it('is on the front', () => {
    fc.assert(
      fc.property(anyTrials, (trials) => {
        const { best, front } = analyse(sweep(trials), DEFAULT_OBJECTIVE);
        return best === null || front.includes(best);
      }),
    );
  });
});
