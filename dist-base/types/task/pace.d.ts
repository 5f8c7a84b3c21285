import type { Mm } from '../mm/kernel.ts';
import type { Task } from '../mm/types.ts';
import type { Pace } from './progress.ts';
/** After `pagesMoved` in all at `rate` bytes a second (null: no rate) nothing more happens before its time. */
export declare function keepRate(pace: Pace, pagesMoved: number, rate: number | null): void;
/** Sleeps if it is too early to go on; answers whether it does. */
export declare function tooEarly(mm: Mm, task: Task, until: number): boolean;
