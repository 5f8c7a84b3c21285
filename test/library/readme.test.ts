import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const textOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

test('the README shows the example of the library that is run', () => {
  const example = /<!-- library example -->\n```ts\n(?<code>.*?)```/s.exec(textOf('../../README.md'));
  expect(example?.groups?.['code']).toBe(textOf('example/readme.test.ts'));
});
