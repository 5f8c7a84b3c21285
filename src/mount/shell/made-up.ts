import { type Hierarchy, hierarchyOf } from '../../machine/machine.ts';

/** What tools are shown that look for hierarchies: texts of /proc, and helpers of mount(8). */

const V1 = hierarchyOf('2.6.26');
const V2 = hierarchyOf('6.1');

/** The real mounts of this system less those of cgroups: one that can't be seen is not to be used. */
export const hierarchies = (mounts: string): string =>
  mounts
    .split('\n')
    .filter((line) => !/^\S+ \S+ cgroup2? /.test(line))
    .join('\n');

/** /proc/mounts, with the emulated hierarchy as a kernel shows one. */
export const mountsText = (
  others: string,
  source: string,
  { directory, type, options }: Hierarchy = V1,
): string =>
  `${others}${others.endsWith('\n') ? '' : '\n'}${source} ${directory} ${type} rw,nosuid,nodev,noexec,relatime${options} 0 0\n`;

const CGROUPS_TITLE = '#subsys_name\thierarchy\tnum_cgroups\tenabled';

/**
 * /proc/cgroups: the memory controller, by the host's number of its hierarchy where it has one, as /proc/PID/cgroup
 * says it. The host's other controllers follow behind a comment: mountinfo names them, and Java (to 25 at least) dies
 * of one that it has not met here; libcgroup, which shows none of a list that holds one without a mount, ends there.
 */
export function cgroupsText(host: string, { type }: Hierarchy = V1): string {
  const lines = host.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  // In version 2 all are of hierarchy 0. Java wants cpu and cpuset too.
  if (type === 'cgroup2') {
    const names = new Set([...lines.map((line) => line.split('\t')[0]), 'memory']);
    return [CGROUPS_TITLE, ...[...names].map((name) => `${name}\t0\t1\t1`), ''].join('\n');
  }
  const hierarchies = new Map(
    lines.map((line) => [line.split('\t')[0], Number(line.split('\t')[1])] as const),
  );
  const hierarchy = hierarchies.get('memory') || Math.max(0, ...hierarchies.values()) + 1;
  const others = lines.filter((line) => !line.startsWith('memory\t'));
  return [
    CGROUPS_TITLE,
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
mount -i -n --bind ${V1.directory} "$dir" || exit 32
printf '%s %s cgroup rw,relatime,memory 0 0\\n' "$source" "$(realpath "$dir")" >>/proc/mounts
`;

/** /proc/filesystems: of a host that can't do version 2, too. */
export const filesystemsText = (host: string): string =>
  /\tcgroup2$/m.test(host) ? host : `${host}nodev\tcgroup2\n`;

/**
 * Becomes the command, with a /proc/self that says of version 2 what its mounts do: a file bound over one process's
 * own is not its children's. The first argument is the folder of the made-up files; what can't be had is left.
 */
export const AS_IN_V2 = `made=$1
shift
sed -e '/ - cgroup2\\{0,1\\} /d' -e '\\| ${V2.directory} |s/ - fuse[.]memcg \\([^ ]*\\) .*/ - cgroup2 \\1 rw/' /proc/$$/mountinfo >"$made/mountinfo"
echo 0::/ >"$made/cgroup"
for file in cgroup mountinfo; do mount -i -n --bind "$made/$file" /proc/$$/$file; done 2>/dev/null
exec "$@"
`;

/** umount(8) calls it as `umount.fuse.memcg DIR [-flnrv]`, or by the type without what is behind the dot. */
export const UMOUNT_HELPER = `#!/bin/sh
dir=$1
shift
umount -i -n "$dir" "$@" || exit
rest=$(DIR=$dir awk '$2 != ENVIRON["DIR"]' /proc/mounts) && printf '%s\\n' "$rest" >/proc/mounts
`;
