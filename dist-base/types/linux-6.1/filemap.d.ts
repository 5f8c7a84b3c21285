import { type Mapping, type Status } from '../mm/types.ts';
import type { Mm, OpenFile, Task } from './types.ts';
/** mm/filemap.c: read(2) and write(2) through the page cache. */
export declare const openFile: (mapping: Mapping, readahead: boolean) => OpenFile;
export declare function beginCall(file: OpenFile, first: number, end: number): void;
/** filemap_read(). FAILED is ENOMEM: a page could not be charged. */
export declare function genericFileRead(mm: Mm, task: Task, file: OpenFile): Status;
/** One step towards having page `file.index` there and unlocked: DONE says look again. `request` pages are wanted from it on. */
export declare function bringIn(mm: Mm, task: Task, file: OpenFile, request: number): Status;
/**
 * generic_perform_write(): whole pages, so none is read in first. FAILED is ENOMEM. After some pages the writer may be
 * held until enough is written out.
 */
export declare function genericFileWrite(mm: Mm, task: Task, file: OpenFile): Status;
