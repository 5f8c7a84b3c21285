/**
 * Takes the pictures of the dashboard: the real program in a real terminal (tmux), as it is at an
 * instant of virtual time. The same pictures at every run, to the byte.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Terminal } from '../test/e2e/terminal.ts';
import { screenSvg } from './screen-svg.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const SIZE = { columns: 118, rows: 37 };

const folder = mkdtempSync(join(tmpdir(), 'memcg-'));
symlinkSync(join(root, '.build/screenshots.memcg'), join(folder, 'demo.memcg'));
const { NO_COLOR: _, ...env } = process.env;
const run = (line: string) =>
  spawnSync('sh', ['-c', line], {
    cwd: folder,
    env: { ...env, FORCE_COLOR: '2', LC_ALL: 'C.UTF-8', MEMCG: join(root, 'bin/memcg.js') },
    encoding: 'utf8',
  });
const terminal = new Terminal(run, SIZE);

async function take(name: string, label: string): Promise<void> {
  const rows = (await still()).split('\n');
  const svg = screenSvg(
    Array.from({ length: SIZE.rows - 1 }, (_, i) => rows[i] ?? ''),
    SIZE.columns,
    label,
  );
  writeFileSync(join(root, 'fixtures/pictures', `${name}.svg`), svg);
  process.stdout.write(`fixtures/pictures/${name}.svg: ${svg.length} bytes\n`);
}

/** The screen once it does not change any more. */
async function still(): Promise<string> {
  for (let last = ''; ; ) {
    const now = terminal.screen({ styled: true });
    if (now === last) return now;
    last = now;
    await setTimeout(500);
  }
}

/** Presses keys one by one, and waits for what the screen shows then. */
async function press(keys: readonly string[], shows: string | RegExp): Promise<void> {
  for (const key of keys) terminal.press(key);
  await terminal.shows(shows);
}

try {
  await terminal.shows('$');
  terminal.enter('node $MEMCG replay --watch demo.memcg');
  await press([']', ']', ']', ']', ']', ']', ']', ']', ']'], 'ENDED');

  await press(['Home', 'Down'], '/batch  ! STALLING');
  await take(
    'top',
    'memcg top: the tree of cgroups, why /batch is stalling and what to try, and its usage over time',
  );

  await press(['End', '2'], 'each wants 32 pages');
  await take('top-reclaim', 'memcg top: what the reclaimer of /web did');

  await press(['1', 'Home', 'Down', 'T', 'T', 'T', 'T', 'T', 'T', 'T', 'T'], 'PAST');
  await terminal.shows('/batch');
  await press([':'], 'any line of the language');
  terminal.enter('set batch low_wmark_in_bytes=40M high_wmark_in_bytes=52M');
  await terminal.shows('What if?');
  await press(['y'], /limit failures +[\d,]+ +[\d,]+ +.*better/);
  await take('top-what-if', 'memcg top: two futures of /batch in one graph, and their figures side by side');
  terminal.press('q');
} finally {
  terminal.close();
  rmSync(folder, { recursive: true });
}
