import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';

/** A room may import from its own line and from the lines above: src/README.md, "The rooms". */
const TIERS = [
  ['kernel'],
  ['mm'],
  ['task', 'fs'],
  ['policy'],
  ['linux-2.6.26', 'linux-6.1'],
  ['machine'],
  ['script'],
  ['session', 'workload', 'report', 'conform'],
  ['dashboard', 'library', 'mount', 'tune', 'explore', 'verify', 'cli', 'playground'],
];
/** These run in a browser, and decide every result: nothing of Node's, of npm's, of the wall clock's. */
const PURE = ['kernel', 'mm', 'task', 'fs', 'policy', 'machine'];
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

/** A source's path below src, its text, and what it imports: paths below src, and names of packages. */
interface Source {
  readonly path: string;
  readonly text: string;
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

const roomOf = (path: string): string => path.split('/')[0];

const tierOf = (path: string): number => TIERS.findIndex((rooms) => rooms.includes(roomOf(path)));

/** A kernel is bound to the machine at boot: one file knows which there are, and nobody else asks which it is. */
const isKernels = (path: string): boolean => roomOf(path).startsWith('linux-');
const KERNELS = 'machine/kernels.ts';

const sources: readonly Source[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .sort()
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const names = importsOf(text);
    const files = names
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(root, join(root, dirname(path), name)));
    return { path, text, files, packages: names.filter((name) => !name.startsWith('.')) };
  });
const pureSources = sources.filter(({ path }) => PURE.includes(roomOf(path)) || path.startsWith('linux-'));

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

/** Who is together in a circle, of whatever length: each by its members in order (Tarjan). */
function circlesOf(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const order = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[] = [];
  const visit = (node: string): number => {
    let low = order.size;
    const own = low;
    order.set(node, own);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (stack.includes(next)) low = Math.min(low, order.get(next) ?? own);
    }
    if (low < own) return low;
    const members = stack.splice(stack.indexOf(node));
    if (members.length > 1) circles.push(members.sort().join(' '));
    return low;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return circles.sort();
}

/** From each source's key to the keys of what it imports. */
function graphBy(key: (path: string) => string): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { path, files } of sources) {
    const targets = edges.get(key(path)) ?? new Set();
    for (const file of files) if (key(file) !== key(path)) targets.add(key(file));
    edges.set(key(path), targets);
  }
  return edges;
}

test('this reader of sources finds every form of import, every global of the host, and circles', () => {
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
  expect(importsOf(text).join(' ')).toBe('./a.ts ../mm/b.ts node:fs ./c.ts ./d.ts ./e.ts name');
  expect(hostGlobalsOf('export const now = Date.now() + Math.random();')).toEqual(['Date', 'Math.random']);
  expect(hostGlobalsOf('const t = typeof process;\nexport { t };')).toEqual(['process']);
  const innocent = 'export const f = (process: { Date: 1 }) => process.Date; // performance';
  expect(hostGlobalsOf(innocent)).toEqual([]);
  const edges = Object.entries({ a: 'b', b: 'cd', c: 'a', d: 'ef', e: 'f', f: 'e', g: 'a' });
  expect(circlesOf(new Map(edges.map(([from, to]) => [from, new Set(to)])))).toEqual(['a b c', 'e f']);
});

test('a room imports from its own line of the plan and from those above', () => {
  const wrong = sources.flatMap(({ path, files }) =>
    files
      .filter((file) => tierOf(path) < 0 || tierOf(file) < 0 || tierOf(file) > tierOf(path))
      .map((file) => `${path} -> ${file}`),
  );
  expect(wrong).toEqual([]);
});

test("what is one kernel's alone is reached through the machine that is bound to it", () => {
  const wrong = sources.flatMap(({ path, files }) =>
    files
      .filter((file) => isKernels(file) && roomOf(file) !== roomOf(path) && path !== KERNELS)
      .map((file) => `${path} -> ${file}`),
  );
  expect(wrong).toEqual([]);
});

test('nothing imports itself by way of others, types included: neither a room nor a file', () => {
  expect(circlesOf(graphBy(roomOf))).toEqual([]);
  expect(circlesOf(graphBy((path) => path))).toEqual([]);
});

test('the machine and what it is made of import nothing of Node or npm, and use no global of their host', () => {
  const foreign = pureSources.flatMap(({ path, text, packages }) =>
    [...packages, ...hostGlobalsOf(text)].map((name) => `${path}: ${name}`),
  );
  expect(foreign).toEqual([]);
});

test('no folder stands beside a file of its name', () => {
  const folders = new Set(sources.map(({ path }) => dirname(path)));
  const doubles = sources.map(({ path }) => path.replace(/\.tsx?$/, '')).filter((name) => folders.has(name));
  expect(doubles).toEqual([]);
});
