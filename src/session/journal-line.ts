import { crc32 } from 'node:zlib';

/**
 * One line of a journal: a checksum (CRC-32 of what follows, hex), the virtual
 * time in ns, and a line of the script language. What the journal itself has to
 * say is a comment of that language: `#mark`, `#interrupt`, `#boot {...}`.
 */

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
