import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dequeue, enqueue, pickNext, type RunQueue } from '../../src/kernel/run-queue.ts';
import type { Thread } from '../../src/kernel/thread.ts';
import { newThread } from '../support/threads.ts';

const thread = (pid: number, vruntime: number): Thread => ({ ...newThread(pid, 0), vruntime });

/** In the order that the queue promises: by virtual run time, ties by pid. */
const sorted = (threads: readonly Thread[]): Thread[] =>
  threads.toSorted((a, b) => a.vruntime - b.vruntime || a.pid - b.pid);

type Step =
  | { readonly do: 'enqueue'; readonly vruntime: number }
  | { readonly do: 'pick' | 'dequeue'; readonly at: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.nat(20).map((vruntime) => ({ do: 'enqueue', vruntime }) as const) },
  { weight: 1, arbitrary: fc.nat().map((at) => ({ do: 'pick', at }) as const) },
  { weight: 1, arbitrary: fc.nat().map((at) => ({ do: 'dequeue', at }) as const) },
);

test('a run queue gives out its threads as a sorted array would', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 200, size: 'max' }), (steps) => {
      const queue: RunQueue<Thread> = [];
      let model: Thread[] = [];
      for (const [pid, step] of steps.entries()) {
        if (step.do === 'enqueue') {
          const made = thread(pid, step.vruntime);
          enqueue(queue, made);
          model = sorted([...model, made]);
        } else if (step.do === 'pick') {
          expect(pickNext(queue)).toBe(model.shift());
        } else if (model.length > 0) {
          const [gone] = model.splice(step.at % model.length, 1);
          dequeue(queue, gone);
          expect(gone.queueIndex).toBe(-1);
        }
        expect(sorted(queue).map((each) => each.pid)).toEqual(model.map((each) => each.pid));
        expect(queue.every((each, index) => each.queueIndex === index)).toBe(true);
      }
    }),
  );
});

test('of two threads that have run alike the lower pid goes first, whoever came first', () => {
  const queue: RunQueue<Thread> = [];
  for (const pid of [3, 1, 2]) enqueue(queue, thread(pid, 7));
  expect([pickNext(queue), pickNext(queue), pickNext(queue)].map((each) => each?.pid)).toEqual([1, 2, 3]);
});

test('an empty queue has nobody to give', () => {
  expect(pickNext([])).toBeUndefined();
});
