import { paragraph } from '../../report/table.ts';
import { widthOf } from '../../report/width.ts';

/** A term and what it means. */
export type Definition = readonly [term: string, meaning: string];

const INDENT = '  ';
const GAP = 2;
/** A longer term has its meaning below it. */
const LONGEST_TERM = 26;

/** Width of the column of terms that these definitions need. */
export const termWidth = (definitions: readonly Definition[]): number =>
  Math.max(0, ...definitions.map(([term]) => widthOf(term)).filter((width) => width <= LONGEST_TERM));

/** Terms to the left, their meanings in lines to the right of them; `column`: width of the terms. */
export function definitionList(
  definitions: readonly Definition[],
  width: number,
  column = termWidth(definitions),
): string[] {
  const indent = ' '.repeat(INDENT.length + column + GAP);
  return definitions.flatMap(([term, meaning]) => {
    const lines = paragraph(meaning, width, indent);
    if (widthOf(term) > column) return [`${INDENT}${term}`, ...lines];
    const first = lines[0] ?? indent;
    const head = `${INDENT}${term}${' '.repeat(column - widthOf(term) + GAP)}`;
    return [`${head}${first.slice(indent.length)}`.trimEnd(), ...lines.slice(1)];
  });
}

export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
