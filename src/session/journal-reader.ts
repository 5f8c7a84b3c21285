import { readFileSync } from 'node:fs';
import { decodeRecord, type JournalRecord } from './journal-line.ts';

/** What a journal holds from a position on. */
export interface JournalPart {
  readonly records: readonly JournalRecord[];
  /** Bytes up to which every line is sound. */
  readonly sound: number;
  /** Bytes of the file. */
  readonly size: number;
}

const NEWLINE = 10;

/** null: there is no journal. Throws what the file system throws. */
export function readJournal(path: string, from = 0): JournalPart | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const records: JournalRecord[] = [];
  // A state that says it was saved in the middle of a line belongs to another journal.
  if (from > bytes.length || (from > 0 && bytes[from - 1] !== NEWLINE))
    return { records, sound: -1, size: bytes.length };
  let at = from;
  for (;;) {
    const end = bytes.indexOf(NEWLINE, at);
    const record = end < 0 ? null : decodeRecord(bytes.toString('utf8', at, end));
    if (record === null) return { records, sound: at, size: bytes.length };
    records.push(record);
    at = end + 1;
  }
}
