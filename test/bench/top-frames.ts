import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { mendedInk } from '../../.build/mended-ink.ts';

/**
 * An hour of the dashboard's frames at 120x40, as fast as they can be drawn: what each costs, and what memory
 * is kept. `npx tsx test/bench/top-frames.ts [FRAMES]`; without its mends ink keeps all (`UNMENDED=1`).
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'memcg-'));
try {
  await build({
    absWorkingDir: root,
    stdin: { contents: driver(), resolveDir: root, loader: 'tsx' },
    outdir: folder,
    entryNames: 'frames',
    outExtension: { '.js': '.mjs' },
    jsx: 'automatic',
    splitting: true,
    external: ['react-devtools-core'],
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20.19', logLevel: 'warning' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: process.env['UNMENDED'] === undefined ? [mendedInk] : [],
    banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
  });
  const { CI: _, ...env } = process.env;
  const args = ['--expose-gc', join(folder, 'frames.mjs'), process.argv[2] ?? '18000'];
  spawnSync(process.execPath, args, { env, stdio: 'inherit' });
} finally {
  rmSync(folder, { recursive: true });
}

function driver(): string {
  return `
import { PassThrough } from 'node:stream';
import { render } from 'ink';
import { Screen } from './src/dashboard/components/screen.tsx';
import { makeTheme } from './src/dashboard/theme.ts';
import { pages } from './src/kernel/units.ts';
import { cgroup, CLOCK, curve, seconds, UI, VIEW } from './test/dashboard/components/views.ts';

const stdout = Object.assign(new PassThrough(), { columns: 120, rows: 40, isTTY: true });
let bytes = 0;
stdout.on('data', (data) => { bytes += data.length; });
const ink = render(null, { stdout, stdin: new PassThrough(), incrementalRendering: true, patchConsole: false });
const theme = makeTheme(2, 'braille');
const frames = Number(process.argv[2]);
const used = () => { gc(); return (process.memoryUsage().heapUsed / 2 ** 20).toFixed(1); };
const began = process.cpuUsage();
for (let n = 0; n < frames; n += 1) {
  const at = n / 5;
  const cgroups = Array.from({ length: 100 }, (_, i) => cgroup(i === 0 ? '/' : '/g' + i, {
    usage: { usage: pages(1000 + ((n * 37 + i * 101) % 15000)), max: pages(16000), limit: pages(16384) },
    failcnt: n * 7 + i, rates: { ...VIEW.snapshot.cgroups[1].rates, background: (n * 13 + i) % 9000 },
  }));
  const shown = curve(Math.max(0, at - 60), at, 150, (time) => ({ max: pages(Math.round(8000 + 7000 * Math.sin(time * 3 + n))) }));
  const view = { ...VIEW, clock: { ...CLOCK, time: seconds(at), present: seconds(at) }, snapshot: { ...VIEW.snapshot, cgroups }, curve: shown };
  ink.rerender(<Screen view={view} ui={{ ...UI, selected: '/g7', span: seconds(60) }} size={{ columns: 119, rows: 39 }} theme={theme} />);
  // Ink draws no sooner than this after the last frame.
  await new Promise((resolve) => setTimeout(resolve, 35));
  if (n % Math.ceil(frames / 6) === 0) console.log(n + ' frames: ' + used() + ' MiB');
}
const { user, system } = process.cpuUsage(began);
console.log(frames + ' frames: ' + used() + ' MiB, ' + ((user + system) / 1000 / frames).toFixed(1) + ' ms of CPU and ' + Math.round(bytes / frames) + ' bytes a frame');
ink.unmount();
process.exit();
`;
}
