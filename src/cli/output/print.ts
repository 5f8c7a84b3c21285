import { fstatSync, statSync, writeSync } from 'node:fs';

const STDOUT = 1;
const WORLD_FAILED = 3;

/** What is written before Node's stream is loaded, bytes: a pipe has room for that, so nobody who waits is deaf to ^C. */
const AT_ONCE = 1 << 14;
let room = AT_ONCE;
let stream: NodeJS.WriteStream | null = null;

/** The stream that `process.stdout` is: to load it takes as long as most commands. Who stops reading ends the program. */
export function standardOutput(): NodeJS.WriteStream {
  stream ??= process.stdout.on('error', endWithoutOutput);
  return stream;
}

/** Writes to standard output: little at once, what is more as a stream does. */
export function put(text: string | Uint8Array): void {
  const data = typeof text === 'string' ? Buffer.from(text) : text;
  const at = stream === null && data.length <= room ? writeAtOnce(data) : 0;
  if (at < data.length) standardOutput().write(data.subarray(at));
}

/** Resolves when what was put has flowed off. */
export async function drained(): Promise<void> {
  if (stream?.writableNeedDrain) await new Promise((resolve) => stream?.once('drain', resolve));
}

export async function print(data: Uint8Array): Promise<void> {
  put(data);
  await drained();
}

/** How much of it went. */
function writeAtOnce(data: Uint8Array): number {
  room -= data.length;
  let at = 0;
  try {
    while (at < data.length) at += writeSync(STDOUT, data, at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') endWithoutOutput(error as NodeJS.ErrnoException);
  }
  return at;
}

/** Whether this file descriptor is a terminal. Its stream is asked only if it may be one. */
export function isTerminal(fd: 1 | 2): boolean {
  const stats = fstatSync(fd);
  if (!stats.isCharacterDevice() || stats.rdev === statSync('/dev/null').rdev) return false;
  return (fd === STDOUT ? process.stdout : process.stderr).isTTY;
}

/** Nobody can be told any more. In `memcg ... | head` the reader leaves first: that is no error. */
export function endWithoutOutput({ code, message }: NodeJS.ErrnoException): never {
  if (code === 'EPIPE') process.exit();
  process.stderr.write(`memcg: standard output: ${message}\n`);
  process.exit(WORLD_FAILED);
}
