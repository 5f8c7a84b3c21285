import { crc32 } from 'node:zlib';

/**
 * One line of a journal: a checksum (CRC-32 of what follows, hex), the virtual
 * time in ns, and a line of the script language. What the journal itself has to
 * say is a comment of that language: `#mark`, `#interrupt`, `#boot {...}`.
 */

/** The file in a session's folder. */
export const JOURNAL = 'journal';

export interface JournalRecord {
  readonly time: number;
  readonly text: string;
}

export function encodeRecord(time: number, text: string): string {
  const rest = `${time} ${text}`;
  return `${checksum(rest)} ${rest}\n`;
}

/** null: the line is damaged. `line` is without its newline. */
export function decodeRecord(line: string): JournalRecord | null {
  if (line.length < 11 || line.charCodeAt(8) !== 32) return null;
  const rest = line.slice(9);
  if (checksum(rest) !== line.slice(0, 8)) return null;
  const space = rest.indexOf(' ');
  const time = Number(rest.slice(0, space));
  return space > 0 && Number.isSafeInteger(time) && time >= 0 ? { time, text: rest.slice(space + 1) } : null;
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** What a journal holds from a position on. */
export interface JournalPart {
  readonly records: readonly JournalRecord[];
  /** Bytes up to which every line is sound. */
  readonly sound: number;
}

const NEWLINE = 10;

export function recordsIn(journal: Buffer, from = 0): JournalPart {
  const records: JournalRecord[] = [];
  for (let at = from; ; ) {
    const end = journal.indexOf(NEWLINE, at);
    const record = end < 0 ? null : decodeRecord(journal.toString('utf8', at, end));
    if (record === null) return { records, sound: at };
    records.push(record);
    at = end + 1;
  }
}

/** The first line that is damaged, in words; null: all are sound. `path`: where it is from. */
export function damageIn(journal: Buffer, path: string): string | null {
  const { records, sound } = recordsIn(journal);
  if (sound === journal.length) return null;
  return `line ${records.length + 1} of ${path} is damaged: the session goes on, but can't be saved or exported`;
}

/** What tells a journal from all others: the checksum of its first line, which no other has. null: it is damaged. */
export function journalId(journal: Buffer): string | null {
  const first = journal.toString('utf8', 0, Math.max(journal.indexOf(NEWLINE), 0));
  return decodeRecord(first) === null ? null : first.slice(0, 8);
}
