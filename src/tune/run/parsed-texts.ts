import { encodeText } from '../../kernel/text.ts';
import { type Lines, linesOfBytes } from '../../script/source.ts';
import { parseLine } from '../../script/vocabulary.ts';

/** A script that stands in memory, its lines parsed once for all its runs. */
export const parsedLines = (text: string): readonly Lines[] =>
  Array.from(linesOfBytes(encodeText(text)), (lines) => ({ ...lines, parsed: lines.lines.map(parseLine) }));
