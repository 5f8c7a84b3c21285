import { writeSync } from 'node:fs';

const STDOUT = 1;
const WORLD_FAILED = 3;

/**
 * Writes to standard output, and resolves when it is written. At once where that goes: to load
 * the stream that `process.stdout` is takes as long as most commands.
 */
export async function print(data: Uint8Array): Promise<void> {
  let at = 0;
  try {
    while (at < data.length) at += writeSync(STDOUT, data, at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') endWithoutOutput(error as NodeJS.ErrnoException);
    process.stdout.on('error', endWithoutOutput);
    const rest = data.subarray(at);
    await new Promise<void>((resolve) => process.stdout.write(rest, () => resolve()));
  }
}

/** Nobody can be told any more. In `memcg ... | head` the reader leaves first: that is no error. */
export function endWithoutOutput({ code, message }: NodeJS.ErrnoException): never {
  if (code === 'EPIPE') process.exit();
  process.stderr.write(`memcg: standard output: ${message}\n`);
  process.exit(WORLD_FAILED);
}
