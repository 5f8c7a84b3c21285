import { describe, expect, it } from 'vitest';
import { analyse, type Findings } from '../../../src/tune/analysis/findings.ts';
import { DEFAULT_OBJECTIVE } from '../../../src/tune/analysis/objective.ts';
import { isRecommended } from '../../../src/tune/analysis/recommendation.ts';
import { besideOf, roomiest, VARIANTS } from '../../../src/tune/analysis/robust.ts';
import { answer, cheapestText, robustnessText } from '../../../src/tune/report/words.ts';
import type { Held, Sweep, Trial } from '../../../src/tune/sweep.ts';
import { m, measurement, stalled, sweep, trial } from '../made-sweeps.ts';

const EDGE = trial(99, 98, { cpu: 9_000_000 });
const ROOMY = trial(90, 89, { cpu: 11_000_000 });

/** Marks that held in so many of so many variants; `beside`: whether their neighbours did. */
const held = ({ policy, limit, high, low }: Trial, holds: number, of = VARIANTS, beside = true): Held => ({
  policy,
  limit,
  high,
  low,
  beside: [measurement(), measurement(beside ? {} : stalled(3))],
  perturbed: Array.from({ length: of }, (_, i) => measurement(i < holds ? {} : stalled(5))),
});

const made = (...tried: Held[]): Sweep => sweep([EDGE, ROOMY], { held: tried });
const found = (...tried: Held[]): Findings => analyse(made(...tried), DEFAULT_OBJECTIVE);

describe('what is recommended', () => {
  it.each<[string, Held[], Trial, boolean]>([
    ['the cheapest, where that holds', [held(EDGE, 40), held(ROOMY, 8, 8)], EDGE, true],
    ['what holds, where the cheapest does not', [held(EDGE, 3, 8), held(ROOMY, 39)], ROOMY, true],
    ['what holds a step beside, too', [held(EDGE, 40, 40, false), held(ROOMY, 40)], ROOMY, true],
    ['nothing, where nothing holds in 95 of 100', [held(EDGE, 3, 8), held(ROOMY, 38)], ROOMY, false],
    ['the cheapest, where nothing was tried on another day', [], EDGE, true],
  ])('is %s', (_, tried, marks, recommended) => {
    const findings = found(...tried);
    expect(findings.best?.marks.high).toBe(marks.high);
    expect(isRecommended(findings)).toBe(recommended);
  });

  it('is said with its measured share, and the cheapest with what it risks', () => {
    const findings = found(held(EDGE, 3, 8, false), held(ROOMY, 39));
    expect(answer(made(), findings)).toMatch(/^Start at 90M, stop at 89M: .* nobody waits, for 11 ms/);
    expect(robustnessText(findings)).toMatch(
      /^It holds in 39 of 40 runs of a workload that is a little different\. Marks a step higher and lower hold, too\./,
    );
    expect(cheapestText(findings)).toBe(
      'The cheapest, start at 99M, stop at 98M, takes 9 ms of CPU instead of 11 ms; it holds in 3 of 8 runs of a workload that is a little different; marks a step beside do not hold.',
    );
  });

  it('is told apart from the cheapest by who reclaims, where that is another', () => {
    const other = { ...EDGE, policy: 'alinux' };
    const of = sweep([other, ROOMY], { held: [held(other, 3, 8), held(ROOMY, 40)] });
    expect(cheapestText(analyse(of, DEFAULT_OBJECTIVE))).toMatch(
      /^The cheapest, start at 99M, stop at 98M \(alinux\), takes 9 ms/,
    );
  });

  it('is nothing where nothing holds, with what to change', () => {
    const sentence = answer(made(), found(held(EDGE, 3, 8), held(ROOMY, 20)));
    expect(sentence).toMatch(
      /^No marks can be recommended under 100M: what holds best, start at 90M, stop at 89M, holds in 20 of 40 runs/,
    );
    expect(sentence).toContain('memcg tune --limit');
  });
});

describe('where what is wanted is out of reach', () => {
  const waits = { ...trial(96, 96, stalled(100)), policy: 'memory.high' };
  const without = Array.from({ length: VARIANTS }, () => measurement(stalled(1200)));
  /** In so many of the variants it waits less than no marks do. */
  const relative = (holds: number): Held => ({
    ...held(waits, 0),
    beside: [measurement(stalled(90)), measurement(stalled(110))],
    perturbed: Array.from({ length: VARIANTS }, (_, i) => measurement(stalled(i < holds ? 100 : 1500))),
    without: { beside: without.slice(0, 2), perturbed: without },
  });
  const of = (holds: number): Sweep => sweep([waits], { held: [relative(holds)] });

  it.each([
    [39, true],
    [20, false],
  ])('marks are measured by no marks on the same days: %i of 40', (holds, recommended) => {
    const findings = analyse(of(holds), DEFAULT_OBJECTIVE);
    expect(isRecommended(findings)).toBe(recommended);
    expect(robustnessText(findings)).toMatch(
      `It does no worse than no marks in ${holds} of 40 runs of a workload that is a little different. Marks a step higher and lower do no worse, either.`,
    );
  });

  it('marks that are no better than none are not recommended', () => {
    const findings = analyse(sweep([{ ...waits, measurements: without.slice(0, 1) }]), DEFAULT_OBJECTIVE);
    expect(isRecommended(findings)).toBe(false);
  });
});

describe('candidates', () => {
  it('are the best, and the best that leave more room', () => {
    const trials = [EDGE, trial(98.5, 98), trial(97, 90), ROOMY, trial(80, 60)];
    expect(roomiest(trials, [0, 0.02, 0.1, 0.5])).toEqual([EDGE, trials[2], ROOMY]);
  });

  it('have neighbours with the same gap, which never pass the limit', () => {
    expect(besideOf(ROOMY).map(({ high, low }) => [high, low])).toEqual([
      [m(92), m(91)],
      [m(88), m(87)],
    ]);
    expect(besideOf(trial(96, 95)).map(({ high }) => high)).toEqual([m(97), m(95)]);
    expect(besideOf(trial(100, 99)).map(({ high }) => high <= m(100))).toEqual([true, true]);
  });
});
