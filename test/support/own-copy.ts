import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A copy of a program, in this folder: its path. File pages count by share (proportional set sizes), which changes
 * with everybody else who runs the same file.
 */
export function ownCopy(program: string, folder: string): string {
  const { stdout } = spawnSync('sh', ['-c', 'readlink -f "$(command -v "$1")"', 'sh', program], {
    encoding: 'utf8',
  });
  const copy = join(folder, program);
  copyFileSync(stdout.trim(), copy);
  return copy;
}
