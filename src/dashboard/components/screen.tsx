import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import { type ScreenProps, screenLines } from './screen-lines.ts';

const Row = memo(
  ({ line }: { readonly line: string }): ReactElement => (
    <Text wrap="truncate">{line === '' ? ' ' : line}</Text>
  ),
);

/** A row is drawn anew only when its string has changed. */
export function Screen(props: ScreenProps): ReactElement[] {
  // Rows have no identity but their place.
  // biome-ignore lint/suspicious/noArrayIndexKey: as above
  return screenLines(props).map((line, i) => <Row key={i} line={line} />);
}
