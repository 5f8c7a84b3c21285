/** What says in version 2 of cgroups what a file of version 1 says, for who has a script for the other. */

const PAIRS: readonly (readonly [one: string, two: string])[] = [
  ['memory.limit_in_bytes', 'memory.max'],
  ['memory.usage_in_bytes', 'memory.current'],
  ['memory.max_usage_in_bytes', 'memory.peak'],
  ['memory.high_wmark_in_bytes', 'memory.high_wmark'],
  ['memory.high_wmark_in_bytes', 'memory.high'],
  ['memory.low_wmark_in_bytes', 'memory.low_wmark'],
  ['memory.soft_limit_in_bytes', 'memory.low'],
  ['memory.failcnt', 'memory.events'],
  ['memory.force_empty', 'memory.reclaim'],
  ['memory.oom_control', 'memory.oom.group'],
  ['memory.memsw.limit_in_bytes', 'memory.swap.max'],
  ['memory.memsw.usage_in_bytes', 'memory.swap.current'],
  ['memory.memsw.failcnt', 'memory.swap.events'],
  ['freezer.state', 'cgroup.freeze'],
  ['cpuacct.usage', 'cpu.stat'],
  ['blkio.throttle.io_service_bytes', 'io.stat'],
  ['tasks', 'cgroup.procs'],
  ['tasks', 'cgroup.threads'],
  ['notify_on_release', 'cgroup.events'],
  ['release_agent', 'cgroup.events'],
];

/** Of version 1, and without a counterpart. */
const ALONE = ['memory.low_wmark_in_bytes', 'memory.swappiness', 'memory.use_hierarchy'];

/** The file that says in cgroups of this version what the name says in the other's; null: none. */
export function counterpart(name: string, here: 1 | 2, isThere: (name: string) => boolean): string | null {
  const pair = PAIRS.find((each) => each[2 - here] === name && isThere(each[here - 1]));
  return pair?.[here - 1] ?? null;
}

/** Of a name that a cgroup does not have: which file is there for it, in a clause; '' when there is none. */
export function insteadOf(name: string, here: 1 | 2, isThere: (name: string) => boolean): string {
  const found = counterpart(name, here, isThere);
  if (found !== null) return `: it is of version ${3 - here}: here it is ${found}`;
  return here === 2 && ALONE.includes(name) ? ': it is of version 1, and nothing here is in its place' : '';
}
