import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { JOURNAL } from './restore.ts';
import { decodeState, encodeState, type SaveState, stateName, writeStateSync } from './save-state.ts';

/** What `memcg save` writes: one line of JSON, the journal up to the state, the state. */

interface Header {
  readonly memcg: 'session';
  readonly format: 1;
  readonly journal: number;
  readonly crc32: number;
  /** Where the traces are that the journal names. */
  readonly folder: string;
}

/** Where a session's folder is kept that was given up for another. No session's name begins with a dot. */
export const previousOf = (folder: string): string => join(dirname(folder), `.${basename(folder)}.previous`);

/** A file that is no session, or a damaged one. */
export class SaveFileError extends Error {
  override readonly name = 'SaveFileError';
}

/** Throws what the file system throws. */
export function writeSaveFile(path: string, journal: string, state: SaveState, folder: string): void {
  const lines = readFileSync(journal).subarray(0, state.position);
  const header: Header = { memcg: 'session', format: 1, journal: lines.length, crc32: crc32(lines), folder };
  writeStateSync(path, [Buffer.from(`${JSON.stringify(header)}\n`), lines, ...encodeState(state)]);
}

/** Makes a session's folder from it, which has to be empty. Throws a SaveFileError, or what the file system throws. */
export function unpackSaveFile(path: string, folder: string): void {
  const { header, journal, state } = readSaveFile(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const from of [header.folder, previousOf(header.folder)]) {
    const sources = join(from, 'sources');
    if (from !== folder && existsSync(sources)) cpSync(sources, join(folder, 'sources'), { recursive: true });
  }
  writeFileSync(join(folder, JOURNAL), journal, { mode: 0o600, flush: true });
  writeStateSync(join(folder, stateName(state.position)), encodeState(state));
}

/** Throws a SaveFileError, or what the file system throws. */
export function readSaveFile(path: string): { header: Header; journal: Buffer; state: SaveState } {
  const bytes = readFileSync(path);
  const end = bytes.indexOf(10);
  let header: Header;
  try {
    header = JSON.parse(bytes.toString('utf8', 0, Math.max(end, 0))) as Header;
  } catch {
    throw new SaveFileError(`${path} is no saved session`);
  }
  if (header.memcg !== 'session' || header.format !== 1)
    throw new SaveFileError(`${path} is no saved session`);
  const journal = bytes.subarray(end + 1, end + 1 + header.journal);
  const state = decodeState(bytes.subarray(end + 1 + header.journal));
  if (state === null || journal.length !== header.journal || crc32(journal) !== header.crc32)
    throw new SaveFileError(`${path} is damaged`);
  return { header, journal, state };
}
