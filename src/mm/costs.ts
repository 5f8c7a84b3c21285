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

export const DEFAULT_COSTS: Readonly<Costs> = {
  syscall: 300,
  fault: 12_000,
  charge: 900,
  copy: 700,
  writeBegin: 10_000,
  touch: 30,
  scan: 150,
  free: 400,
  unmap: 300,
  pageout: 1_000,
  priority: 200,
  contextSwitch: 2_000,
  wakeLatency: 3_000,
  diskLatency: 100_000,
  diskRequest: 5_000,
  diskPage: 12_000,
  swapLatency: 100_000,
  swapRequest: 5_000,
  swapPage: 20_000,
};
