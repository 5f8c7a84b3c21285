/** Builds dist/playground.html: one static page, which needs no server. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { playgroundPage } from '../src/playground/page.ts';
import { IN_BROWSER } from './browser/options.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const fixtures = join(root, 'fixtures');

const { outputFiles } = await build({
  ...IN_BROWSER,
  absWorkingDir: root,
  entryPoints: { script: 'src/playground/main.ts', machine: 'src/playground/worker.ts' },
  outdir: 'dist',
  bundle: true,
  write: false,
  banner: {
    js: '/* Has CodeMirror and Lezer in it: MIT License, Copyright (C) 2018 by Marijn Haverbeke and others */',
  },
  logLevel: 'warning',
});
const built = (name: string): string =>
  outputFiles.find(({ path }) => path.endsWith(`${name}.js`))?.text ?? '';

const names = (await readdir(fixtures)).filter((name) => name.endsWith('.memcg')).sort();
const scripts = await Promise.all(
  names.map(async (name) => [name, await readFile(join(fixtures, name), 'utf8')] as const),
);
const isBoot = (name: string): boolean => name.startsWith('boot');
// A recorded trace is no text to play with.
const isWhole = (text: string): boolean => !/^(?:run|start) \S+ trace /m.test(text);
const lessons = scripts
  .filter(([name, text]) => !isBoot(name) && isWhole(text))
  .map(([name, text]) => ({ name: name.replace('.memcg', ''), text }));
const boots = Object.fromEntries(scripts.filter(([name]) => isBoot(name)));

await writeFile(
  join(root, 'dist/playground.html'),
  playgroundPage(lessons, boots, { script: built('script'), machine: built('machine') }),
);
