import type { Mm } from '../mm/kernel.ts';
import { type Task } from '../mm/types.ts';
import type { Alloc, Free, MapFile } from './behaviour.ts';
import { type AllocProgress, type MapProgress, type Stepped } from './progress.ts';
export declare function beginAlloc(mm: Mm, task: Task, behaviour: Alloc): AllocProgress;
/** Touches the new memory, page after page. */
export declare function allocStep(mm: Mm, task: Task, progress: AllocProgress): Stepped;
/** munmap of the memory allocated last. */
export declare function freeStep(mm: Mm, task: Task, behaviour: Free): Stepped;
export declare function beginMap(mm: Mm, behaviour: MapFile): MapProgress;
/** mmap, then one touch of each page. */
export declare function mapStep(mm: Mm, task: Task, behaviour: MapFile, progress: MapProgress): Stepped;
