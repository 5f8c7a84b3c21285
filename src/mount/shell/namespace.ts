import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Hierarchy } from '../../machine/machine.ts';
import { OUR_TYPE, parseMounts } from '../host/mount-table.ts';
import { MountError } from '../host/mounting.ts';
import { runProgram } from '../host/run-program.ts';
import {
  cgroupsText,
  filesystemsText,
  hierarchies,
  MOUNT_HELPER,
  mountsText,
  UMOUNT_HELPER,
} from './made-up.ts';

const CGROUPS = '/sys/fs/cgroup';

/** include/uapi/asm-generic/fcntl.h; Node has no name for O_PATH. */
const O_PATH = 0o10000000;
const O_NOFOLLOW = 0o400000;

/**
 * Over the real hierarchies a tmpfs that has room for an empty folder and no more, so that what outlives the emulator
 * never falls through to them; made-up files over the real ones. Without the overlay mount(8) finds no helper, no more.
 * It can be written to: on one that is read-only, who removes or renames the mount point is not told that it is busy.
 */
const SCRIPT = `set -e
made=$1 cgroup=/sys/fs/cgroup
mount -i -n -c --bind "$made/mounts" /proc/self/fd/3
[ ! -e "$made/cgroups" ] || mount -i -n --bind "$made/cgroups" /proc/cgroups
mount -i -n -t overlay -o "lowerdir=$made/sbin:$2" memcg "$2" 2>/dev/null || :
[ ! -e "$made/filesystems" ] || mount -i -n --bind "$made/filesystems" /proc/filesystems
mount -i -n -t tmpfs -o nr_inodes=2,mode=755,nosuid,nodev,noexec memcg $cgroup
mkdir -p $3
`;

/**
 * Makes this process's mount namespace, which has to be its own, one in which the memory hierarchy can be mounted,
 * and tools that look for hierarchies find it. `folder` is for the made-up files. Rejects with a MountError.
 */
export async function prepareNamespace(source: string, folder: string, hierarchy: Hierarchy): Promise<void> {
  const mounts = openSync('/proc/mounts', O_PATH | O_NOFOLLOW);
  try {
    makeUp(folder, source, hierarchy);
    const said = await run(
      'sh',
      ['-c', SCRIPT, 'sh', folder, realpathSync('/sbin'), hierarchy.directory],
      mounts,
    );
    if (said !== null)
      throw new MountError(`a cgroup filesystem could not be laid over /sys/fs/cgroup: ${said}`);
  } finally {
    closeSync(mounts);
  }
}

function makeUp(folder: string, source: string, hierarchy: Hierarchy): void {
  const write = (name: string, text: string, mode: number): void => {
    const path = join(folder, name);
    writeFileSync(path, text);
    // Everybody's, as the real ones are, whatever the umask.
    chmodSync(path, mode);
  };
  mkdirSync(join(folder, 'sbin'), { recursive: true });
  chmodSync(join(folder, 'sbin'), 0o755);
  write(
    'mounts',
    mountsText(hierarchies(readFileSync('/proc/self/mounts', 'utf8')), source, hierarchy),
    0o644,
  );
  if (existsSync('/proc/cgroups'))
    write('cgroups', cgroupsText(readFileSync('/proc/cgroups', 'utf8'), hierarchy), 0o644);
  if (hierarchy.type === 'cgroup2')
    write('filesystems', filesystemsText(readFileSync('/proc/filesystems', 'utf8')), 0o644);
  write('sbin/mount.cgroup', MOUNT_HELPER, 0o755);
  for (const type of ['fuse', 'fuse.memcg']) write(`sbin/umount.${type}`, UMOUNT_HELPER, 0o755);
}

/** Mounts it once more on itself: cgclear and others unmount what they find, and then find it again. */
export async function mountTwice({ directory }: Hierarchy): Promise<void> {
  const said = await run('mount', ['-i', '-n', '--bind', directory, directory]);
  if (said !== null) throw new MountError(`${directory}: ${said}`);
}

/**
 * /proc/pressure is the machine's own where it counts pressure, which is that of its root; on a host without it can't be had.
 * Who serves the mount must not look there himself.
 */
export async function showPressure({ directory, type }: Hierarchy): Promise<void> {
  if (type === 'cgroup' || !existsSync('/proc/pressure')) return;
  for (const resource of ['cpu', 'io', 'memory'])
    await run('mount', [
      '-i',
      '-n',
      '--bind',
      join(directory, `${resource}.pressure`),
      `/proc/pressure/${resource}`,
    ]);
}

/** Takes it away wherever it is mounted: who is left over finds what lies below, and can't write there. */
export async function unmountEverywhere(source: string): Promise<void> {
  const mounts = parseMounts(readFileSync('/proc/self/mountinfo', 'utf8'));
  const ours = mounts.filter((mount) => mount.type === OUR_TYPE && mount.source === source);
  if (ours.length > 0)
    await run('umount', ['-i', '-n', '-f', '-l', ...ours.map(({ directory }) => directory)]);
  await run('mount', ['-i', '-n', '-o', 'remount,bind,ro,nosuid,nodev,noexec', CGROUPS]);
}

/** Back to where we are by name: the working directory may lie in what was mounted over. */
export function enterAnew(): void {
  const here = process.cwd();
  try {
    process.chdir(here);
  } catch {
    process.chdir('/');
  }
}

/** null: all went well; else what was said. */
async function run(program: string, args: readonly string[], descriptor?: number): Promise<string | null> {
  const { status, stderr } = await runProgram(program, args, descriptor);
  return status === 0 ? null : stderr.trim().split('\n')[0] || `${program} ended with ${status}`;
}
