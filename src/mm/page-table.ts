import { grown } from '../kernel/arrays.ts';
import { TIME_0 } from '../kernel/units.ts';
import { chunksThatFit, isHalfEmpty, layOut } from './arena.ts';
import type { Mm } from './kernel.ts';
import { CHUNK_SHIFT, SLOTS_PER_CHUNK } from './layout.ts';
import { TooLarge } from './too-large.ts';
import type { Mapping } from './types.ts';
import { excessChunks, mostShadowChunks } from './workingset.ts';

/**
 * The page tables of files (the kernel's radix trees) and of anonymous memory:
 * a two-level table into one arena of slots.
 */

/** Of a page or a slot within its chunk. */
const OFFSET = SLOTS_PER_CHUNK - 1;
/** Pages below this are small integers, and shifts do for divisions. */
export const SMALL_PAGE = 2 ** 31;
/** Files end here: 2^33 pages, 32 TiB. */
export const MAX_FILE_PAGES = 2 ** 33;

/** Slots at or below this hold a swap entry, above it a shadow entry (workingset.ts); cgroup ids fit 16 bits. */
const FIRST_SWAP = -1 - 2 ** 16;
export const isSwapped = (content: number): boolean => content <= FIRST_SWAP;
export const swapEntryOf = (content: number): number => FIRST_SWAP - content;
export const swapContent = (entry: number): number => FIRST_SWAP - entry;

export const LEAST_CHUNKS = 64;

/** Of a machine that is not a great one there is room for more pages than it has frames. */
const ROOMY = 2 ** 24;

/** Room for the pages of the machine and what was evicted: to grow is to copy all, and what is not used takes no memory. */
export function newPageTables(nrPages: number): Mm['tables'] {
  const slots = Math.max(nrPages, Math.min(32 * nrPages, ROOMY));
  const chunks = Math.max(LEAST_CHUNKS, Math.ceil(slots / SLOTS_PER_CHUNK));
  return {
    slots: new Int32Array(),
    ages: new Int32Array(),
    leafOwner: new Uint16Array(),
    leafPages: new Uint8Array(),
    young: new Uint8Array(),
    chunkMapping: new Int32Array(chunks).fill(-1),
    chunkPlace: new Int32Array(chunks),
    chunkDirty: new Int32Array(chunks),
    chunkEvicted: new Float64Array(),
    chunks: 0,
    freeChunks: [],
  };
}

export function newMapping(mm: Mm, name: string, anonymous: boolean): Mapping {
  const mapping: Mapping = {
    id: mm.freeMappings.pop() ?? mm.mappings.length,
    anonymous,
    name,
    directory: new Int32Array(0),
    length: 0,
    nrDirty: 0,
    dirtiedWhen: TIME_0,
    writebackPage: 0,
    mmapped: 0,
  };
  mm.mappings[mapping.id] = mapping;
  return mapping;
}

/** The slot of a page, or -1 where no page of that chunk was ever there. */
export function findSlot(mapping: Mapping, page: number): number {
  const { directory } = mapping;
  if (page < nearPages(directory)) return findNearSlot(directory, page);
  const chunk = directory[Math.floor(page / SLOTS_PER_CHUNK)] ?? -1;
  return chunk < 0 ? -1 : (chunk << CHUNK_SHIFT) + (page % SLOTS_PER_CHUNK);
}

/** Pages below this have a place in the directory, and are small integers. */
export const nearPages = ({ length }: Int32Array): number => Math.min(SMALL_PAGE, length * SLOTS_PER_CHUNK);

/** The same for a page below nearPages(): for those who look up many. */
export function findNearSlot(directory: Int32Array, page: number): number {
  const near = page | 0;
  const chunk = directory[near >> CHUNK_SHIFT];
  return chunk < 0 ? -1 : (chunk << CHUNK_SHIFT) + (near & OFFSET);
}

/** The slot of a page, made when it isn't there. */
export function slotOf(mm: Mm, mapping: Mapping, page: number): number {
  const slot = findSlot(mapping, page);
  return slot >= 0 ? slot : makeSlot(mm, mapping, page);
}

function makeSlot(mm: Mm, mapping: Mapping, page: number): number {
  const at = Math.floor(page / SLOTS_PER_CHUNK);
  if (at >= mapping.directory.length) {
    const size = Math.max(4, 2 ** Math.ceil(Math.log2(at + 1)));
    mapping.directory = grown(mapping.directory, new Int32Array(size).fill(-1));
  }
  const { tables } = mm;
  const chunk = tables.freeChunks.pop() ?? nextChunk(mm);
  mapping.directory[at] = chunk;
  tables.chunkMapping[chunk] = mapping.id;
  tables.chunkPlace[chunk] = at;
  const first = chunk * SLOTS_PER_CHUNK;
  // A page of the host's that is read before it is written to is faulted in twice; a chunk lies in two at the most.
  tables.slots[first] = 0;
  tables.slots[first + OFFSET] = 0;
  return first + (page % SLOTS_PER_CHUNK);
}

function nextChunk(mm: Mm): number {
  const { tables } = mm;
  const kept = mostShadowChunks(mm);
  // To look is to look at all: done when half of what is kept has come anew, and each time if that frees as much.
  const stride = Math.max(LEAST_CHUNKS, kept >> 1);
  if (tables.chunks % stride === 0) {
    letGo(mm, kept);
    if (tables.freeChunks.length >= stride) return tables.freeChunks.pop() ?? 0;
  }
  if (tables.chunks === tables.chunkMapping.length) {
    const fit = chunksThatFit(mm);
    if (fit <= tables.chunks) return lastChunk(mm);
    growTables(mm, Math.min(2 * tables.chunks, fit));
  }
  tables.chunks += 1;
  return tables.chunks - 1;
}

function letGo(mm: Mm, kept: number): void {
  for (const chunk of excessChunks(mm, kept)) freeChunk(mm, chunk);
}

/** Where there is no room for more: shadows give way, half of what could be there, and then all. Throws a TooLarge. */
function lastChunk(mm: Mm): number {
  const { freeChunks, chunks } = mm.tables;
  if (freeChunks.length === 0) letGo(mm, chunks >> 1);
  if (freeChunks.length === 0) letGo(mm, 0);
  const chunk = freeChunks.pop();
  if (chunk === undefined) throw new TooLarge();
  return chunk;
}

/** What is taken between two looks at whether there is room is less, by far. */
const ROOM = 2 ** 16;

/** There is hardly room for more pages, however many shadows give way: who goes on comes to a TooLarge. */
export function isFull(mm: Mm): boolean {
  if (isHalfEmpty(mm)) return false;
  const { chunks, freeChunks } = mm.tables;
  const room = chunksThatFit(mm) - chunks + freeChunks.length;
  return room < ROOM && room + excessChunks(mm, 0).length < ROOM;
}

function growTables(mm: Mm, chunks: number): void {
  const { tables } = mm;
  layOut(mm, chunks);
  tables.chunkMapping = grown(tables.chunkMapping, new Int32Array(chunks).fill(-1));
  tables.chunkPlace = grown(tables.chunkPlace, new Int32Array(chunks));
  tables.chunkDirty = grown(tables.chunkDirty, new Int32Array(chunks));
}

/**
 * Forgets all from a page on; no page may be resident there. A chunk that a
 * device may be reading into or writing from (a file's) is emptied and kept.
 */
export function freeChunks(mm: Mm, mapping: Mapping, fromPage: number, onDisk = !mapping.anonymous): void {
  const first = Math.ceil(fromPage / SLOTS_PER_CHUNK);
  const cut = findSlot(mapping, fromPage);
  if (cut >= 0) mm.tables.slots.fill(0, cut, (Math.floor(cut / SLOTS_PER_CHUNK) + 1) * SLOTS_PER_CHUNK);
  const busy = onDisk && mm.devices.some((device) => device.length > 0);
  for (let at = first; at < mapping.directory.length; at += 1) {
    const chunk = mapping.directory[at];
    if (chunk < 0) continue;
    if (busy) {
      mm.tables.slots.fill(0, chunk * SLOTS_PER_CHUNK, (chunk + 1) * SLOTS_PER_CHUNK);
      mm.kernel.chunkFreed(mm, chunk);
      continue;
    }
    freeChunk(mm, chunk);
  }
}

/** No page may be resident there. */
function freeChunk(mm: Mm, chunk: number): void {
  const { tables } = mm;
  const mapping = mm.mappings[tables.chunkMapping[chunk]];
  mm.kernel.chunkFreed(mm, chunk);
  if (mapping) mapping.directory[tables.chunkPlace[chunk]] = -1;
  tables.chunkMapping[chunk] = -1;
  tables.chunkDirty[chunk] = 0;
  tables.slots.fill(0, chunk * SLOTS_PER_CHUNK, (chunk + 1) * SLOTS_PER_CHUNK);
  tables.young.fill(0, chunk * SLOTS_PER_CHUNK, (chunk + 1) * SLOTS_PER_CHUNK);
  tables.freeChunks.push(chunk);
}

/** Slots from this one to the end of its chunk. */
export const slotsToChunkEnd = (slot: number): number => SLOTS_PER_CHUNK - (slot & OFFSET);

export const mappingOfSlot = (mm: Mm, slot: number): Mapping => {
  const mapping = mm.mappings[mm.tables.chunkMapping[slot >> CHUNK_SHIFT]];
  if (mapping === null || mapping === undefined) throw new Error(`slot ${slot} belongs to no mapping`);
  return mapping;
};
