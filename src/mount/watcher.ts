import { spawn } from 'node:child_process';

/** A process that takes a mount away when this one dies without having done so. */
export interface Watcher {
  /** The mount is gone in good order. */
  release(): void;
}

/**
 * It reads from a pipe that the system closes when this process is gone, however that came. A mount
 * that answers by then is another one. (The kernel may know of a dead one what it is, but can't list it.)
 */
const SCRIPT = 'read -r _ || ls -- "$1" >/dev/null 2>&1 || exec umount -i -l -- "$1"';

export function watch(directory: string): Watcher {
  const child = spawn('sh', ['-c', SCRIPT, 'sh', directory], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.once('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  // Neither keeps this process alive.
  const { stdin } = child;
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return {
    release: () => {
      stdin.end('gone\n');
    },
  };
}
