import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addTimer, newTimers, nextName, nextTarget, nextTimer, takeTimer } from '../../src/kernel/timer.ts';

/** null takes the first timer; a number sets one for that time. */
const anySteps = fc.array(
  fc.oneof({ weight: 2, arbitrary: fc.nat(30) }, { weight: 1, arbitrary: fc.constant(null) }),
  {
    maxLength: 400,
    size: 'max',
  },
);

test('timers go off as from a sorted array: by time, and of the same time in the order of setting', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const timers = newTimers();
      const model: { time: number; name: number; target: number }[] = [];
      for (const [target, time] of steps.entries()) {
        if (time !== null) {
          model.push({ time, name: addTimer(timers, time, target), target });
          model.sort((a, b) => a.time - b.time || a.name - b.name);
        } else if (model.length > 0) {
          const { target, name } = model[0];
          expect([nextTarget(timers), nextName(timers)]).toEqual([target, name]);
          takeTimer(timers);
          model.shift();
        }
        expect(timers.length).toBe(model.length);
        expect(nextTimer(timers)).toBe(model[0]?.time ?? Infinity);
      }
    }),
  );
});

test('a timer has a name of its own, never 0', () => {
  const timers = newTimers();
  const names = Array.from({ length: 100 }, () => addTimer(timers, 5, 1));
  expect(new Set(names).size).toBe(100);
  expect(names).not.toContain(0);
});
