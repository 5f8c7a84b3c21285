import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { has } from '../support/has.ts';

const textOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const example = /<!-- library example -->\n```ts\n(?<code>.*?)```/s.exec(textOf('../../README.md'));

describe.skipIf(!has('an example of the library in README.md', example !== null))('the README', () => {
  test('shows the example of the library that is run', () => {
    expect(example?.groups?.['code']).toBe(textOf('example/readme.test.ts'));
  });
});
