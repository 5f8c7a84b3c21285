import { headerNames } from '../csv-columns.ts';
import { FieldCutter } from '../csv-fields.ts';
import { LONGEST_LINE } from '../csv-lines.ts';
import { DamagedStream, decompressed } from '../decompress.ts';
import { fileChunks, fileState } from '../trace-file.ts';

const NEWLINE = 0x0a;

/** The names in a table's first line; none when that is no CSV. Throws a TraceError if the file can't be read. */
export async function readHeader(path: string): Promise<string[]> {
  const state = await fileState(path);
  let head = Buffer.alloc(0);
  try {
    for await (const chunk of decompressed(fileChunks(path, state))) {
      head = Buffer.concat([head, chunk]);
      if (head.length > LONGEST_LINE || head.includes(NEWLINE)) break;
    }
  } catch (error) {
    if (!(error instanceof DamagedStream)) throw error;
  }
  const newline = head.indexOf(NEWLINE);
  const line = head.subarray(0, newline < 0 ? head.length : newline);
  const end = line.at(-1) === 0x0d ? line.length - 1 : line.length;
  const fields = new FieldCutter();
  return end <= LONGEST_LINE && fields.cut(line, 0, end, LONGEST_LINE) === 0 ? headerNames(fields) : [];
}
