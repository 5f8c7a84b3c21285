import { Box, Text } from 'ink';
import { createElement, memo, type ReactElement, use } from 'react';
import { inAscii } from '../draw/ascii.ts';
import { lookOf, type Row, rowOf, textOf } from '../draw/spans.ts';
import { ThemeContext } from '../theme.ts';

interface RowsProps {
  readonly rows: readonly Row[];
  /** What is wider is cut. */
  readonly columns: number;
  /** So many of them, empty ones behind the last. */
  readonly height?: number;
}

/** Rows below each other. */
export function Rows({ rows, columns, height = rows.length }: RowsProps): ReactElement {
  const lines = Array.from({ length: height }, (_, y) =>
    createElement(Line, { row: rows[y] ?? [], columns }),
  );
  return createElement(Box, { flexDirection: 'column' }, ...lines);
}

/**
 * A row is one text: what stands behind a character that takes more room than was foreseen moves along
 * with it. It is cut here and not by ink, which keeps every text that it has cut for ever.
 */
const Line = memo(
  ({ row, columns }: { readonly row: Row; readonly columns: number }): ReactElement => {
    const { charset, styleOf } = use(ThemeContext);
    const pieces = rowOf(row, columns).map((span) => {
      const text = charset === 'ascii' ? inAscii(textOf(span)) : textOf(span);
      const look = lookOf(span);
      return look === null ? text : createElement(Text, styleOf(look), text);
    });
    return createElement(Text, null, ...(pieces.length === 0 ? [' '] : pieces));
  },
  // What stays as it is need not be measured again.
  (before, after) => before.columns === after.columns && isSame(before.row, after.row),
);

const isSame = (before: Row, after: Row): boolean =>
  before.length === after.length &&
  before.every((span, i) => textOf(span) === textOf(after[i]) && lookOf(span) === lookOf(after[i]));
