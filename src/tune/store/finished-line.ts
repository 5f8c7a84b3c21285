import { crc32 } from 'node:zlib';
import type { Finished } from '../sweep.ts';

/** One line of a folder's points: a checksum (CRC-32 of what follows, hex), and a finished point as JSON. */

export function encodeFinished({ script, point, outcome }: Finished): string {
  const json = JSON.stringify({ script, point, outcome });
  return `${checksum(json)} ${json}\n`;
}

/** null: the line is damaged. `line` is without its newline. */
export function decodeFinished(line: string): Finished | null {
  const json = line.slice(9);
  if (line.charCodeAt(8) !== 32 || checksum(json) !== line.slice(0, 8)) return null;
  return JSON.parse(json) as Finished;
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');
