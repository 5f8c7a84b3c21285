import { spawn } from 'node:child_process';

export interface ProgramEnd {
  /** null: it could not be started, or a signal ended it. */
  readonly status: number | null;
  readonly stderr: string;
}

/** Runs mount(8), umount(8) and their like to the end; `descriptor` becomes their file descriptor 3. */
export function runProgram(
  program: string,
  args: readonly string[],
  descriptor?: number,
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe', ...(descriptor === undefined ? [] : [descriptor])],
      // The older mount(2) knows all options of all kernels.
      env: { ...process.env, LC_ALL: 'C', LIBMOUNT_FORCE_MOUNT2: 'always' },
    });
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once('error', (error) => resolve({ status: null, stderr: `${program}: ${error.message}` }));
    child.once('close', (status) => resolve({ status, stderr }));
  });
}
