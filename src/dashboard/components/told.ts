import { createElement, type ReactElement } from 'react';
import type { Size } from '../draw/layout.ts';
import { cut, safe, wrapIn } from '../draw/text.ts';
import type { ToldLine } from '../stage/stage.ts';
import { Rows } from './rows.ts';

/** The line of the script that plays, below what its author says of it. */
export function Told({ line, text, comment, columns, rows }: ToldLine & Size): ReactElement {
  const said = rows > 1 && comment !== '' ? wrapIn(safe(comment), columns - 4, rows - 1) : [];
  return createElement(Rows, {
    rows: [
      ...said.map((each) => [['  # ', 'label'] as const, each]),
      [
        [` ${line} `, 'label'],
        [cut(safe(text), columns - 6), 'title'],
      ],
    ],
    columns,
    height: rows,
  });
}
