/**
 * What things cost in virtual time, ns. One table, every entry can be overridden
 * (`machine cost.NAME=TIME`). The defaults are those of a modest server: a core
 * that copies a page in under a microsecond and a disk of about 300 MB/s, which
 * is what the kernel's own times (a nap of 100 ms, a flusher every 5 s) were made
 * for and what the recordings show. The ratio of reading a page to reclaiming one
 * follows the recorded kernel (about 2.5 : 1).
 */
export interface Costs {
    /** Entering and leaving the kernel. */
    syscall: number;
    /** A page fault: its entry, clearing the page, and what the caches lose; as the recordings have it. */
    fault: number;
    /** Allocating a page frame, charging it and putting it on its lists. */
    charge: number;
    /** Copying one page between the page cache and a task. */
    copy: number;
    /** What a file system adds to each page of a write(2): blocks to allocate, buffers, a journal. */
    writeBegin: number;
    /** Touching a page that is resident. */
    touch: number;
    /** Looking at one page of a list. */
    scan: number;
    /** Freeing one page. */
    free: number;
    /** Unmapping one page from its tasks. */
    unmap: number;
    /** Handing one page to a device for writing. */
    pageout: number;
    /** What a pass costs at each priority, whatever the lists hold. */
    priority: number;
    contextSwitch: number;
    /** Until an idle CPU has heard of a thread that it should run. */
    wakeLatency: number;
    /** Disk: until a request's first byte arrives, then per request and per page of throughput. */
    diskLatency: number;
    diskRequest: number;
    diskPage: number;
    swapLatency: number;
    swapRequest: number;
    swapPage: number;
}
export declare const DEFAULT_COSTS: Readonly<Costs>;
