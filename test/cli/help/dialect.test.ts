import { expect, test } from 'vitest';
import { examplesIn, helpTexts } from '../../e2e/examples.ts';

test('every help text has an example, and none a line beyond 80 columns or another way to write what varies', async () => {
  const texts = await helpTexts();
  const those = (is: (text: string) => boolean): string[] =>
    texts.filter(({ text }) => is(text)).map(({ of }) => of);
  expect(those((text) => examplesIn(text).length === 0)).toEqual([]);
  expect(those((text) => text.split('\n').some((line) => line.length > 80))).toEqual([]);
  expect(those((text) => /<\w+>|^Usage:/m.test(text))).toEqual([]);
});
