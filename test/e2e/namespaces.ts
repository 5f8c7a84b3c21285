import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { has } from '../support/has.ts';

/** What `memcg shell` asks of a machine. */

function opens(path: string): boolean {
  try {
    closeSync(openSync(path, 'r+'));
    return true;
  } catch {
    return false;
  }
}

const succeeds = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

const isRoot = process.getuid?.() === 0;
const asUser = ['--user', '--map-root-user'];

export const hasFuse = has('a FUSE device that opens (/dev/fuse)', opens('/dev/fuse'));
export const hasShell =
  hasFuse &&
  has(
    'mount namespaces (unshare --mount)',
    succeeds('unshare', ...(isRoot ? [] : asUser), '--mount', 'true'),
  );
const hasUserNamespaces =
  hasShell && has('user namespaces', succeeds('unshare', ...asUser, '--mount', 'true'));

/** Whether root may show a user without rights a FUSE device that it made for the test. */
export const hasDevicesOfOurOwn =
  hasUserNamespaces &&
  has(
    'the right to make devices that open, and to become nobody',
    succeeds(
      'unshare',
      '--mount',
      'sh',
      '-c',
      `folder=$(mktemp -d) && trap 'umount -l /dev/fuse; rm -r "$folder"' EXIT &&
       mknod "$folder/fuse" c 10 229 && chmod 666 "$folder/fuse" && mount --bind "$folder/fuse" /dev/fuse &&
       setpriv --reuid 65534 --regid 65534 --clear-groups sh -c ': <> /dev/fuse'`,
    ),
  );

/** Whether all of these programs are there. */
export const hasPrograms = (...programs: readonly string[]): boolean =>
  programs.every((program) => has(`the program ${program}`, succeeds('sh', '-c', `command -v ${program}`)));
