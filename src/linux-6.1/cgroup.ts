import { type Refusal, refuse } from '../kernel/errno.ts';
import type { Cgroup, CgroupState, MemCgroup } from './types.ts';

/** kernel/cgroup/cgroup.c: which controllers a cgroup has, domains and threads, and what processes may be where. */

/** In the order in which they are told. cpu and io have no files here, but for their statistics. */
export const CONTROLLERS = ['cpu', 'io', 'memory', 'pids'] as const;
export const bitOf = (controller: string): number => {
  const at: number = (CONTROLLERS as readonly string[]).indexOf(controller);
  return at < 0 ? 0 : 1 << at;
};
const ALL = 0b1111;
export const MEMORY = bitOf('memory');
export const PIDS = bitOf('pids');
/** cgrp_dfl_threaded_ss_mask: what can tell the threads of a process apart. */
export const THREADED = bitOf('cpu') | PIDS;

export const controllersText = (bits: number): string => {
  const names = CONTROLLERS.filter((name) => (bits & bitOf(name)) !== 0);
  return names.length === 0 ? '' : `${names.join(' ')}\n`;
};

/** `max` of the limits on the tree, and of pids. */
export const NO_LIMIT = 2 ** 31 - 1;

/** The root begins with what an init system enables there first. */
export const newCgroupState = (parent: MemCgroup | null): CgroupState => ({
  subtreeControl: parent === null ? MEMORY | PIDS : 0,
  threaded: false,
  maxDepth: NO_LIMIT,
  maxDescendants: NO_LIMIT,
  freeze: false,
  effectiveFreeze: parent?.cgroup.effectiveFreeze ?? false,
  cpuTime: 0,
  pidsMax: NO_LIMIT,
  pidsPeak: 0,
  zswapMax: Number.MAX_SAFE_INTEGER,
});

/** Its children are charged for memory of their own. */
export const hasMemory = ({ cgroup }: MemCgroup): boolean => (cgroup.subtreeControl & MEMORY) !== 0;

/** cgroup_control(): the controllers that a cgroup has, and can enable below; `parent` null: the root. */
export const controlOf = ({ threaded }: CgroupState, parent: CgroupState | null): number =>
  parent === null ? ALL : parent.subtreeControl & (threaded ? THREADED : ALL);

export const cgroupControl = ({ memcg, parent }: Cgroup): number =>
  controlOf(memcg.cgroup, parent?.memcg.cgroup ?? null);

export const isThreaded = ({ memcg }: Cgroup): boolean => memcg.cgroup.threaded;
export const hasTasks = ({ memcg }: Cgroup): boolean => memcg.nrTasks > 0;
const domainControl = ({ memcg }: Cgroup): number => memcg.cgroup.subtreeControl & ~THREADED;

/** cgroup_is_populated(): somebody is in it, or below. */
export const isPopulated = (cgroup: Cgroup): boolean => hasTasks(cgroup) || cgroup.children.some(isPopulated);

/** cgrp->dom_cgrp: it is its own domain unless it is threaded. */
export function domainOf(cgroup: Cgroup): Cgroup {
  let at = cgroup;
  while (isThreaded(at) && at.parent !== null) at = at.parent;
  return at;
}

/** cgroup_can_be_thread_root() */
export const canBeThreadRoot = (cgroup: Cgroup): boolean =>
  cgroup.parent === null ||
  (!isThreaded(cgroup) &&
    !cgroup.children.some((child) => !isThreaded(child) && isPopulated(child)) &&
    domainControl(cgroup) === 0);

/** cgroup_is_thread_root() */
export const isThreadRoot = (cgroup: Cgroup): boolean =>
  !isThreaded(cgroup) &&
  (cgroup.children.some(isThreaded) ||
    (hasTasks(cgroup) && (cgroup.memcg.cgroup.subtreeControl & THREADED) !== 0));

/** cgroup_is_valid_domain() */
export function isValidDomain(cgroup: Cgroup): boolean {
  if (isThreaded(cgroup)) return false;
  for (let at = cgroup.parent; at !== null; at = at.parent)
    if (isThreaded(at) || (at.parent !== null && isThreadRoot(at))) return false;
  return true;
}

/** cgroup_type_show() */
export function typeOf(cgroup: Cgroup): string {
  if (isThreaded(cgroup)) return 'threaded';
  if (!isValidDomain(cgroup)) return 'domain invalid';
  return isThreadRoot(cgroup) ? 'domain threaded' : 'domain';
}

/** cgroup_enable_threaded() */
export function enableThreaded(cgroup: Cgroup): Refusal | null {
  const { parent } = cgroup;
  if (isThreaded(cgroup) || parent === null) return null;
  const path = cgroup.memcg.path;
  if (isPopulated(cgroup))
    return refuse('EOPNOTSUPP', `processes are in ${path} or below: only an empty cgroup becomes threaded`);
  if (domainControl(cgroup) !== 0)
    return refuse(
      'EOPNOTSUPP',
      `${path} has memory or io enabled below, which threads can't have of their own`,
    );
  const domain = domainOf(parent);
  if (!isValidDomain(domain) || !canBeThreadRoot(domain))
    return refuse(
      'EOPNOTSUPP',
      `${domain.memcg.path} can be no domain of threads: it has memory or io enabled below, or processes in domains below`,
    );
  cgroup.memcg.cgroup.threaded = true;
  return null;
}

/** cgroup_migrate_vet_dst(): what is against processes here. */
export function mayHostTasks(cgroup: Cgroup): Refusal | null {
  const { path } = cgroup.memcg;
  if (!isValidDomain(domainOf(cgroup)))
    return refuse(
      'EOPNOTSUPP',
      `${path} is an invalid domain, below threads: write threaded to its cgroup.type`,
    );
  if (canBeThreadRoot(cgroup) || isThreaded(cgroup) || cgroup.memcg.cgroup.subtreeControl === 0) return null;
  return refuse(
    'EBUSY',
    `${path} has controllers enabled for those below it, so processes can be in those only (no internal processes)`,
  );
}
