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
  ['memory.failcnt', 'memory.events.local'],
  ['memory.reclaim_stat', 'memory.stat'],
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

/** Without a counterpart, by version: names, or how names begin. */
const ALONE: readonly [one: RegExp, two: RegExp] = [
  /^memory\.((low|high)_wmark_(in_bytes|distance)|reclaim_wmarks|reclaimd|numa_stat|swappiness|use_hierarchy|kmem\..*|move_charge_at_immigrate)$/,
  /^(cgroup|cpu|io|pids)\.|^memory\.(min|low|swap\..*|zswap\..*|oom\.group|pressure|qos\..*)$/,
];
/** What a policy has that the kernel has not. */
const BY_POLICY: Readonly<Record<string, string>> = {
  'memory.low_wmark_in_bytes': ', but with policy=rfc memory.low_wmark',
};

/** The file that says in cgroups of this version what the name says in the other's; null: none. */
export function counterpart(name: string, here: 1 | 2, isThere: (name: string) => boolean): string | null {
  const pair = PAIRS.find((each) => each[2 - here] === name && isThere(each[here - 1]));
  return pair?.[here - 1] ?? null;
}

/** Of a name that a cgroup does not have: which file is there for it, in a clause; '' when there is none. */
export function insteadOf(name: string, here: 1 | 2, isThere: (name: string) => boolean): string {
  const found = counterpart(name, here, isThere);
  const other = here === 1 ? 2 : 1;
  if (found !== null) return `: it is of version ${other}: here it is ${found}`;
  if (!ALONE[other - 1].test(name)) return '';
  return `: it is of version ${other}, and nothing here is in its place${BY_POLICY[name] ?? ''}`;
}
