import type { ValueKind } from '../../fs/types.ts';
import { PAGE_SIZE } from '../../kernel/units.ts';
import { treePages } from '../lruvec.ts';
import { sumOf } from '../tree.ts';
import { ACTIVE_ANON, ACTIVE_FILE, INACTIVE_ANON, INACTIVE_FILE, type MemCgroup, type Mm } from '../types.ts';

/** memory_stat_format(): the names of 6.1, in their order. What is not emulated is 0. */

type Count = (memcg: MemCgroup) => number;
const NOTHING: Count = () => 0;
const slabBytes: Count = ({ slab }) => slab;

/** Of each cgroup of the tree: pages, which are shown in bytes; bytes; and counts. */
const PAGES: Readonly<Record<string, Count>> = {
  anon: ({ anon }) => anon,
  file: ({ file }) => file,
  kernel: ({ kmem }) => kmem,
  kernel_stack: NOTHING,
  pagetables: ({ pageTables }) => pageTables,
  sec_pagetables: NOTHING,
  percpu: NOTHING,
  sock: NOTHING,
  vmalloc: NOTHING,
  shmem: ({ shmem }) => shmem,
  zswap: NOTHING,
  zswapped: NOTHING,
  file_mapped: ({ fileMapped }) => fileMapped,
  file_dirty: ({ unwritten }) => unwritten.dirty,
  file_writeback: ({ unwritten }) => unwritten.underWriteback,
  swapcached: ({ swapCached }) => swapCached,
};

const LISTS: Readonly<Record<string, number>> = {
  inactive_anon: INACTIVE_ANON,
  active_anon: ACTIVE_ANON,
  inactive_file: INACTIVE_FILE,
  active_file: ACTIVE_FILE,
};

const BYTES: Readonly<Record<string, Count>> = {
  unevictable: NOTHING,
  slab_reclaimable: slabBytes,
  slab_unreclaimable: NOTHING,
  slab: slabBytes,
};

const COUNTS: Readonly<Record<string, Count>> = {
  workingset_refault_anon: ({ counts }) => counts.refault[0],
  workingset_refault_file: ({ counts }) => counts.refault[1],
  workingset_activate_anon: ({ counts }) => counts.activate[0],
  workingset_activate_file: ({ counts }) => counts.activate[1],
  workingset_restore_anon: ({ counts }) => counts.restore[0],
  workingset_restore_file: ({ counts }) => counts.restore[1],
  workingset_nodereclaim: ({ counts }) => counts.nodereclaim,
  pgscan: ({ counts }) => counts.pgscanKswapd + counts.pgscanDirect,
  pgsteal: ({ counts }) => counts.pgstealKswapd + counts.pgstealDirect,
  pgscan_kswapd: ({ counts }) => counts.pgscanKswapd,
  pgscan_direct: ({ counts }) => counts.pgscanDirect,
  pgsteal_kswapd: ({ counts }) => counts.pgstealKswapd,
  pgsteal_direct: ({ counts }) => counts.pgstealDirect,
  pgfault: ({ counts }) => counts.pgfault,
  pgmajfault: ({ counts }) => counts.pgmajfault,
  pgrefill: ({ counts }) => counts.pgrefill,
  pgactivate: ({ counts }) => counts.pgactivate,
  pgdeactivate: ({ counts }) => counts.pgdeactivate,
  pglazyfree: NOTHING,
  pglazyfreed: NOTHING,
  zswpin: NOTHING,
  zswpout: NOTHING,
};

export const STAT_KINDS: Readonly<Record<string, ValueKind>> = Object.fromEntries(
  [...Object.keys(PAGES), ...Object.keys(LISTS), ...Object.keys(BYTES)].map((name) => [name, 'bytes']),
);

export function memoryStat(mm: Mm, memcg: MemCgroup): string {
  const lines: string[] = [];
  const line = (name: string, value: number): void => {
    lines.push(`${name} ${value}\n`);
  };
  for (const [name, count] of Object.entries(PAGES)) line(name, sumOf(mm, memcg, count) * PAGE_SIZE);
  for (const [name, list] of Object.entries(LISTS)) line(name, treePages(mm, memcg, list) * PAGE_SIZE);
  for (const [name, count] of [...Object.entries(BYTES), ...Object.entries(COUNTS)])
    line(name, sumOf(mm, memcg, count));
  return lines.join('');
}
