import type { MemCgroup, Mm, Task } from './types.ts';
/** Before the first page of a chunk comes in. False: there is no room for its page table. */
export declare function chargePageTable(mm: Mm, task: Task, memcg: MemCgroup, slot: number): boolean;
/** The chunk is given back. */
export declare function freePageTable(mm: Mm, chunk: number): void;
