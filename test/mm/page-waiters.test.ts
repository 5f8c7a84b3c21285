import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newSched, sleepOn } from '../../src/kernel/sched.ts';
import { UNINTERRUPTIBLE } from '../../src/kernel/thread.ts';
import { DEFAULT_OPTIONS } from '../../src/machine/options.ts';
import { bootState } from '../../src/machine/state.ts';
import { addWaiter, forgetWaiter, newPageWaiters, wakeWaiters } from '../../src/mm/page-waiters.ts';
import { newTask } from '../../src/mm/process.ts';
import type { Task } from '../../src/mm/types.ts';

/** Tasks that sleep; each that is woken gets the next CPU, so that the order shows. */
function sleepers(count: number) {
  const { mm } = bootState(DEFAULT_OPTIONS);
  const sched = newSched<Task>(count, 0, 0);
  const tasks = Array.from({ length: count }, (_, i) => newTask(mm, 'task', `t${i}`, 1));
  for (const task of tasks) sleepOn(sched, task, UNINTERRUPTIBLE);
  const woken = () => sched.cpus.flatMap(({ current }) => (current === null ? [] : [current.name]));
  return { sched, tasks, woken };
}

describe('those who wait for a page', () => {
  test('wake in the order in which they came, whatever pages of the transfer they wait for', () => {
    const slots = fc.array(fc.nat(600), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        slots,
        fc.nat(600),
        fc.integer({ min: 1, max: 128 }),
        fc.nat(11),
        (at, start, count, gone) => {
          const { sched, tasks, woken } = sleepers(at.length);
          const waiters = newPageWaiters();
          for (const [i, slot] of at.entries()) addWaiter(waiters, tasks[i], slot);
          if (gone < at.length) forgetWaiter(waiters, tasks[gone]);
          wakeWaiters(sched, waiters, start, count);
          const due = at.flatMap((slot, i) =>
            i !== gone && slot >= start && slot < start + count ? [`t${i}`] : [],
          );
          expect(woken()).toEqual(due);
          // The others still wait.
          wakeWaiters(sched, waiters, 0, 1000);
          expect(woken().toSorted()).toEqual(at.flatMap((_, i) => (i === gone ? [] : [`t${i}`])).toSorted());
        },
      ),
    );
  });

  test('wait and wake again and again, on as many places as ever waited at once', () => {
    const anyStep = fc.record({
      task: fc.nat(9),
      slot: fc.nat(400),
      count: fc.integer({ min: 1, max: 128 }),
    });
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 100, size: 'max' }), (steps) => {
        const { sched, tasks } = sleepers(10);
        const waiters = newPageWaiters();
        const slotOf = new Map<Task, number>();
        let most = 0;
        for (const { task: at, slot, count } of steps) {
          const task = tasks[at];
          if (slotOf.has(task)) {
            wakeWaiters(sched, waiters, slot, count);
            for (const [each, its] of slotOf) if (its >= slot && its < slot + count) slotOf.delete(each);
          } else {
            addWaiter(waiters, task, slot);
            slotOf.set(task, slot);
          }
          most = Math.max(most, slotOf.size);
          const waiting = [waiters.sole, ...waiters.tasks].filter((each) => each !== null);
          expect(new Set(waiting)).toEqual(new Set(slotOf.keys()));
          expect(waiting.length).toBe(slotOf.size);
          for (const each of tasks) expect(each.waitSlot).toBe(slotOf.get(each) ?? -1);
        }
        expect(waiters.tasks.length).toBeLessThanOrEqual(Math.max(4, 2 * most));
      }),
    );
  });
});
