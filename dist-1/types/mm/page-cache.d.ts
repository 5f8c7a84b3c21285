import type { Mm } from './kernel.ts';
import type { Mapping } from './types.ts';
/** The page cache: files by name, and taking pages out of it for good (mm/truncate.c). */
/** The mapping of a file; made, and as long as is asked, when it isn't there. */
export declare function fileMapping(mm: Mm, name: string, length: number): Mapping;
/** drop_caches: what is clean and in nobody's hands leaves the page cache. */
export declare function invalidateMapping(mm: Mm, mapping: Mapping, first?: number, end?: number): void;
/** truncate(2) to a length in pages: what lies beyond is gone, dirty or not. */
export declare function truncateMapping(mm: Mm, mapping: Mapping, length: number): void;
