import { spawn } from 'node:child_process';

/**
 * A process that clears up when this one dies without having done so. It reads from a pipe that the system closes
 * when this process is gone, however that came.
 */
export interface Watcher {
  /** All is gone in good order. */
  release(): void;
}

/**
 * Takes a mount away. One that answers by then is another one. (The kernel may know of a dead one what it is, but
 * can't list it.)
 */
export const watch = (directory: string): Watcher =>
  heir('read -r _ || ls -- "$1" >/dev/null 2>&1 || exec umount -i -l -- "$1"', [directory]);

/** Takes away what a shell leaves behind. Dead mounts are those of this namespace alone. */
export const watchOver = (paths: readonly string[]): Watcher =>
  heir('trap "" HUP INT TERM; read -r _ || { umount -a -i -n -l -t fuse.memcg; rm -rf -- "$@"; }', paths);

function heir(script: string, args: readonly string[]): Watcher {
  const child = spawn('sh', ['-c', script, 'sh', ...args], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.once('error', () => {});
  const { stdin } = child;
  stdin.on('error', () => {});
  child.unref();
  // Neither keeps this process alive.
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return {
    release: () => {
      stdin.end('gone\n');
    },
  };
}
