import type { Soon } from './world.ts';

/**
 * Work that has to wait now and then: it yields each promise that it waits for, and is given what that came to.
 * So the same work can be done at once by who can't wait, and in its time by who can.
 */
export type Steps<T> = Generator<Promise<unknown>, T, unknown>;

/** Waits for a value, if it is not there already. */
export function* arrived<T>(value: Soon<T>): Steps<T> {
  return value instanceof Promise ? ((yield value) as T) : value;
}

/** To the end, in its time. */
export async function inTime<T>(steps: Steps<T>, first = steps.next()): Promise<T> {
  let step = first;
  while (step.done !== true) {
    let value: unknown;
    try {
      value = await step.value;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}

/** To the end: at once if nothing has to be waited for. */
export function soon<T>(steps: Steps<T>): Soon<T> {
  const step = steps.next();
  return step.done === true ? step.value : inTime(steps, step);
}

/** To the end at once. Throws what `late` makes where something would have to be waited for. */
export function atOnce<T>(steps: Steps<T>, late: () => Error): T {
  const step = steps.next();
  if (step.done === true) return step.value;
  step.value.catch(() => {});
  steps.return(undefined as never);
  throw late();
}
