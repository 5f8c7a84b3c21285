import type { Numbers } from '../kernel/arrays.ts';
import type { Mm } from './kernel.ts';
import {
  BLOCK_SHIFT,
  BLOCKS,
  FOLIO_BATCH,
  FRESH,
  HEADS,
  LEAVES_PER_CHUNK,
  LIST_SHIFT,
  SLOTS_PER_CHUNK,
  SPARSE,
  SWAP_CLUSTER_MAX,
  WINDOW,
} from './layout.ts';
import { LONE_COUNTS, LONE_TIMES } from './lone-words.ts';
import { TooLarge } from './too-large.ts';

/**
 * The arrays that the page core and the rest of mm share: one after the other in the core's memory.
 * Those whose length may change come last.
 */

/** Here stand their addresses, and from here on they themselves. */
const ADDRESSES = 1024;
const BEGIN = 2048;
const UNIT = 2 ** 16;
const MOST = 2 ** 32;
/** Arrays begin where cache lines do. */
const LINE = 64;

/**
 * Lays the arrays out, with room for the lists of all cgroups and for so many chunks of slots; what they
 * held they keep, and the rest is 0. Arrays that were taken from `mm` before must not be used any more.
 * Throws a TooLarge if they don't fit into 4 GiB.
 */
export function layOut(mm: Mm, chunks: number): void {
  const { core } = mm;
  const before = core.memory.buffer;
  const lists = listsOf(mm);
  const blocks = blocksFor(mm.nrPages, lists);
  const regions = regionsOf(mm, lists, blocks, chunks);
  const pieces: { from: number; to: number; kept: number; bytes: number }[] = [];
  let top = BEGIN;
  for (const { array, bytes, used } of regions) {
    const { buffer, byteOffset: from, byteLength, BYTES_PER_ELEMENT } = array;
    const kept = buffer === before ? Math.min(byteLength, used * BYTES_PER_ELEMENT) : 0;
    pieces.push({ from, to: top, kept, bytes });
    top += Math.ceil(bytes / LINE) * LINE;
  }
  if (top > MOST) throw new TooLarge();
  const length = before.byteLength;
  if (top > length) core.memory.grow(Math.ceil((top - length) / UNIT));
  const { buffer } = core.memory;
  const all = new Uint8Array(buffer);
  // The last first: each moves to where the one behind it has been.
  for (const { from, to, kept, bytes } of pieces.toReversed()) {
    if (from !== to && kept > 0) all.copyWithin(to, from, from + kept);
    // The rest of it is 0 but for what was there before: to write to more would have the host give it.
    for (const old of pieces)
      all.fill(0, Math.max(to + kept, old.from), Math.min(to + bytes, old.from + old.kept));
  }
  for (const [i, { place }] of regions.entries()) place(buffer, pieces[i].to);
  new Int32Array(buffer, ADDRESSES, pieces.length).set(pieces.map(({ to }) => to));
  core.setArrays(ADDRESSES, blocks);
}

/** Makes all of it 0 that was ever used. */
export function wipe(mm: Mm): void {
  const lists = listsOf(mm);
  const regions = regionsOf(mm, lists, blocksFor(mm.nrPages, lists), mm.tables.chunks);
  for (const { array, used } of regions) array.fill(0, 0, used);
}

export const isHalfEmpty = ({ core }: Mm): boolean => core.memory.buffer.byteLength <= MOST / 2;

/** Chunks that there can be at most, beside the rest. */
export function chunksThatFit(mm: Mm): number {
  const lists = listsOf(mm);
  const bytesWith = (chunks: number): number =>
    regionsOf(mm, lists, blocksFor(mm.nrPages, lists), chunks).reduce(
      (sum, { bytes }) => sum + bytes + LINE,
      BEGIN,
    );
  const rest = bytesWith(0);
  return Math.floor((MOST - rest) / (bytesWith(1) - rest));
}

interface Region {
  readonly array: Numbers;
  /** How long it is to be. */
  readonly bytes: number;
  /** Beyond these elements nothing was ever written. */
  readonly used: number;
  readonly place: (buffer: ArrayBuffer, at: number) => void;
}

/** In the order of setArrays(), core/memory.ts. */
function regionsOf(mm: Mm, lists: number, blocks: number, chunks: number): Region[] {
  const { core, frames, heads, lru, tables, nrPages } = mm;
  const pfns = nrPages + 1;
  const fresh = heads[FRESH];
  const perChunk = <A extends Numbers, N extends string>(
    kind: Kind<A>,
    each: number,
    holder: Record<N, A>,
    name: N,
  ): Region => region(kind, chunks * each, holder, name, tables.chunks * each);
  return [
    region(Float64Array, LONE_TIMES, core, 'loneTimes'),
    region(Int32Array, LONE_COUNTS, core, 'loneCounts'),
    region(Int32Array, HEADS, mm, 'heads'),
    region(Int32Array, SWAP_CLUSTER_MAX, core, 'cluster'),
    region(Int32Array, WINDOW, core, 'window'),
    region(Int32Array, WINDOW, core, 'ahead'),
    region(Int32Array, FOLIO_BATCH, core, 'batch'),
    region(Int32Array, pfns, frames, 'slot', fresh),
    region(Uint16Array, pfns, frames, 'flags', fresh),
    region(Uint16Array, pfns, frames, 'memcg', fresh),
    region(Int32Array, nrPages, frames, 'freed', fresh),
    region(Int32Array, pfns, lru, 'place', fresh),
    region(Int32Array, lists << LIST_SHIFT, lru, 'lists'),
    region(Int32Array, blocks << BLOCK_SHIFT, lru, 'places', heads[BLOCKS] << BLOCK_SHIFT),
    perChunk(Int32Array, SLOTS_PER_CHUNK, tables, 'slots'),
    perChunk(Uint8Array, SLOTS_PER_CHUNK, tables, 'young'),
    perChunk(Int32Array, SLOTS_PER_CHUNK >> 5, core, 'settled'),
    perChunk(Float64Array, 1, tables, 'chunkEvicted'),
    perChunk(Int32Array, mm.workingset ? SLOTS_PER_CHUNK : 0, tables, 'ages'),
    perChunk(Uint16Array, mm.workingset ? LEAVES_PER_CHUNK : 0, tables, 'leafOwner'),
    perChunk(Uint8Array, mm.workingset ? LEAVES_PER_CHUNK : 0, tables, 'leafPages'),
  ];
}

interface Kind<A> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, at: number, length: number): A;
}

function region<A extends Numbers, N extends string>(
  kind: Kind<A>,
  length: number,
  holder: Record<N, A>,
  name: N,
  used = length,
): Region {
  return {
    array: holder[name],
    bytes: length * kind.BYTES_PER_ELEMENT,
    used,
    place: (buffer, at) => {
      holder[name] = new kind(buffer, at, length);
    },
  };
}

/** Cgroups that there is room for at first. */
const FIRST_MEMCGS = 16;

/** For a power of two of cgroups, since all is moved where there is no more room. */
const listsOf = ({ nodes, lists, memcgs }: Mm): number =>
  lists * nodes * Math.max(FIRST_MEMCGS, 2 ** Math.ceil(Math.log2(memcgs.length)));

/** For a cgroup that is new. */
export function makeRoomForLists(mm: Mm): void {
  if (listsOf(mm) << LIST_SHIFT > mm.lru.lists.length) layOut(mm, mm.tables.chunkMapping.length);
}

/**
 * Blocks that so many pages take at the most: of two neighbours of a list one has more than SPARSE pages,
 * but for the two oldest and the two youngest; and none is empty. Block 0 is none, and one may be begun
 * before another is given back.
 */
const blocksFor = (pages: number, lists: number): number =>
  2 + Math.min(pages, Math.ceil((2 * pages) / (SPARSE + 1)) + 4 * lists);
