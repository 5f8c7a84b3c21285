import type { Mapping, MemCgroup, Mm, Page, Shadow, Swapped } from './types.ts';

/** Page tables, and where pages lie on the disk: a mapping gets blocks of 512 pages when it first looks at one. */

const EXTENT = 512;

export const newMapping = (name: string, anonymous: boolean): Mapping => ({
  name,
  anonymous,
  pages: new Map(),
  extents: [],
  length: 0,
  nrDirty: 0,
  dirtiedWhen: 0,
  writebackPage: 0,
});

export function openFile(mm: Mm, name: string, length: number): Mapping {
  const mapping = mm.files.get(name) ?? newMapping(name, false);
  mm.files.set(name, mapping);
  mapping.length = Math.max(mapping.length, length);
  return mapping;
}

/** The block of a page, from now on its own: free_extents first, then new ones. */
export function blockOf(mm: Mm, mapping: Mapping, index: number): number {
  const at = Math.floor(index / EXTENT);
  if (at >= mapping.extents.length) {
    const length = Math.max(4, 2 ** Math.ceil(Math.log2(at + 1)));
    while (mapping.extents.length < length) mapping.extents.push(-1);
  }
  if (mapping.extents[at] < 0) {
    const extent = mm.freeExtents.pop() ?? mm.extents.length;
    mm.extents[extent] = { mapping, at };
    mapping.extents[at] = extent;
  }
  return mapping.extents[at] * EXTENT + (index % EXTENT);
}

/** The resident page, without making room for one. */
export function peek(mapping: Mapping, index: number): Page | null {
  const entry = mapping.pages.get(index);
  return entry?.kind === 'page' ? entry : null;
}

/** find_get_page() */
export function findPage(mm: Mm, mapping: Mapping, index: number): Page | null {
  blockOf(mm, mapping, index);
  return peek(mapping, index);
}

/** Whichever page has this block now. */
export function pageAtBlock(mm: Mm, block: number): Page | null {
  const extent = mm.extents[Math.floor(block / EXTENT)];
  return extent === null ? null : peek(extent.mapping, extent.at * EXTENT + (block % EXTENT));
}

export const isExtentEnd = (index: number): boolean => index % EXTENT === EXTENT - 1;

/** Resident pages from an index on, in order. */
export function residentFrom(mapping: Mapping, from: number): Page[] {
  return [...mapping.pages.values()]
    .filter((entry): entry is Page => entry.kind === 'page' && entry.index >= from)
    .sort((a, b) => a.index - b.index);
}

export function setEntry(page: Pick<Page, 'mapping' | 'index'>, entry: Page | Shadow | Swapped | null): void {
  if (entry === null) page.mapping.pages.delete(page.index);
  else page.mapping.pages.set(page.index, entry);
}

export const evictedFrom = (memcg: MemCgroup): Shadow => ({ kind: 'shadow', memcg });

/** Forgets all from a page on, and gives back the blocks of whole extents, unless a device may be at them. */
export function forgetFrom(mm: Mm, mapping: Mapping, from: number): void {
  for (const index of [...mapping.pages.keys()]) if (index >= from) mapping.pages.delete(index);
  if (!mapping.anonymous && mm.devices.some((device) => device.queue.length > 0)) return;
  for (let at = Math.ceil(from / EXTENT); at < mapping.extents.length; at += 1) {
    const extent = mapping.extents[at];
    if (extent < 0) continue;
    mapping.extents[at] = -1;
    mm.extents[extent] = null;
    mm.freeExtents.push(extent);
  }
}

/** Dirty pages from where the flusher stood on, round the end; `visit` says whether it may go on. */
export function flushFrom(mapping: Mapping, mayGoOn: () => boolean, visit: (page: Page) => void): void {
  let index = mapping.writebackPage;
  const end = mapping.extents.length * EXTENT;
  for (let visited = 0; visited <= mapping.extents.length && mayGoOn() && mapping.nrDirty > 0; visited += 1) {
    if (index >= end) index = 0;
    const next = (Math.floor(index / EXTENT) + 1) * EXTENT;
    for (; index < next && mayGoOn(); index += 1) {
      const page = peek(mapping, index);
      if (page?.dirty && !page.writeback) visit(page);
    }
    if (index < next) break;
  }
  mapping.writebackPage = index;
}
