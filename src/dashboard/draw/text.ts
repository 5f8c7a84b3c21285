import { visible } from '../../kernel/visible.ts';
import { isPlain, widthOf } from '../../report/width.ts';

/** Text on a terminal: every column counts. */

const segmenter = new Intl.Segmenter();

/** Text of the machine's, without anything that could move the cursor. */
export const safe = (text: string): string => (isPlain(text) ? text : visible(text));

/** Both, at one look. */
export function measured(text: string): { readonly text: string; readonly columns: number } {
  if (isPlain(text)) return { text, columns: text.length };
  const shown = visible(text);
  return { text: shown, columns: widthOf(shown) };
}

/** As much of its beginning as fits. */
function head(text: string, width: number): string {
  if (isPlain(text)) return text.slice(0, Math.max(0, width));
  let kept = '';
  let columns = 0;
  for (const { segment } of segmenter.segment(text)) {
    columns += widthOf(segment);
    if (columns > width) break;
    kept += segment;
  }
  return kept;
}

/** No wider than `width`; what is cut ends in `…`. */
export function cut(text: string, width: number): string {
  if (width <= 0) return '';
  return widthOf(text) <= width ? text : `${head(text, width - 1)}…`;
}

/** The end of a text that is too wide, after `…`: of a path, that tells more. */
export function cutStart(text: string, width: number): string {
  if (width <= 0) return '';
  if (widthOf(text) <= width) return text;
  if (isPlain(text)) return `…${text.slice(text.length - width + 1)}`;
  const segments = [...segmenter.segment(text)].map(({ segment }) => segment);
  let kept = '';
  let columns = 0;
  for (const segment of segments.reverse()) {
    columns += widthOf(segment);
    if (columns > width - 1) break;
    kept = segment + kept;
  }
  return `…${kept}`;
}

const blanks = (count: number): string => ' '.repeat(Math.max(0, count));

/** Exactly `width` columns, cut or filled up behind. */
export function fill(text: string, width: number): string {
  const kept = cut(text, width);
  return kept + blanks(width - widthOf(kept));
}

/** Exactly `width` columns, cut or filled up before. */
export function fillStart(text: string, width: number): string {
  const kept = cut(text, width);
  return blanks(width - widthOf(kept)) + kept;
}

/** In lines of `width` columns at most, broken at blanks; a word that is longer than a line is broken anywhere. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > width) {
      const begin = head(line, width);
      // A character wider than the line.
      if (begin === '') return lines;
      lines.push(begin);
      line = line.slice(begin.length);
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** In `rows` lines at most; the last ends in `…` when there is more. */
export function wrapIn(text: string, width: number, rows: number): string[] {
  const lines = wrap(text, width);
  if (lines.length <= rows) return lines;
  return [...lines.slice(0, rows - 1), cut(lines.slice(rows - 1).join(' '), width)];
}

/** Wrapped in `rows` lines at most, the first narrower than those that follow. */
export function hanging(text: string, first: number, width: number, rows = 3): string[] {
  if (rows === 1) return wrapIn(text, first, 1);
  const [head = ''] = wrap(text, first);
  const rest = text.slice(head.length).trimStart();
  return rest === '' ? [head] : [head, ...wrapIn(rest, width, rows - 1)];
}
