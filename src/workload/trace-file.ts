import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { TraceError } from './trace-error.ts';

const CHUNK = 1024 * 1024;

/** What tells one state of a file from another. */
export interface FileState {
  readonly size: bigint;
  readonly mtime: bigint;
}

/** Opens a trace's file for reading. Throws a TraceError if there is none or it is no regular file. */
async function openFile(path: string): Promise<{ handle: FileHandle; state: FileState }> {
  let handle: FileHandle | undefined;
  try {
    // A pipe would block: O_NONBLOCK lets us look at it and say no.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await handle.stat({ bigint: true });
    if (stat.isFile()) return { handle, state: { size: stat.size, mtime: stat.mtimeNs } };
    await handle.close();
    throw new TraceError(
      path,
      `this is ${stat.isDirectory() ? 'a directory' : 'no regular file'}, not a trace`,
    );
  } catch (error) {
    throw readError(path, error);
  }
}

/**
 * The bytes of the file, chunk by chunk; each holds until the next is asked for. Throws if the
 * file is no longer as `state` says.
 */
export async function* fileChunks(
  path: string,
  state: FileState,
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  const opened = await openFile(path);
  const { handle } = opened;
  // One chunk is read while the one before is in use; and great files are read into no more than two.
  let [spare, other] = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)];
  let ahead: Promise<Buffer> | undefined;
  try {
    if (opened.state.size !== state.size || opened.state.mtime !== state.mtime) {
      throw new TraceError(path, 'the file was changed while the run was reading it');
    }
    for (;;) {
      signal?.throwIfAborted();
      const chunk = await (ahead ?? readChunk(path, handle, other));
      if (chunk.length === 0) return;
      ahead = readChunk(path, handle, spare);
      [spare, other] = [other, spare];
      // Whoever asks for the next chunk is told.
      ahead.catch(() => undefined);
      yield chunk;
    }
  } finally {
    await ahead?.catch(() => undefined);
    await handle.close();
  }
}

/** The next bytes of the file; none at its end. */
async function readChunk(path: string, handle: FileHandle, buffer: Buffer): Promise<Buffer> {
  try {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw readError(path, error);
  }
}

export async function fileState(path: string): Promise<FileState> {
  const { handle, state } = await openFile(path);
  await handle.close();
  return state;
}

/** No other file, and no other state of this one, has the same. */
export const stateId = (path: string, { size, mtime }: FileState): string => `${size} ${mtime} ${path}`;

const fingerprints = new Map<string, string>();

/** SHA-256 of the file's raw bytes in hex, read through once for each state of the file. */
export async function fingerprint(path: string, state: FileState, signal?: AbortSignal): Promise<string> {
  const key = stateId(path, state);
  const known = fingerprints.get(key);
  if (known !== undefined) return known;
  // Loaded late, as Node's own parts are costly that most runs have no use for.
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256');
  for await (const chunk of fileChunks(path, state, signal)) hash.update(chunk);
  const digest = hash.digest('hex');
  fingerprints.set(key, digest);
  return digest;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'the file may not be read: permission denied',
  EISDIR: 'this is a directory, not a trace',
};

function readError(path: string, error: unknown): unknown {
  if (error instanceof TraceError || !(error instanceof Error) || !('code' in error)) return error;
  return new TraceError(
    path,
    REASONS[String(error.code)] ?? `the file can't be read: ${error.message}`,
    undefined,
    error,
  );
}
