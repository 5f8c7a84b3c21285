import type { Mm } from './types.ts';
/** fs/buffer.c: a page of a file that was written has a buffer head, which is charged to whose the page is. */
/** struct buffer_head (104 bytes), and its owner. */
export declare const BUFFER_BYTES = 112;
/** try_to_free_buffers(), of a page that is about to go. */
export declare function freeBuffers(mm: Mm, pfn: number): void;
