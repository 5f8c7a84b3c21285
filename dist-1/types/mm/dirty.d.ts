import type { Mm } from './kernel.ts';
import type { Mapping, Task } from './types.ts';
/** Which pages are dirty, and who waits until some are written; when they are, and by whom, is the kernel's. */
export declare function setPageDirty(mm: Mm, mapping: Mapping, slot: number, pfn: number): void;
export declare function clearPageDirty(mm: Mm, slot: number, pfn: number): void;
/** wakeup_pdflush(): asks the flusher to write about so many pages. */
export declare function wakeupFlusher(mm: Mm, count: number): void;
/** mm/backing-dev.c: up to `time` ns of sleep, less if a write ends meanwhile. finishWait() on mm.congestion must follow. */
export declare function congestionWait(mm: Mm, task: Task, time: number): void;
/** `count` pages are no longer under write-back: who naps in congestionWait() may go on. */
export declare function writesEnded(mm: Mm, count: number): void;
