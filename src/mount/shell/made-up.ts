/** What tools are shown that look for hierarchies: texts of /proc, and helpers of mount(8). */

const HIERARCHY = '/sys/fs/cgroup/memory';

/** The real mounts of this system less those of cgroups: one that can't be seen is not to be used. */
export const hierarchies = (mounts: string): string =>
  mounts
    .split('\n')
    .filter((line) => !/^\S+ \S+ cgroup2? /.test(line))
    .join('\n');

/** /proc/mounts, with the emulated hierarchy as a kernel shows one. */
export const mountsText = (others: string, source: string): string =>
  `${others}${others.endsWith('\n') ? '' : '\n'}${source} ${HIERARCHY} cgroup rw,nosuid,nodev,noexec,relatime,memory 0 0\n`;

/**
 * /proc/cgroups: the memory controller, by the host's number of its hierarchy where it has one, as /proc/PID/cgroup
 * says it. The host's other controllers follow behind a comment: mountinfo names them, and Java (to 25 at least) dies
 * of one that it has not met here; libcgroup, which shows none of a list that holds one without a mount, ends there.
 */
export function cgroupsText(host: string): string {
  const lines = host.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const hierarchies = new Map(
    lines.map((line) => [line.split('\t')[0], Number(line.split('\t')[1])] as const),
  );
  const hierarchy = hierarchies.get('memory') || Math.max(0, ...hierarchies.values()) + 1;
  const others = lines.filter((line) => !line.startsWith('memory\t'));
  return [
    '#subsys_name\thierarchy\tnum_cgroups\tenabled',
    `memory\t${hierarchy}\t1\t1`,
    ...(others.length > 0 ? ['#not-emulated', ...others] : []),
    '',
  ].join('\n');
}

/** mount(8) calls it as `mount.cgroup SOURCE DIR [-sfnv] [-o OPTIONS]`. 32 is its status for a mount that failed. */
export const MOUNT_HELPER = `#!/bin/sh
source=$1 dir=$2
shift 2
options=
while [ $# -gt 0 ]; do
  [ "$1" = -o ] && { options=$2; shift; }
  shift
done
others=$(printf %s "$options" | tr , '\\n' | grep -vxE 'rw|ro|(no)?(suid|dev|exec|atime|diratime|relatime)|relatime|defaults|memory|all|release_agent=.*')
if [ -n "$others" ]; then
  echo "mount.cgroup: $(printf %s "$others" | tr '\\n' ,): only the memory controller is emulated here: -o memory" >&2
  exit 32
fi
mount -i -n --bind ${HIERARCHY} "$dir" || exit 32
printf '%s %s cgroup rw,relatime,memory 0 0\\n' "$source" "$(realpath "$dir")" >>/proc/mounts
`;

/** umount(8) calls it as `umount.fuse.memcg DIR [-flnrv]`, or by the type without what is behind the dot. */
export const UMOUNT_HELPER = `#!/bin/sh
dir=$1
shift
umount -i -n "$dir" "$@" || exit
rest=$(DIR=$dir awk '$2 != ENVIRON["DIR"]' /proc/mounts) && printf '%s\\n' "$rest" >/proc/mounts
`;
