import { type Entry } from '../entry.ts';
/** Time, and what belongs to no cgroup. */
export declare const TIME_AND_WORLD: readonly Entry[];
