import { type Status } from '../mm/types.ts';
import type { Charge, Mm, Task } from './types.ts';
/**
 * What happens when the machine's own memory is exhausted: kswapd and the marks of zones are not emulated. The
 * allocating task runs passes over all cgroups; if one after the other frees none, the largest task dies.
 */
export declare function globalReclaim(mm: Mm, task: Task, charge: Charge): Status;
