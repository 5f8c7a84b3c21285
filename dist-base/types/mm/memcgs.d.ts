import type { Mm } from './kernel.ts';
import type { MemCgroup } from './types.ts';
export declare const ROOT_MEMCG = 1;
export declare function memcgOf<M extends MemCgroup>({ memcgs }: {
    readonly memcgs: readonly (M | null)[];
}, id: number): M;
/** A new one, which the kernel makes as the id and the order say. */
export declare function addMemcg<M extends MemCgroup>(mm: Mm & {
    readonly memcgs: (M | null)[];
}, make: (id: number, order: number) => M): M;
