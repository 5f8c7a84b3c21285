import { type StepEnd } from '../kernel/sched.ts';
import type { Mm } from './kernel.ts';
import type { Mapping, Task } from './types.ts';
/** Pages that the flusher hands over in one step. */
export declare const FLUSH_BATCH = 64;
export declare function startWriteback(mm: Mm, slot: number, pfn: number): void;
/** Up to `most` dirty pages of a file, from where the flusher stood, round the end. */
export declare function writeSome(mm: Mm, mapping: Mapping, most: number): number;
/** `background`: so many dirty pages are too many; `nap`: how long it waits for a disk that is behind, ns. */
export declare function flushSome(mm: Mm, thread: Task, background: () => number, nap: number): StepEnd;
