import { CORE } from './core-bytes.ts';

/**
 * The page core (core/), in WebAssembly: what millions of pages go through. It works on the arrays
 * of types.ts, which arena.ts lays out in its memory, and knows nothing of tasks, cgroups and time
 * but what it is told. A `boolean` is 0 or 1.
 */
interface Functions {
  /** list_add(): to the young end. */
  add(list: number, pfn: number): void;
  /** list_add_tail(): to the old end. */
  addOldest(list: number, pfn: number): void;
  /** Takes a page off its list, wherever it is there. Answers which list that is. */
  remove(pfn: number): number;
  /** Takes up to `count` pages off the old end, into `cluster` from `from` on, the oldest first. Answers how many. */
  takeOldest(list: number, count: number, from: number): number;
  /** Moves the `count` oldest pages, which must be there, to the young end, one after the other. */
  rotate(list: number, count: number): void;
  /** The frame that was freed last; there must be one, and the caller counts it off. */
  takeFrame(): number;
  /** The frame must be on no list and in no page table; the caller counts it. */
  giveFrame(pfn: number): void;
  /** mark_page_accessed(): the first touch marks a page, the second activates one that is inactive. */
  markPageAccessed(pfn: number): void;
  /** How many slots hold no page, of `most` from `slot` on, before one that does. */
  countAbsent(slot: number, most: number): number;
  /** What a chunk holds: 2 a page, 1 none but what became of one (a shadow or swap entry), 0 nothing. */
  heldBy(chunk: number): number;
  /**
   * New pages in `count` neighbouring slots that hold none, on a list, with their cgroup and flags; the
   * caller counts them. Answers how many of the slots held `shadow`.
   */
  enterRun(slot: number, count: number, list: number, owner: number, flags: number, shadow: number): number;
  /** Pages of neighbouring slots that have been read in. */
  unlockRun(slot: number, count: number): void;
  /** Touches up to `most` pages for a task that reads them, the first if a boolean says so. Answers how many were there (core/runs.ts). */
  touchRun(slot: number, most: number, marksFirst: number): number;
  /** Up to 32 pages of an inactive list that belong there into `cluster`. Answers how many (core/shrink.ts). */
  isolateInactive(list: number): number;
  /** Frees `count` pages of the cluster. 0, and nothing is done: one of them needs another look (core/shrink.ts). */
  freePlain(count: number, shadow: number, now: number): number;
  /** shrink_active_list(); the last two are booleans. Answers how many pages it looked at (core/shrink.ts). */
  shrinkActive(list: number, count: number, reclaimMapped: number, swap: number): number;
  /** page_referenced(), a boolean: its own flag or the accessed bit of an entry that maps it, or did; all are cleared. */
  testAndClearReferenced(pfn: number): number;
  /** The same of folios, by the words of a cgroup (core/folio.ts). -1: one is not its own. */
  touchFolios(slot: number, most: number, marksFirst: number): number;
  /** New pages in neighbouring slots that hold none, with these flags. Answers in how many of the `count` (core/folio.ts). */
  enterFolios(slot: number, count: number, flags: number): number;
  /** Evicts `count` pages of the cluster. Answers how many leaves stand there that they leave empty; -1, and nothing is done: one of them needs another look (core/folio.ts). */
  evictFolios(count: number, shadow: number, age: number, now: number): number;
  /** Puts `count` pages of the cluster back on this list. False, and nothing is done: one of them is not locked. */
  keepLocked(list: number, count: number): boolean;
  /** Deactivates up to `count` pages from an active list's old end. Answers how many (core/folio.ts). */
  deactivateFolios(list: number, count: number): number;
  /** Where the arrays begin from now on, whose addresses stand at `address`; and how many blocks there are (arena.ts). */
  setArrays(address: number, blocks: number): void;
  /** Loads what the first `count` pages of `window` will be read by (core/read.ts). */
  lookAhead(count: number): void;
  /** Reads the pages of `window`, and says in the last two what that took. Answers where it stopped (core/read.ts). */
  readPages(from: number, to: number, calls: number, missesTo: number): number;
}

interface Exports extends Functions {
  readonly memory: {
    readonly buffer: ArrayBuffer;
    /** By so many units of 64 KiB. Throws a RangeError where they can't be had. */
    grow(units: number): number;
  };
}

export interface PageCore extends Exports {
  /** Pfns that are being looked at; nothing stands here between two calls. */
  cluster: Int32Array;
  /** Slots of pages that a task is about to read; nothing stands here between two steps. */
  window: Int32Array;
  /** What the core has loaded for each of them. */
  ahead: Int32Array;
  /** Pages that are not on a list yet; nothing stands here between two calls. */
  batch: Int32Array;
  /** Pages that a touch leaves as they are, by slot, a bit each (core/settled.ts): nobody else looks at it, and it is never saved. */
  settled: Int32Array;
  /** By the names of lone-words.ts. */
  loneTimes: Float64Array;
  loneCounts: Int32Array;
}

/** What Node and browsers have of it; TypeScript has no types for it but those of browsers. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Exports };
};

let module: object | null = null;

/** Of machines that are no more. */
const spare: PageCore[] = [];

/** For the next machine, whose memory is then there already; it must be 0 (wipe() of arena.ts), and nobody may use it any more. */
export function giveBack(core: PageCore): void {
  spare.push(core);
}

/** A core of its own, whose memory is nobody's yet. */
export function newPageCore(): PageCore {
  const given = spare.pop();
  if (given !== undefined) return given;
  module ??= new WebAssembly.Module(new Uint8Array(CORE));
  const { exports } = new WebAssembly.Instance(module);
  // One by one: spread out, every core would be laid out in its own way, and all code be compiled for each.
  return {
    add: exports.add,
    addOldest: exports.addOldest,
    remove: exports.remove,
    takeOldest: exports.takeOldest,
    rotate: exports.rotate,
    takeFrame: exports.takeFrame,
    giveFrame: exports.giveFrame,
    markPageAccessed: exports.markPageAccessed,
    countAbsent: exports.countAbsent,
    heldBy: exports.heldBy,
    enterRun: exports.enterRun,
    unlockRun: exports.unlockRun,
    touchRun: exports.touchRun,
    isolateInactive: exports.isolateInactive,
    freePlain: exports.freePlain,
    shrinkActive: exports.shrinkActive,
    testAndClearReferenced: exports.testAndClearReferenced,
    touchFolios: exports.touchFolios,
    enterFolios: exports.enterFolios,
    evictFolios: exports.evictFolios,
    keepLocked: exports.keepLocked,
    deactivateFolios: exports.deactivateFolios,
    lookAhead: exports.lookAhead,
    readPages: exports.readPages,
    setArrays: exports.setArrays,
    memory: exports.memory,
    cluster: new Int32Array(),
    window: new Int32Array(),
    ahead: new Int32Array(),
    batch: new Int32Array(),
    settled: new Int32Array(),
    loneTimes: new Float64Array(),
    loneCounts: new Int32Array(),
  };
}
