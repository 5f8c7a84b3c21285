import type { Cpu, Mm } from './types.ts';
/** folio_add_lru(), on a CPU. */
export declare function addLru(mm: Mm, cpu: Cpu, pfn: number): void;
/** lru_add_drain(): before who reclaims looks at the lists, and when somebody gives memory back. */
export declare function lruAddDrain(mm: Mm, cpu: number): void;
/** lru_add_drain_all() */
export declare function lruAddDrainAll(mm: Mm): void;
/** folio_mark_accessed(): the first touch marks a page, the second activates one that is inactive. */
export declare function markAccessed(mm: Mm, pfn: number): void;
