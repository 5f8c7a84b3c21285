import { headerNames } from './csv-columns.ts';
import { COMMA, FieldCutter } from './csv-fields.ts';
import { LONGEST_LINE } from './csv-lines.ts';
import { DamagedStream, decompressed } from './decompress.ts';
import { type FileState, fileChunks, fileState } from './trace-file.ts';
import { inUtf8 } from './utf8.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

const HASH = 0x23;
/** Beside blanks, which only a table without any of these is cut at. */
const SEPARATORS = [COMMA, 0x3b, 0x09, 0x7c];
const BLANK = 0x20;

/** The first line of a file that may be CSV. */
export interface FirstLine {
  /** None when it is no CSV. */
  readonly names: readonly string[];
  readonly line: string;
  /** The byte between fields. */
  readonly separator: number;
  /** From 1 on; those before it are comments, empty or say what the separator is (`sep=;`). */
  readonly number: number;
  readonly tooLong: boolean;
  /** There is no byte in the file once it is decompressed. */
  readonly missing: boolean;
  /** Why nothing can be read behind it; null: for all that is known, it can. */
  readonly damage: DamagedStream | null;
}

/** Reads no further than need be. Throws a TraceError if the file can't be read, the signal's reason if it aborts. */
export async function readFirstLine(
  path: string,
  state: FileState,
  signal?: AbortSignal,
): Promise<FirstLine> {
  const pieces: Buffer[] = [];
  let length = 0;
  let damage: DamagedStream | null = null;
  try {
    for await (const chunk of inUtf8(decompressed(fileChunks(path, state, signal)))) {
      pieces.push(Buffer.from(chunk));
      length += chunk.length;
      if (length > LONGEST_LINE || hasTable(Buffer.concat(pieces))) break;
    }
  } catch (error) {
    if (!(error instanceof DamagedStream)) throw error;
    damage = error;
  }
  const head = Buffer.concat(pieces);
  const { line, number, told } = firstOfTable(head);
  const tooLong = line.length > LONGEST_LINE;
  const separator = told ?? separatorOf(line);
  const fields = new FieldCutter(separator);
  const end = line.at(-1) === RETURN ? line.length - 1 : line.length;
  const isCsv = !tooLong && fields.cut(line, 0, end, LONGEST_LINE) === 0;
  return {
    names: isCsv ? headerNames(fields) : [],
    line: tooLong ? '' : line.toString('utf8', 0, end),
    separator,
    number,
    tooLong,
    missing: length === 0,
    damage,
  };
}

/** Whether the first line of a table ends in this. */
const hasTable = (head: Buffer): boolean => head.indexOf(NEWLINE, firstOfTable(head).start) >= 0;

function firstOfTable(head: Buffer): {
  line: Buffer;
  start: number;
  number: number;
  told: number | null;
} {
  let told: number | null = null;
  for (let start = 0, number = 1; ; number++) {
    const newline = head.indexOf(NEWLINE, start);
    const line = head.subarray(start, newline < 0 ? head.length : newline);
    const sep = /^"?sep=(.)"?\r?$/.exec(line.length < 16 ? line.toString() : '');
    if (sep !== null) told = sep[1].charCodeAt(0);
    const isTable = sep === null && line[0] !== HASH && line.length > 0 && line[0] !== RETURN;
    if (isTable || newline < 0) return { line, start, number, told };
    start = newline + 1;
  }
}

/** The one of which there are most outside quotes. */
export function separatorOf(line: Buffer): number {
  const bare = line.toString('latin1').replace(/"[^"]*"/g, '');
  const count = (byte: number): number => bare.split(String.fromCharCode(byte)).length - 1;
  const best = SEPARATORS.reduce((most, each) => (count(each) > count(most) ? each : most), COMMA);
  // A sentence may say "time" too; it has no offset.
  const words = bare.trim().split(/\s+/);
  const numbers = words.filter((word) => /^[\d.]+$/.test(word)).length;
  const isTable =
    /^fio version|\b(offset|lb[na])\b/i.test(bare) || (numbers > 2 && numbers * 2 >= words.length);
  const isBlanks = count(best) === 0 && isTable;
  return isBlanks ? BLANK : best;
}

/** The first line of a file's table. Throws a TraceError if the file can't be read. */
export const firstLineOf = async (path: string): Promise<FirstLine> =>
  readFirstLine(path, await fileState(path));
