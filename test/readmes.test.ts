import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const pages = ['README.md', ...below('src'), ...below('test'), ...below('fixtures')];

function below(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('README.md'))
    .map((path) => join(folder, path));
}

const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

test.each(pages)('what %s links to is there', (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https?:)(?<path>[^)#]+)[^)]*\)/g)];
  const targets = links.map((link) => join(dirname(page), link.groups?.['path'] ?? ''));
  expect(targets.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
});

test('the map names every room, and files and functions that are there', () => {
  const map = textOf('src/README.md');
  const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((each) => each.isDirectory());
  expect(rooms.map(({ name }) => name).filter((name) => !map.includes(`${name}/`))).toEqual([]);
  const named = [...map.matchAll(/`(?<name>[a-z]\w+)\(\)`/g)].map((match) => match.groups?.['name'] ?? '');
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => textOf(join('src', path)))
    .join('\n');
  const missing = named.filter((name) => !new RegExp(`\\b${name}\\b`).test(sources));
  expect(missing).toEqual([]);
});
