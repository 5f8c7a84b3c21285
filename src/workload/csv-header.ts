import { headerNames } from './csv-columns.ts';
import { FieldCutter } from './csv-fields.ts';
import { LONGEST_LINE } from './csv-lines.ts';
import { DamagedStream, decompressed } from './decompress.ts';
import { type FileState, fileChunks, fileState } from './trace-file.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** The first line of a file that may be CSV. */
export interface FirstLine {
  /** None when it is no CSV. */
  readonly names: readonly string[];
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
    for await (const chunk of decompressed(fileChunks(path, state, signal))) {
      pieces.push(Buffer.from(chunk));
      length += chunk.length;
      if (length > LONGEST_LINE || chunk.includes(NEWLINE)) break;
    }
  } catch (error) {
    if (!(error instanceof DamagedStream)) throw error;
    damage = error;
  }
  const head = Buffer.concat(pieces);
  const newline = head.indexOf(NEWLINE);
  const line = head.subarray(0, newline < 0 ? head.length : newline);
  const tooLong = line.length > LONGEST_LINE;
  const fields = new FieldCutter();
  const end = line.at(-1) === RETURN ? line.length - 1 : line.length;
  const isCsv = !tooLong && fields.cut(line, 0, end, LONGEST_LINE) === 0;
  return { names: isCsv ? headerNames(fields) : [], tooLong, missing: length === 0, damage };
}

/** The names in a table's first line; none when that is no CSV. Throws a TraceError if the file can't be read. */
export const readHeader = async (path: string): Promise<readonly string[]> =>
  (await readFirstLine(path, await fileState(path))).names;
