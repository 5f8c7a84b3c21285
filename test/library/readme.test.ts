import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const textOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

test('the page of the library shows its example of 6.1 that is run', () => {
  const example = /<!-- 6.1 example -->\n```ts\n(?<code>.*?)```/s.exec(textOf('../../src/library/README.md'));
  expect(example?.groups?.['code']).toBe(textOf('example/newer-kernel.test.ts'));
});

test('the README shows the example of the library that is run', () => {
  const example = /<!-- library example -->\n```ts\n(?<code>.*?)```/s.exec(textOf('../../README.md'));
  expect(example?.groups?.['code']).toBe(textOf('example/readme.test.ts'));
});
