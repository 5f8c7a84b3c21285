/** The page core: what works on nothing but arrays of pages, and on millions of them. */
export { markPageAccessed } from './access.ts';
export { deactivateFolios, enterFolios, evictFolios, keepLocked, touchFolios } from './folio.ts';
export { giveFrame, takeFrame } from './frames.ts';
export { add, addOldest, remove, rotate, takeOldest } from './lists.ts';
export { setArrays } from './memory.ts';
export { lookAhead, readPages } from './read.ts';
export { countAbsent, enterRun, heldBy, touchRun, unlockRun } from './runs.ts';
export { freePlain, isolateInactive, shrinkActive, testAndClearReferenced } from './shrink.ts';
