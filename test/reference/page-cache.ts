import { allocFrame, chargePage, moveLists, unchargeAndFree } from './memcontrol.ts';
import { forgetFrom, residentFrom, setEntry } from './page-table.ts';
import type { Mapping, Mm, Page, Task } from './types.ts';
import { clearPageDirty } from './writeback.ts';

/** Adding pages, touching them, taking them out. */

export function newPage(mm: Mm, task: Task, mapping: Mapping, index: number): Page {
  const { anonymous } = mapping;
  const page: Page = {
    kind: 'page',
    mapping,
    index,
    node: allocFrame(mm, task.node),
    anonymous,
    memcg: task.memcg,
    locked: false,
    referenced: false,
    dirty: false,
    writeback: false,
    readahead: false,
    // Anonymous pages begin active, and just touched.
    active: anonymous,
    onActiveList: anonymous,
    mapped: false,
    young: anonymous,
  };
  setEntry(page, page);
  mm.sched.cost += mm.costs.charge;
  chargePage(mm, page);
  return page;
}

/** add_to_page_cache_lru(), after tryCharge() said yes. */
export function addToPageCache(mm: Mm, task: Task, mapping: Mapping, index: number): Page {
  const before = mapping.pages.get(index);
  if (before?.kind === 'shadow' && before.memcg === task.memcg) task.memcg.stat.refaults += 1;
  return newPage(mm, task, mapping, index);
}

/** mark_page_accessed(): the first touch marks an inactive page, the second activates it. */
export function markPageAccessed(page: Page): void {
  if (!page.referenced) {
    page.referenced = true;
  } else if (!page.active) {
    page.referenced = false;
    page.active = true;
    moveLists(page, true);
  }
}

function removeFromPageCache(mm: Mm, page: Page): void {
  clearPageDirty(mm, page);
  page.writeback = false;
  setEntry(page, null);
  unchargeAndFree(mm, page);
}

/** drop_caches: what is clean and in nobody's hands. */
export function invalidateMapping(mm: Mm, mapping: Mapping): void {
  for (const page of residentFrom(mapping, 0)) {
    if (!page.dirty && !page.locked && !page.mapped && !page.writeback) removeFromPageCache(mm, page);
  }
}

/** truncate(2): what lies beyond is gone, dirty or not. */
export function truncateMapping(mm: Mm, mapping: Mapping, length: number): void {
  for (const page of residentFrom(mapping, length)) removeFromPageCache(mm, page);
  forgetFrom(mm, mapping, length);
  mapping.length = length;
}
