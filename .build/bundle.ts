/**
 * Bundles src into dist: `memcg.cjs`, the small chunk that every start reads,
 * with chunks that are loaded on use; `library.js`, what programs import; and
 * `machine.js`, the machine alone.
 */
import { spawnSync } from 'node:child_process';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { IN_BROWSER } from './browser/options.ts';
import { compileCore } from './core.ts';
import { wrapped } from './kept-code.ts';
import { mendedInk } from './mended-ink.ts';
import { Notices } from './notices.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/**
 * These set up tables as they are run: that is when they are first called, if ever; string-width's are of
 * Unicode, and ASCII takes none.
 */
const latePackages = (filter: RegExp): Plugin => ({
  name: 'late-packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter }, ({ path, kind }) =>
      kind === 'require-call' ? undefined : { path, namespace: 'late' },
    );
    onLoad({ filter: /^chalk$/, namespace: 'late' }, () => ({
      contents: `export default new Proxy({}, { get: (_, name) => require('chalk').default[name] });
        export function Chalk(options) { return new (require('chalk').Chalk)(options); }`,
      resolveDir: root,
    }));
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: `export default (text, ...given) =>
        ${path === 'string-width' ? '/^[ -~]*$/.test(text) ? text.length : ' : ''}require('${path}').default(text, ...given);`,
      resolveDir: root,
    }));
  },
});

/** What packages ask for of Node's and seldom use: commander to start programs, chalk on Windows and on terminals. */
const lateBuiltins: Plugin = {
  name: 'late-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:(child_process|os|tty)$/ }, ({ path, importer, namespace }) =>
      namespace === 'file' && importer.includes('/node_modules/')
        ? { path, namespace: 'late-builtin' }
        : undefined,
    );
    onLoad({ filter: /^node:tty$/, namespace: 'late-builtin' }, () => ({
      contents: `import { isTerminal } from './src/cli/output/print.ts'; export default { isatty: isTerminal };`,
      resolveDir: root,
    }));
    onLoad({ filter: /./, namespace: 'late-builtin' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require('${path}')[name] });`,
    }));
  },
};

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  logLevel: 'warning',
} as const;
/** What the page core is compiled with leaves some of its library in it. */
const notices = new Notices('node_modules/assemblyscript');
async function bundle(options: BuildOptions) {
  const built = await build({ ...common, ...options, metafile: true });
  notices.add(built.metafile);
  return built;
}

await compileCore();

// The machine asks nothing of its host: on the neutral platform an import of Node's fails here.
await bundle({
  entryPoints: { machine: 'src/machine/machine.ts' },
  platform: 'neutral',
  // Infinity as it is written would be looked up as a global, in loops that have one.
  minifySyntax: true,
  target: 'es2023',
});

// Not minified: names of classes and functions are what its users see in their tests' output.
await bundle({
  entryPoints: { library: 'src/library/index.ts' },
  platform: 'node',
  target: 'node20.19',
});

// What verify compiles on use.
await cp(join(root, 'src/verify/helper'), join(root, 'dist/verify'), { recursive: true });

// What runs inside the page of an HTML report; report/html puts it there.
// Its worker has all that replays a script; what opens files is never asked for there.
await bundle({
  outdir: 'dist/report',
  entryPoints: { page: 'src/report/html/page/main.ts', machine: 'src/report/html/live/worker.ts' },
  ...IN_BROWSER,
});

const node: BuildOptions = {
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  define: {
    MEMCG_VERSION: JSON.stringify(version),
    'process.env.NODE_ENV': '"production"',
  },
};

/** Most starts need one of these: what V8 compiles for such a command is kept; for none, all. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  line: [],
  'replay-program': ['replay', 'fixtures/streaming.memcg'],
};
/** What the files below load late, by the name of its file in dist. */
const late = new Map<string, string>();
/** Reading a file takes longer than running it: each of these is in one, but for what it seldom needs. */
const inOneFile: Plugin = {
  name: 'in-one-file',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const name = basename(path, '.ts');
      if (Object.hasOwn(KEPT, name)) return { path: name, namespace: 'kept' };
      late.set(name, join(resolveDir, path));
      return { path: `./${name}.js`, external: true };
    });
    onLoad({ filter: /./, namespace: 'kept' }, ({ path }) => ({
      contents: `module.exports = require('./.build/kept-code.ts').load(__dirname + '/${path}.cjs').exports;`,
      resolveDir: root,
    }));
  },
};
const start: BuildOptions = {
  ...node,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  plugins: [inOneFile, latePackages(/^(string-width|wrap-ansi|chalk)$/), lateBuiltins],
};
await bundle({ ...start, entryPoints: { memcg: 'src/cli/main.ts' } });

const { outputFiles = [] } = await bundle({
  ...start,
  write: false,
  entryPoints: Object.fromEntries(Object.keys(KEPT).map((name) => [name, `src/cli/${name}.ts`])),
  define: { ...node.define, 'import.meta.dirname': '__dirname' },
});
for (const { path, text } of outputFiles) {
  // V8 knows what it has compiled by its length alone, so the old one goes first.
  await rm(path.replace(/cjs$/, 'code'), { force: true });
  await writeFile(path, wrapped(text));
  keepCode(path, KEPT[basename(path, '.cjs')]);
}

/**
 * What is loaded late, and goes into one file: with a file for each, a package has many more of what they share, too.
 * None of these is waited for often, or another of its line is loaded with it anyway.
 */
const TOGETHER: readonly (readonly string[])[] = [
  [
    'calibrate',
    'completion',
    'events',
    'help',
    'listing-json',
    'pace',
    'sessions',
    'stat',
    'states',
    'up',
    'watch',
  ]
    .map((name) => `cli/commands/${name}.ts`)
    .concat('cli/help/schema-help.ts', 'workload/calibrate/costs.ts', 'workload/calibrate/measure.ts'),
  ['conform', 'explore', 'explore-orders', 'import', 'verify']
    .map((name) => `cli/commands/${name}.ts`)
    .concat('explore/scenarios.ts'),
  ['cli/commands/tune.ts', 'cli/commands/tune-run.ts', 'cli/commands/tune-worker.ts'],
  ['html/page', 'json', 'picture/svg', 'text'].map((name) => `tune/report/${name}.ts`),
  ['queue/queue-executor', 'queue/worker', 'run/executor', 'run/thread-executor'].map(
    (name) => `tune/${name}.ts`,
  ),
  [
    ...[
      'cli/commands/mount.ts',
      'cli/commands/shell.ts',
      'mount/session-mounts.ts',
      'mount/shell/shell-outside.ts',
    ],
    ...['mount/host/mounting.ts', 'mount/host/mount-point.ts', 'mount/host/mount-table.ts'],
  ],
  ['dashboard/stage/live-stage.ts', 'dashboard/stage/script-stage.ts'],
  ['cli/output/show-on-terminal.ts', 'dashboard/app/run.tsx', 'tune/watch/watch.tsx'],
];
const together: Plugin = {
  name: 'together',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      const file = relative(join(root, 'src'), join(resolveDir, path));
      const group = kind === 'dynamic-import' ? TOGETHER.find((each) => each.includes(file)) : undefined;
      return group && { path: group[0], namespace: 'together' };
    });
    onLoad({ filter: /./, namespace: 'together' }, ({ path }) => ({
      contents: (TOGETHER.find(([first]) => first === path) ?? [])
        .map((file) => `export * from './src/${file}';`)
        .join('\n'),
      resolveDir: root,
    }));
  },
};

const { metafile } = await bundle({
  ...node,
  entryPoints: {
    ...Object.fromEntries(late),
    // Worker threads load theirs by its name (src/script/thread-file.ts), and what tinypool runs in
    // them from beside tinypool, which is shared and so a chunk.
    'tune-thread': 'src/tune/run/thread.ts',
    'replay-thread': 'src/cli/commands/replay-thread.ts',
    'chunks/entry/worker': 'node_modules/tinypool/dist/entry/worker.js',
  },
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  plugins: [together, mendedInk, latePackages(/^(string-width|wrap-ansi)$/)],
  // Packages in CommonJS call require(), which an ES module has to make for itself.
  banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
});

// An older build's chunks bear other hashes. They go last, so that a memcg that is starting finds its own.
for (const name of await readdir(join(root, 'dist/chunks'))) {
  const file = `dist/chunks/${name}`;
  if (name !== 'entry' && !Object.hasOwn(metafile.outputs, file)) await rm(join(root, file));
}
await notices.write(root, 'dist/THIRD-PARTY.txt');

function keepCode(file: string, command: readonly string[]): void {
  const args = ['--import', 'tsx', '.build/keep-code.ts', file, ...command];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} can't be run: ${stderr}`);
}
