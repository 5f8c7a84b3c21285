import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readInput } from '../script/input-file.ts';
import { isSystemError, systemText } from '../script/script-files.ts';
import { DOWN } from './boot-record.ts';
import { writeWhole } from './disk.ts';
import { previousOf } from './folders.ts';
import { encodeRecord, JOURNAL } from './journal-line.ts';
import { isWhole } from './restore.ts';
import { decodeState, encodeState, OtherFormat, type SaveState, stateName } from './save-state.ts';
import { SessionError } from './session-error.ts';
import { VERSION } from './version.ts';

const FORMAT = 1;

/** What `memcg save` writes: one line of JSON, the journal up to the state, the state. */

interface Header {
  readonly memcg: 'session';
  readonly format: typeof FORMAT;
  readonly journal: number;
  readonly crc32: number;
  /** Where the traces are that the journal names. */
  readonly folder: string;
}

/** `journal`: all of it, up to the state. */
export function encodeSaveFile(journal: Buffer, state: SaveState, folder: string): Buffer[] {
  const header: Header = {
    memcg: 'session',
    format: FORMAT,
    journal: journal.length,
    crc32: crc32(journal),
    folder,
  };
  return [Buffer.from(`${JSON.stringify(header)}\n`), journal, ...encodeState(state)];
}

/** Makes a session's folder from it, which has to be empty. Throws a SessionError, or what the file system throws. */
export async function unpackSaveFile(path: string, folder: string, most = Infinity): Promise<void> {
  const { header, journal, state } = readSaveFile(path, most);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const from of [header.folder, previousOf(header.folder)]) {
    const sources = join(from, 'sources');
    if (from !== folder && existsSync(sources)) cpSync(sources, join(folder, 'sources'), { recursive: true });
  }
  const other = state instanceof OtherFormat;
  // It is done again from the journal, up to when it was saved.
  const end = other && state.time !== null ? encodeRecord(state.time, DOWN) : '';
  const lines = Buffer.concat([journal, Buffer.from(end)]);
  await writeWhole(join(folder, JOURNAL), [lines]);
  if (!other) await writeWhole(join(folder, stateName(state.position)), encodeState(state));
}

/** `most`: bytes that there is room for. Throws a SessionError. */
export function readSaveFile(
  path: string,
  most = Infinity,
): {
  header: Header;
  journal: Buffer;
  state: SaveState | OtherFormat;
} {
  const bytes = bytesOf(path, most);
  const end = bytes.indexOf(10);
  let header: Header;
  try {
    header = JSON.parse(bytes.toString('utf8', 0, Math.max(end, 0))) as Header;
  } catch {
    throw new SessionError('world', `${path} is no saved session`);
  }
  if (header.memcg !== 'session') throw new SessionError('world', `${path} is no saved session`);
  if (header.format !== FORMAT)
    throw new SessionError(
      'world',
      `${path} is a saved session in format ${header.format}, where memcg ${VERSION} has format ${FORMAT}: load it with that memcg`,
    );
  const journal = bytes.subarray(end + 1, end + 1 + header.journal);
  const state = decodeState(bytes.subarray(end + 1 + header.journal));
  if (state === null || journal.length !== header.journal || crc32(journal) !== header.crc32)
    throw new SessionError('world', `${path} is damaged`);
  if (state instanceof OtherFormat && !isWhole(journal, journal.length))
    throw new SessionError(
      'world',
      `${path} is ${state}, and its journal has no beginning: load it with that memcg`,
    );
  return { header, journal, state };
}

function bytesOf(path: string, most: number): Buffer {
  try {
    return readInput(path, most);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new SessionError('world', `${path}: ${error.code}: ${systemText(error)}`);
  }
}
