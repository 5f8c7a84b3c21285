import type { Mm } from './kernel.ts';
import type { Mapping, Task } from './types.ts';
/** mm/mmap.c: what a task's address space holds, and giving it back. */
export declare function anonMapping(mm: Mm, task: Task): Mapping;
/** Gives back the task's anonymous memory from page `from` on. Answers the pages that were resident. */
export declare function freeAnon(mm: Mm, task: Task, from: number): number;
/** Empties a mapping that is one task's alone, from page `from` on. Answers the pages that were resident. */
export declare function freeOwnPages(mm: Mm, mapping: Mapping, from: number): number;
export declare function mapFile(task: Task, mapping: Mapping, pages: number): void;
/** Unmaps all files of the task. A page that no other task maps is plain page cache again. */
export declare function unmapFiles(mm: Mm, task: Task): void;
/** exit_mm(): all of the task's memory goes. */
export declare function exitMm(mm: Mm, task: Task): void;
