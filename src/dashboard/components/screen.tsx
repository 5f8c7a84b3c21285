import { Transform } from 'ink';
import type { ReactElement } from 'react';
import { type ScreenProps, screenLines } from './screen-lines.ts';

/**
 * The rows take the place of blanks when ink writes them out: what they say is neither measured nor laid
 * out, since they fit as they are. Ink would keep every text that it ever measured, for ever.
 */
export function Screen(props: ScreenProps): ReactElement {
  const lines = screenLines(props);
  return <Transform transform={(_, row) => lines[row] ?? ''}>{blankRows(lines.length)}</Transform>;
}

const blankRows = (count: number): string => Array.from({ length: count }, () => ' ').join('\n');
