import { SWAP_CLUSTER_MAX } from '../mm/layout.ts';
import { parentOf } from './tree.ts';
import type { MemCgroup, Mm, Pass } from './types.ts';

/** mm/memcontrol.c: what memory.min and memory.low keep from reclaim. */

/** mem_cgroup_calculate_protection(): right below the target all that is asked for, further down the parent's share. */
export function calculateProtection(mm: Mm, target: MemCgroup, memcg: MemCgroup): void {
  const counter = memcg.memory;
  const parent = parentOf(mm, memcg);
  if (memcg === target || parent === null || counter.usage === 0) return;
  if (parent === target) {
    counter.emin = counter.min;
    counter.elow = counter.low;
    return;
  }
  const { emin, elow, childrenMinUsage, childrenLowUsage } = parent.memory;
  counter.emin = effectiveProtection(counter.usage, counter.min, emin, childrenMinUsage);
  counter.elow = effectiveProtection(counter.usage, counter.low, elow, childrenLowUsage);
}

/** effective_protection(), without the mount option memory_recursiveprot. */
function effectiveProtection(
  usage: number,
  setting: number,
  parentEffective: number,
  siblings: number,
): number {
  const used = Math.min(usage, setting);
  return siblings > parentEffective ? Math.floor((used * parentEffective) / siblings) : used;
}

/** mem_cgroup_below_min(), mem_cgroup_below_low() */
export const isBelowMin = (target: MemCgroup, memcg: MemCgroup): boolean =>
  isProtected(target, memcg) && memcg.memory.emin >= memcg.memory.usage;
export const isBelowLow = (target: MemCgroup, memcg: MemCgroup): boolean =>
  isProtected(target, memcg) && memcg.memory.elow >= memcg.memory.usage;

const isProtected = (target: MemCgroup, memcg: MemCgroup): boolean => memcg !== target && memcg.parent !== 0;

/** get_scan_count(): of a list of so many pages those that are not protected, in proportion. */
export function scanTarget(pass: Pass, target: MemCgroup, memcg: MemCgroup, size: number): number {
  if (!isProtected(target, memcg)) return size;
  const { emin, elow, usage } = memcg.memory;
  if (emin === 0 && elow === 0) return size;
  let protection = emin;
  if (!pass.lowReclaim && elow > emin) {
    protection = elow;
    pass.lowSkipped = true;
  }
  const whole = Math.max(usage, protection);
  return Math.max(size - Math.floor((size * protection) / (whole + 1)), SWAP_CLUSTER_MAX);
}
