import type { MemCgroup, Mm } from './types.ts';
/** do_shrink_slab(): half of the excess, in batches; what does not make a batch is kept in mind. */
export declare function shrinkShadowNodes(mm: Mm, memcg: MemCgroup, node: number, priority: number): void;
