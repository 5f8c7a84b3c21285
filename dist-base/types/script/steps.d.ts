import type { Soon } from './world.ts';
/**
 * Work that has to wait now and then: it yields each promise that it waits for, and is given what that came to.
 * So the same work can be done at once by who can't wait, and in its time by who can.
 */
export type Steps<T> = Generator<Promise<unknown>, T, unknown>;
/** Waits for a value, if it is not there already. */
export declare function arrived<T>(value: Soon<T>): Steps<T>;
/** To the end, in its time. */
export declare function inTime<T>(steps: Steps<T>, first?: IteratorResult<Promise<unknown>, T>): Promise<T>;
/** To the end: at once if nothing has to be waited for. */
export declare function soon<T>(steps: Steps<T>): Soon<T>;
/** To the end at once. Throws what `late` makes where something would have to be waited for. */
export declare function atOnce<T>(steps: Steps<T>, late: () => Error): T;
