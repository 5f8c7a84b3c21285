import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { COMMAND_NAMES } from '../src/cli/command-names.ts';
import { VOCABULARY } from '../src/script/vocabulary.ts';

/** What .build/derived.ts makes of the help texts and of the grammar. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

test('the page of man tells of every command and every word', () => {
  const told = [...textOf('dist/memcg.1').matchAll(/^\.SS (\S+)$/gm)].map(([, name]) => name);
  expect(told).toEqual(expect.arrayContaining([...COMMAND_NAMES, ...VOCABULARY.map(({ word }) => word)]));
});

test('nothing in it is taken for a request of roff that is none', () => {
  const requests = [...textOf('dist/memcg.1').matchAll(/^[.'](\w*)/gm)].map(([, name]) => name);
  expect([...new Set(requests)].sort()).toEqual(['SH', 'SS', 'TH', 'fi', 'nf']);
});

interface Pattern {
  readonly name?: string;
  readonly match?: string;
}

test('the grammar for editors knows the word that each line of the fixtures begins with', () => {
  const { patterns } = JSON.parse(textOf('dist/memcg.tmLanguage.json')) as { patterns: readonly Pattern[] };
  const rules = patterns.flatMap(({ match }) => (match === undefined ? [] : [new RegExp(match)]));
  const scripts = readdirSync(join(ROOT, 'fixtures')).filter((name) => name.endsWith('.memcg'));
  const lines = scripts.flatMap((name) => textOf(`fixtures/${name}`).split('\n'));
  expect(lines.filter((line) => line.trim() !== '' && !rules.some((rule) => rule.test(line)))).toEqual([]);
});
