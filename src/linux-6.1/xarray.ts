import { CHUNK_SHIFT, LEAF_SHIFT, LEAVES_PER_CHUNK, SLOTS_PER_CHUNK } from '../mm/layout.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { mappingOfSlot } from '../mm/page-table.ts';
import type { Mapping } from '../mm/types.ts';
import { changesEach } from './rstat.ts';
import { countSlab, refillObjStock } from './stock.ts';
import { isRoot } from './tree.ts';
import type { Cpu, MemCgroup, Mm, PageTree } from './types.ts';

/**
 * lib/xarray.c: the page cache's index as far as it is charged. A file's pages and shadow entries stand in nodes of 64
 * slots, those in nodes of 64 nodes, and so on; a lone page 0 needs none. A node belongs to whose task made it. A node
 * that holds nothing but shadow entries is one that the shrinker may take.
 */

const SHIFT = LEAF_SHIFT;
/** struct radix_tree_node (584 bytes) in its slab, and whose it is. */
export const NODE_BYTES = 592;
/** By level: pages below a node. */
const SPAN = Array.from({ length: 8 }, (_, level) => 2 ** (SHIFT * level));
/** In the key of an inner node, above its number. */
const LEVEL = 2 ** 40;

export const leafOf = (slot: number): number => slot >> SHIFT;

/** Slots from this one to the end of its leaf. */
export const slotsToLeafEnd = (slot: number): number => (1 << SHIFT) - (slot & ((1 << SHIFT) - 1));

/** Its leaf holds no page. */
export const isEmptyLeaf = ({ tables: { leafPages } }: Mm, slot: number): boolean =>
  leafPages[leafOf(slot)] === 0;

/** Whether a page's entry needs no new node. */
export const hasNode = ({ tables: { leafOwner } }: Mm, slot: number): boolean => leafOwner[leafOf(slot)] > 0;

/**
 * xas_create(): makes the nodes that an entry for this page needs; `charge` is called for each before it is there, and
 * says whether it may be.
 */
export function makeNodes(
  mm: Mm,
  mapping: Mapping,
  page: number,
  slot: number,
  memcg: MemCgroup,
  charge: () => boolean,
): boolean {
  const { leafOwner } = mm.tables;
  const tree = treeOf(mm, mapping);
  if (tree.height < 0 && page === 0) {
    tree.height = 0;
    return true;
  }
  let need = 1;
  while (page >= SPAN[need]) need += 1;
  // xas_expand(): new tops above what is there, which is at page 0.
  for (let height = tree.height; height >= 0 && height < need; height += 1) {
    if (!charge()) return false;
    if (height === 0) leafOwner[leafOf(slotOfPage0(mapping))] = memcg.id;
    else tree.inner.set(key(height, 0), { owner: memcg.id, children: 1 });
    tree.height = height + 1;
  }
  if (tree.height < 0) tree.height = need;
  for (let level = tree.height - 1; level >= 1; level -= 1) {
    const at = key(level, numberAt(page, level));
    if (tree.inner.has(at)) continue;
    if (!charge()) return false;
    tree.inner.set(at, { owner: memcg.id, children: 0 });
    countChild(tree, level + 1, page);
  }
  const leaf = leafOf(slot);
  if (leafOwner[leaf] > 0) return true;
  if (!charge()) return false;
  leafOwner[leaf] = memcg.id;
  countChild(tree, 1, page);
  return true;
}

const key = (level: number, number: number): number => level * LEVEL + number;
const numberAt = (page: number, level: number): number => Math.floor(page / SPAN[level + 1]);
const slotOfPage0 = ({ directory }: Mapping): number => directory[0] << CHUNK_SHIFT;

function treeOf({ own: { trees } }: Mm, { id }: Mapping): PageTree {
  const known = trees.get(id);
  if (known !== undefined) return known;
  const made: PageTree = { height: -1, inner: new Map() };
  trees.set(id, made);
  return made;
}

function countChild(tree: PageTree, level: number, page: number): void {
  const above = tree.inner.get(key(level, numberAt(page, level)));
  if (above !== undefined) above.children += 1;
}

/** workingset_update_node(): a page has come into a leaf. */
export function entryCame(mm: Mm, slot: number): void {
  const { leafPages } = mm.tables;
  const leaf = leafOf(slot);
  leafPages[leaf] += 1;
  if (leafPages[leaf] === 1) leafFilled(mm, slot);
}

/** The leaf of this slot holds a page again. */
export function leafFilled(mm: Mm, slot: number): void {
  const leaf = leafOf(slot);
  const owner = mm.tables.leafOwner[leaf];
  if (owner === 0) return;
  const memcg = memcgOf(mm, owner);
  // WORKINGSET_NODES
  if (memcg.shadowNodes.delete(leaf)) changesEach(mm, memcg, 1);
}

/** A page has left a leaf, and a shadow entry is in its place. */
export function entryLeft(mm: Mm, slot: number): void {
  const { leafPages } = mm.tables;
  const leaf = leafOf(slot);
  leafPages[leaf] -= 1;
  if (leafPages[leaf] === 0) leafEmptied(mm, leaf);
}

/** It holds nothing but shadow entries. */
export function leafEmptied(mm: Mm, leaf: number): void {
  const owner = mm.tables.leafOwner[leaf];
  if (owner === 0) return;
  const memcg = memcgOf(mm, owner);
  changesEach(mm, memcg, 1);
  memcg.shadowNodes.add(leaf);
}

/** A page has left its slot for good, with nothing in its place. */
export function entryGone(mm: Mm, slot: number): void {
  const { leafPages } = mm.tables;
  const leaf = leafOf(slot);
  leafPages[leaf] -= 1;
  if (leafPages[leaf] > 0) return;
  if (holdsEntries(mm, leaf)) leafEmptied(mm, leaf);
  else freeLeaf(mm, leaf);
}

/** invalidate_exceptional_entry(): drop_caches and POSIX_FADV_DONTNEED take what stays of evicted pages, too. */
export function clearShadowEntry(mm: Mm, slot: number): void {
  const leaf = leafOf(slot);
  mm.tables.slots[slot] = 0;
  if (mm.tables.leafPages[leaf] === 0 && !holdsEntries(mm, leaf)) freeLeaf(mm, leaf);
}

function holdsEntries(mm: Mm, leaf: number): boolean {
  const first = leaf << SHIFT;
  for (let at = first; at < first + 2 ** SHIFT; at += 1) {
    if (mm.tables.slots[at] !== 0) return true;
  }
  return false;
}

/** The nodes of a chunk whose pages and shadow entries are gone. */
export function freeLeaves(mm: Mm, chunk: number): void {
  const first = chunk * LEAVES_PER_CHUNK;
  for (let leaf = first; leaf < first + LEAVES_PER_CHUNK; leaf += 1) freeLeaf(mm, leaf);
}

/** scan_shadow_nodes() and delete_node(): up to so many nodes that have held nothing but shadow entries longest go with them. */
export function reclaimNodes(mm: Mm, memcg: MemCgroup, count: number): void {
  let left = count;
  for (const oldest of memcg.shadowNodes) {
    if (left === 0) return;
    left -= 1;
    mm.tables.slots.fill(0, oldest << SHIFT, (oldest + 1) << SHIFT);
    memcg.counts.nodereclaim += 1;
    freeLeaf(mm, oldest);
  }
}

function freeLeaf(mm: Mm, leaf: number): void {
  const { trees } = mm.own;
  const { leafOwner } = mm.tables;
  const owner = leafOwner[leaf];
  const slot = leaf << SHIFT;
  const { id, directory } = mappingOfSlot(mm, slot);
  const tree = trees.get(id);
  if (tree === undefined) return;
  if (owner === 0) {
    // Page 0 alone.
    if (tree.height === 0 && directory[0] === slot >> CHUNK_SHIFT && (slot & (SLOTS_PER_CHUNK - 1)) === 0)
      trees.delete(id);
    return;
  }
  freeNode(mm, owner);
  memcgOf(mm, owner).shadowNodes.delete(leaf);
  leafOwner[leaf] = 0;
  const chunk = slot >> CHUNK_SHIFT;
  const page = mm.tables.chunkPlace[chunk] * SLOTS_PER_CHUNK + (slot & (SLOTS_PER_CHUNK - 1));
  for (let level = 1; level < tree.height; level += 1) {
    const at = key(level, numberAt(page, level));
    const inner = tree.inner.get(at);
    if (inner === undefined) break;
    inner.children -= 1;
    if (inner.children > 0) return;
    freeNode(mm, inner.owner);
    tree.inner.delete(at);
  }
  if (tree.inner.size === 0) trees.delete(id);
}

/** kmem_cache_free(): its bytes are the CPU's stock's. The root's own are nobody's. */
function freeNode(mm: Mm, owner: number): void {
  const memcg = memcgOf(mm, owner);
  if (isRoot(memcg) && memcg.kmem === 0) return;
  const cpu = currentCpu(mm);
  refillObjStock(mm, cpu, memcg, NODE_BYTES, true);
  countSlab(mm, cpu, memcg, -NODE_BYTES);
}

const currentCpu = ({ own: { cpus }, sched: { current } }: Mm): Cpu => cpus[current?.cpu ?? 0];

/** memcg_reparent_objcgs(), memcg_reparent_list_lrus() */
export function reparentNodes(mm: Mm, memcg: MemCgroup, parent: MemCgroup): void {
  const { leafOwner } = mm.tables;
  if (memcg.kmem === 0) return;
  for (let leaf = leafOwner.indexOf(memcg.id); leaf >= 0; leaf = leafOwner.indexOf(memcg.id, leaf + 1))
    leafOwner[leaf] = parent.id;
  const { trees } = mm.own;
  for (const { inner } of trees.values()) {
    for (const node of inner.values()) if (node.owner === memcg.id) node.owner = parent.id;
  }
  for (const leaf of memcg.shadowNodes) parent.shadowNodes.add(leaf);
  memcg.shadowNodes.clear();
}
