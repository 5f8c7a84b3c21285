import { type Refusal, refuse } from '../kernel/errno.ts';
import { memcgOf } from '../mm/memcgs.ts';
import {
  canBeThreadRoot,
  cgroupControl,
  controllersText,
  domainOf,
  hasMemory,
  hasTasks,
  isThreaded,
  isThreadRoot,
  isValidDomain,
  MEMORY,
  NO_LIMIT,
  PIDS,
  THREADED,
} from './cgroup.ts';
import { memCgroupCreate, removeMemcg } from './memcontrol.ts';
import type { Cgroup, Cgroupfs } from './types.ts';

/** kernel/cgroup/cgroup.c, cgroup_subtree_control_write(): controllers are enabled for those below, and given up. */

/** cgroup_vet_subtree_control_enable(): what is against enabling these. */
function mayEnable(cgroup: Cgroup, enable: number): Refusal | null {
  if (enable === 0) return null;
  const { path } = cgroup.memcg;
  if (!isValidDomain(domainOf(cgroup)))
    return refuse('EOPNOTSUPP', `${path} is an invalid domain, below threads`);
  if (cgroup.parent === null) return null;
  if ((enable & ~THREADED) === 0) {
    if (canBeThreadRoot(cgroup) || isThreaded(cgroup)) return null;
  } else if (isThreadRoot(cgroup) || isThreaded(cgroup)) {
    return refuse('EOPNOTSUPP', `${path} is a domain of threads, which share memory and io`);
  }
  if (!hasTasks(cgroup)) return null;
  return refuse(
    'EBUSY',
    `processes are in ${path}: move them into cgroups below first (no internal processes)`,
  );
}

/** From the masks on: what is refused changes nothing. */
export function writeSubtreeControl(
  fs: Cgroupfs,
  cgroup: Cgroup,
  enable: number,
  disable: number,
): Refusal | null {
  const state = cgroup.memcg.cgroup;
  const enabled = enable & ~state.subtreeControl;
  const missing = enabled & ~cgroupControl(cgroup);
  if (missing !== 0) {
    const above = cgroup.parent?.memcg.path ?? '/';
    return refuse(
      'ENOENT',
      `${controllersText(missing).trim()} is not in cgroup.controllers: enable it in ${above} first`,
    );
  }
  const disabled = disable & state.subtreeControl;
  const user = cgroup.children.find(({ memcg }) => (memcg.cgroup.subtreeControl & disabled) !== 0);
  if (user !== undefined) return refuse('EBUSY', `${user.memcg.path} has it enabled: disable it there first`);
  const refused = mayEnable(cgroup, enabled);
  if (refused !== null) return refused;
  state.subtreeControl = (state.subtreeControl | enabled) & ~disabled;
  if ((disabled & MEMORY) !== 0) for (const child of cgroup.children) giveUpMemory(fs, child);
  if (((enabled | disabled) & MEMORY) !== 0) for (const child of cgroup.children) chargeFrom(child, cgroup);
  if ((disabled & PIDS) !== 0) for (const { memcg } of cgroup.children) memcg.cgroup.pidsMax = NO_LIMIT;
  return null;
}

/** cgroup_apply_control(): whom the tasks from here on down are charged to. */
function chargeFrom(cgroup: Cgroup, parent: Cgroup): void {
  const { memcg } = cgroup;
  memcg.effective = hasMemory(parent.memcg) ? memcg.id : parent.memcg.effective;
  for (const child of cgroup.children) chargeFrom(child, cgroup);
}

/** kill_css(): what was charged stays so in a memory cgroup that is no cgroup's any more; the cgroup gets a fresh one. */
function giveUpMemory(fs: Cgroupfs, cgroup: Cgroup): void {
  const { mm } = fs;
  const old = cgroup.memcg;
  const fresh = memCgroupCreate(mm, old.path, memcgOf(mm, old.parent), old);
  fresh.nrTasks = old.nrTasks;
  old.nrTasks = 0;
  for (const task of mm.tasks) if (task.memcg === old.id) task.memcg = fresh.id;
  for (const { memcg } of cgroup.children) {
    memcg.parent = fresh.id;
    memcg.memory.parent = fresh.memory;
    memcg.swap.parent = fresh.swap;
    old.children.splice(old.children.indexOf(memcg.id), 1);
    fresh.children.push(memcg.id);
  }
  fs.cgroups.delete(old.id);
  cgroup.memcg = fresh;
  cgroup.id = fresh.id;
  fs.cgroups.set(fresh.id, cgroup);
  removeMemcg(mm, old);
}
