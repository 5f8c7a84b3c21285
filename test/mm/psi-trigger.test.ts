import { describe, expect, test } from 'vitest';
import { lookAtTrigger, type PsiTrigger, parseTrigger } from '../../src/mm/psi-trigger.ts';

test.each([
  ['some 150000 1000000', { kind: 'some', threshold: 150_000, window: 1_000_000 }],
  ['full 500000 500000\n', { kind: 'full', threshold: 500_000, window: 500_000 }],
  ['some  1\t10000000 and more', { kind: 'some', threshold: 1, window: 10_000_000 }],
  ['some 4294967297 500000', { kind: 'some', threshold: 1 }],
])('%j is a trigger', (text, trigger) => {
  expect(parseTrigger(text)).toMatchObject(trigger);
});

test.each([
  '',
  'some',
  'some 1',
  'none 150000 1000000',
  ' some 150000 1000000',
  'some -1 1000000',
  'some 0 1000000',
  'some 1 499999',
  'some 1 10000001',
  'some 600000 500000',
])('%j is none', (text) => {
  expect(parseTrigger(text)).toBeNull();
});

describe('a trigger of 100 ms within a second', () => {
  const trigger = (): PsiTrigger => {
    const made = parseTrigger('some 100000 1000000');
    if (made === null) throw new Error('no trigger');
    return made;
  };
  /** Looks every 10 ms for so many s while this share of time is stalled. When it told, s. */
  const events = (made: PsiTrigger, seconds: number, share: number): number[] => {
    const told: number[] = [];
    for (let now = 0; now < seconds * 1e6; now += 10_000)
      if (lookAtTrigger(made, now, now * share)) told.push(now / 1e6);
    return told;
  };

  test('tells nothing while less is stalled', () => {
    expect(events(trigger(), 10, 0)).toEqual([]);
    expect(events(trigger(), 10, 0.05)).toEqual([]);
  });

  test('tells once a window of what goes on', () => {
    const told = events(trigger(), 10, 0.5);
    expect(told[0]).toBeLessThan(0.5);
    expect(told.length).toBeGreaterThanOrEqual(9);
    for (const [i, time] of told.entries()) if (i > 0) expect(time - told[i - 1]).toBeGreaterThanOrEqual(1);
  });
});
