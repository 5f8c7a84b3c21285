import { type Status } from '../mm/types.ts';
import type { Charge, Mm, Task } from './types.ts';
/**
 * What happens when the machine's own memory is exhausted. Our addition: the
 * kernel's kswapd and zone watermarks are not emulated. The allocating task runs
 * passes over all cgroups in order of creation (pages charged to nobody first)
 * until 32 pages are free; if round after round frees none, as many as a charge
 * may be refused, the largest task dies.
 */
export declare function globalReclaim(mm: Mm, task: Task, charge: Charge): Status;
