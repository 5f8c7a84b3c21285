import { openSync } from 'node:fs';
import type { Owner } from '../../machine/machine.ts';
import { isSystemError, systemText } from '../../script/script-files.ts';
import { runProgram } from './run-program.ts';

/** Attaching and detaching: /dev/fuse, mount(8) and umount(8). */

/** What went wrong with a mount, in one sentence that says what to do: exit 3. */
export class MountError extends Error {
  override readonly name = 'MountError';
}

const DEVICE = '/dev/fuse';

export interface AttachOptions {
  readonly owner: Owner;
  /** First field of /proc/mounts: the session's name. */
  readonly source: string;
  /** Others than the owner may use it too, as the files' permissions say. */
  readonly allowOther?: boolean;
}

/** Opens /dev/fuse: in the namespaces (of mounts, and of users) that it is mounted in. Throws a MountError. */
export function openDevice(): number {
  try {
    return openSync(DEVICE, 'r+');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new MountError(`${DEVICE}: ${DEVICE_MISTAKES[error.code ?? ''] ?? systemText(error)}`);
  }
}

const DEVICE_MISTAKES: Readonly<Record<string, string>> = {
  ENOENT:
    'this system has no FUSE device: load its module (modprobe fuse, as root); a container is given it with --device /dev/fuse',
  ENODEV: 'the kernel has no FUSE: load its module (modprobe fuse, as root)',
  EACCES: 'it is closed to you: run as root, or have root open it (chmod 666 /dev/fuse)',
  EPERM: 'it is closed to this container: start it with --device /dev/fuse',
};

/** Where the child finds the device. */
const CHILD_FD = 3;

/**
 * Mounts it on a folder. Rejects with a MountError. From then on requests have to be
 * served: everybody who touches the folder waits for it.
 */
export async function attach(device: number, directory: string, options: AttachOptions): Promise<void> {
  const { owner, source, allowOther = false } = options;
  const words = [
    'subtype=memcg',
    `fd=${CHILD_FD}`,
    'rootmode=40755',
    `user_id=${owner.uid}`,
    `group_id=${owner.gid}`,
    'default_permissions',
    ...(allowOther ? ['allow_other'] : []),
    'nosuid',
    'nodev',
    'noexec',
  ];
  const { status, stderr } = await runProgram(
    'mount',
    ['-i', '-t', 'fuse', '-o', words.join(','), source, directory],
    device,
  );
  if (status === 0) return;
  const said = stderr.trim().split('\n')[0] ?? '';
  if (process.getuid?.() !== 0)
    throw new MountError(
      `${directory}: only root may mount: run it as root, or use \`memcg shell\`, which needs no root (${said})`,
    );
  throw new MountError(
    `${directory}: it could not be mounted: ${said === '' ? `mount ended with ${status}` : said}`,
  );
}

/** Takes a mount away, whoever uses it. Resolves when it is gone, or was gone; never rejects. */
export async function detach(directory: string): Promise<void> {
  // -f lets those go who wait for an answer, -l those who have something open.
  await runProgram('umount', ['-i', '-f', '-l', directory]);
}

/** Takes it away unless somebody uses it. Answers what umount(8) says then; null: it is gone. */
export async function release(directory: string): Promise<string | null> {
  const { status, stderr } = await runProgram('umount', ['-i', directory]);
  return status === 0 ? null : (stderr.trim().split('\n')[0] ?? '');
}
