import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';

/** DESIGN.md, "The rooms": a room may import from its own line and from the lines above. */
const TIERS = [
  ['kernel'],
  ['mm'],
  ['task', 'fs'],
  ['machine'],
  ['script'],
  ['session', 'workload', 'report', 'conform'],
  ['dashboard', 'library', 'mount', 'tune', 'cli'],
];
/** These run in a browser, and decide every result: nothing of Node's, of npm's, of the wall clock's. */
const PURE = ['kernel', 'mm', 'task', 'fs', 'machine'];
const HOST_GLOBALS = [
  'Buffer',
  'Date',
  'Intl',
  'Math.random',
  'console',
  'crypto',
  'fetch',
  'globalThis',
  'performance',
  'process',
  'queueMicrotask',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
];

const root = fileURLToPath(new URL('../src', import.meta.url));

interface Source {
  readonly path: string;
  readonly room: string;
  readonly text: string;
}

/** The kernel's folder is still bound by imports: its control files count as fs, the rest of it as mm. */
const roomOf = (path: string): string =>
  (path.split('/')[0] ?? '')
    .replace(/\.ts$/, '')
    .replace(/^linux-2\.6\.26$/, /\/files\//.test(path) ? 'fs' : 'mm');
const tierOf = (room: string): number => TIERS.findIndex((rooms) => rooms.includes(room));

const sources: readonly Source[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .sort()
  .map((path) => ({ path, room: roomOf(path), text: readFileSync(join(root, path), 'utf8') }));
const pureSources = sources.filter(({ room }) => PURE.includes(room));

/** What `import ... from`, `export ... from`, `import '...'` and `import('...')` name, types too. */
function importsOf(text: string): string[] {
  const statements = /^(?:import|export)\b(?:[^;'"`]*?\bfrom)?\s*(['"])(?<name>[^'"]+)\1/gm;
  const calls = /\bimport\(\s*(?<name>[^)]*?)\s*\)/g;
  const literal = (name: string): string => name.replace(/^(['"`])(.*)\1$/, '$2');
  return [...text.matchAll(statements), ...text.matchAll(calls)].map((match) =>
    literal(match.groups?.['name'] ?? ''),
  );
}

/** The host's globals that this source uses: esbuild's `define` replaces only names that nothing declares. */
function hostGlobalsOf(text: string): string[] {
  const marker = (name: string): string => `__host_${name.replace('.', '_')}`;
  const define = Object.fromEntries(HOST_GLOBALS.map((name) => [name, marker(name)]));
  const { code } = transformSync(text, { loader: 'ts', define });
  return HOST_GLOBALS.filter((name) => new RegExp(`\\b${marker(name)}\\b`).test(code));
}

const targetOf = (source: Source, name: string): string =>
  roomOf(relative(root, join(root, dirname(source.path), name)));

describe('the reader of imports', () => {
  test('finds every form of import, over several lines and of types only', () => {
    const text = `
import type { A } from './a.ts';
import {
  b,
} from "../mm/b.ts";
import 'node:fs';
export { c } from './c.ts';
export * from './d.ts';
const e = await import('./e.ts');
const f = import(name);
// import g from 'comment';
export const text = 'import of nothing';
`;
    expect(importsOf(text)).toEqual([
      './a.ts',
      '../mm/b.ts',
      'node:fs',
      './c.ts',
      './d.ts',
      './e.ts',
      'name',
    ]);
  });

  test('finds a global of the host, and not a property or a local of the same name', () => {
    expect(hostGlobalsOf('export const now = Date.now() + Math.random();')).toEqual(['Date', 'Math.random']);
    expect(hostGlobalsOf('const t = typeof process;\nexport { t };')).toEqual(['process']);
    expect(hostGlobalsOf('export const f = (process: { Date: 1 }) => process.Date; // performance')).toEqual(
      [],
    );
  });
});

describe('rooms', () => {
  test('every source is in a room of the design', () => {
    expect(sources.filter(({ room }) => tierOf(room) < 0).map(({ path }) => path)).toEqual([]);
  });

  test.each(sources)('$path imports only from its own line of the design and those above', (source) => {
    const targets = importsOf(source.text)
      .filter((name) => name.startsWith('.'))
      .map((name) => targetOf(source, name));
    expect(targets.filter((room) => tierOf(room) < 0 || tierOf(room) > tierOf(source.room))).toEqual([]);
  });

  test('no two rooms of one line import from each other', () => {
    const edges = new Set(
      sources.flatMap((source) =>
        importsOf(source.text)
          .filter((name) => name.startsWith('.'))
          .map((name) => [source.room, targetOf(source, name)])
          .filter(([from, to]) => from !== to)
          .map((edge) => edge.join(' -> ')),
      ),
    );
    const back = (edge: string): string => edge.split(' -> ').reverse().join(' -> ');
    expect([...edges].filter((edge) => edges.has(back(edge)))).toEqual([]);
  });
});

describe('the machine and what it is made of', () => {
  test.each(pureSources)('$path imports nothing of Node or npm', ({ text }) => {
    expect(importsOf(text).filter((name) => !/^\.{1,2}\//.test(name))).toEqual([]);
  });

  test.each(pureSources)('$path uses no global of its host', ({ text }) => {
    expect(hostGlobalsOf(text)).toEqual([]);
  });
});
