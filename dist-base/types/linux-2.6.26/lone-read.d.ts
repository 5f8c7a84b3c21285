import type { Mm, OpenFile, Task } from './types.ts';
/**
 * A task that is the only one about, and does nothing but read page after page: what the page core
 * (core/read.ts) has to know to let it read also what is not in the page cache, and what it tells.
 */
/** Tells it; `calls`: system calls in a step. False: somebody else is about, looks on, or is to be waited for. */
export declare function beginAlone(mm: Mm, task: Task, calls: number): boolean;
/** Takes over what it tells: the clock, the disk, and the accounts of the pages that came in. */
export declare function endAlone(mm: Mm, task: Task): void;
/** Leaves the file as beginCall() and the way through genericFileRead() do. */
export declare function pageWasRead(file: OpenFile, page: number, slot: number): void;
