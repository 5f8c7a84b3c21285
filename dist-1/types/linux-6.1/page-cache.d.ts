import type { Mapping } from '../mm/types.ts';
import type { Mm, Task } from './types.ts';
/**
 * filemap_add_folio(), after tryCharge() said DONE: the page, the nodes of the index that it needs, its refault, its
 * batch. `writes`: it is about to be written whole, and that is no refault. False: there was no room for a node.
 */
export declare function addToPageCache(mm: Mm, task: Task, mapping: Mapping, page: number, slot: number, flags: number, writes: boolean, noRetry?: boolean): boolean;
