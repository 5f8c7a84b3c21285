import { ACTIVE_LIST } from '../layout.ts';
import { PC_ACTIVE, PG_ACTIVE, PG_REFERENCED } from '../page-flags.ts';
import { add, remove } from './lists.ts';
import { flags } from './memory.ts';

/** mark_page_accessed(): the first touch marks a page, the second activates one that is inactive. */
export function markPageAccessed(page: i32): void {
  const bits = flags[page];
  if ((bits & PG_REFERENCED) === 0) {
    flags[page] = bits | PG_REFERENCED;
  } else if ((bits & PG_ACTIVE) === 0) {
    flags[page] = (bits | PG_ACTIVE | PC_ACTIVE) & ~PG_REFERENCED;
    // mem_cgroup_move_lists()
    add(remove(page) | ACTIVE_LIST, page);
  }
}
