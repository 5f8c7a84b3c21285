import type { Cpu, MemCgroup, Mm } from './types.ts';
/**
 * mm/memcontrol.c: a CPU's stock. Pages are charged in batches of 64, and what is over waits here for the next
 * charge of the same cgroup; so do the bytes that objects of kernel memory leave of a page. Whoever comes from another
 * cgroup sends back what is there of the last.
 */
export declare const CHARGE_BATCH = 64;
export declare const PAGE_BYTES = 4096;
export declare const newCpu: () => Cpu;
/** consume_stock() */
export declare function consumeStock(cpu: Cpu, id: number, pages: number): boolean;
/** refill_stock() */
export declare function refillStock(mm: Mm, cpu: Cpu, id: number, pages: number): void;
/** consume_obj_stock() */
export declare function consumeObjStock(cpu: Cpu, id: number, bytes: number): boolean;
/** refill_obj_stock(): `mayUncharge` where an object was freed, and not where a page was charged for one. */
export declare function refillObjStock(mm: Mm, cpu: Cpu, memcg: MemCgroup, bytes: number, mayUncharge: boolean): void;
/** mod_objcg_state(), after the object was charged or freed: the statistics hear of a page of it at the least. */
export declare function countSlab(cpu: Cpu, memcg: MemCgroup, bytes: number): void;
/** drain_all_stock(): what any CPU has of the cgroup or of one below it. */
export declare function drainAllStock(mm: Mm, memcg: MemCgroup): void;
/** A page that is charged for a task which is about to use it; one that somebody else left is given back. */
export declare function reserve(mm: Mm, cpu: Cpu, id: number): void;
/** Takes a page that is charged: the one that was reserved, or one of the stock. */
export declare function takeCharged(mm: Mm, cpu: Cpu, id: number): void;
export declare function giveBackReserved(mm: Mm, cpu: Cpu): void;
