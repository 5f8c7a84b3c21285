import { closeSync, openSync, readSync } from 'node:fs';
import { decodeRecord, type JournalRecord } from '../../session/journal-line.ts';
import { MAX_REQUEST } from '../../session/protocol.ts';

const NEWLINE = 10;
/** Bytes read at once; and as many as the longest line may have. */
const PIECE = 1 << 20;
const LONGEST = 2 * MAX_REQUEST;

export interface JournalPiece {
  readonly records: readonly JournalRecord[];
  /** What follows them is no record. */
  readonly isDamaged: boolean;
}

/** A journal that somebody else writes, read as it grows. */
export class JournalFile {
  readonly #path: string;
  #position: number;

  constructor(path: string, position: number) {
    this.#path = path;
    this.#position = position;
  }

  /** Bytes read. */
  get position(): number {
    return this.#position;
  }

  /** The records up to this byte, or some of the first of them. Throws what the file system throws. */
  read(upTo: number, room = PIECE): JournalPiece {
    const wanted = Math.min(upTo - this.#position, room);
    if (wanted <= 0) return { records: [], isDamaged: false };
    const bytes = this.#bytes(wanted);
    const records: JournalRecord[] = [];
    let at = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      const record = decodeRecord(bytes.toString('utf8', at, end));
      if (record === null) break;
      records.push(record);
      at = end + 1;
    }
    this.#position += at;
    const isCut = bytes.indexOf(NEWLINE, at) < 0;
    if (at === 0 && isCut && wanted === room && room < LONGEST) return this.read(upTo, LONGEST);
    // A line that only the next piece has the end of.
    return { records, isDamaged: !isCut || at === 0 };
  }

  #bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    const file = openSync(this.#path, 'r');
    try {
      return bytes.subarray(0, readSync(file, bytes, 0, length, this.#position));
    } finally {
      closeSync(file);
    }
  }
}
