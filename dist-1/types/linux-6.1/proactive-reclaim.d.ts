import { type Asked, type Status } from '../mm/types.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
/** What is asked for, and who asks: a write to memory.max goes on until the usage fits. */
export interface AskedHere extends Asked {
    readonly by: 'reclaim' | 'high' | 'max';
    drained: boolean;
    deaths: number;
}
export declare const askReclaim: (pages: number) => AskedHere;
export declare const askHigh: (above: number) => AskedHere;
export declare const askMax: (above: number) => AskedHere;
/** Goes on with it, a pass at a call. FAILED: it can't be had in full, which memory.reclaim answers with EAGAIN. */
export declare function proactiveReclaim(mm: Mm, task: Task, memcg: MemCgroup, asked: AskedHere): Status;
