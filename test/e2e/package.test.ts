import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { RedisServer, redisIsThere } from '../tune/queue/redis.ts';
import { examplesIn, failuresOf, helpTexts, typedInReadme } from './examples.ts';
import { hasShell } from './namespaces.ts';
import { type Ended, Sandbox } from './shells.ts';
import { Terminal } from './terminal.ts';
import { inTerminal } from './tmux.ts';

/** What `npm pack` makes, installed where nothing else is, with no registry to get anything from. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const MIB = 1024;
/** A sweep on a busy machine, ms. */
const LONGEST = 300_000;
/** Some 300 commands, one after the other: a minute where nothing else runs, ms. */
const ALL_EXAMPLES = 1_800_000;
vi.setConfig({ testTimeout: LONGEST, hookTimeout: LONGEST });

let sandbox: Sandbox;
/** By npm, on stderr. */
let said = '';
beforeAll(() => {
  sandbox = new Sandbox();
  writeFileSync(join(sandbox.folder, 'package.json'), '{ "type": "module" }');
  // A name that no example writes.
  writeFileSync(join(sandbox.folder, 'stream.memcg'), 'spawn t\nrun t stream data 32M\n');
  // It is built already.
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', sandbox.folder], {
    cwd: root,
  });
  said = spawnSync('npm install --offline --no-audit --no-fund ./memcg-*.tgz', {
    cwd: sandbox.folder,
    shell: true,
    encoding: 'utf8',
  }).stderr;
});
afterAll(() => sandbox.remove());

const memcg = (line: string): Ended =>
  sandbox.run('sh', `PATH="$PWD/node_modules/.bin:$PATH"; ${line}`, '', LONGEST);

test('brings no other package, and has less than 12 MiB', () => {
  expect(sandbox.run('sh', 'ls node_modules').stdout).toBe('memcg\n');
  expect(Number.parseInt(sandbox.run('sh', 'du -sk node_modules').stdout, 10)).toBeLessThan(12 * MIB);
});

test('holds the licences of what it carries', () => {
  const notices = readFileSync(join(sandbox.folder, 'node_modules/memcg/dist/THIRD-PARTY.txt'), 'utf8');
  for (const name of ['ink', 'react', 'commander', 'chalk', 'bullmq', 'ioredis', 'tinypool', 'yoga-layout'])
    expect(notices).toMatch(
      new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)\\n\\n.*(?:Licen[cs]e|Copyright)`, 'im'),
    );
});

test(
  'does what every help text and the README print as examples, typed in bash',
  async () => {
    const examples = (await helpTexts()).map(({ text }) => examplesIn(text));
    const typed = typedInReadme().map((line) => [line]);
    const setUp = 'PATH="$PWD/bin:$PWD/node_modules/.bin:$PATH"; rm -f bin/memcg';
    expect(failuresOf(sandbox, setUp, [...examples, ...typed], ALL_EXAMPLES)).toEqual([]);
  },
  ALL_EXAMPLES,
);

test('is installed without a warning, and has half of the files that it had, 501', () => {
  expect(said).toBe('');
  expect(Number(sandbox.run('sh', 'find node_modules/memcg -type f | wc -l').stdout)).toBeLessThanOrEqual(
    250,
  );
});

test('is the library', () => {
  writeFileSync(
    join(sandbox.folder, 'test.js'),
    `import { bootMachine } from 'memcg';
     const { fs } = bootMachine({ at: '/sys/fs/cgroup/memory' });
     fs.writeFileSync('default/memory.limit_in_bytes', '64M');
     console.log(fs.readFileSync('/sys/fs/cgroup/memory/default/memory.limit_in_bytes', 'utf8'));`,
  );
  expect(sandbox.run('sh', 'node test.js').stdout).toBe('67108864\n\n');
});

test.runIf(hasShell)('has the shell', () => {
  const { stdout } = memcg(
    "memcg shell -- sh -c 'cd /sys/fs/cgroup/memory && mkdir web && cat web/memory.limit_in_bytes'",
  );
  expect(stdout).toBe('9223372036854775807\n');
});

inTerminal('in a terminal', () => {
  test('has top', async () => {
    const terminal = new Terminal(memcg, { columns: 120, rows: 40 });
    try {
      terminal.enter('memcg up && memcg top');
      await terminal.shows('default session');
      await terminal.shows(/▶.*default/);
      terminal.press('q');
      await terminal.shows(/\$$/);
    } finally {
      terminal.close();
      memcg('memcg down');
    }
  });
});

test('makes reports of every kind', () => {
  const kinds = ['html', 'svg', 'csv', 'perfetto', 'openmetrics'];
  const { status, stderr } = memcg(
    `memcg replay stream.memcg ${kinds.map((kind) => `--${kind} report.${kind}`).join(' ')}`,
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const kind of kinds)
    expect(readFileSync(join(sandbox.folder, `report.${kind}`), 'utf8')).toMatch(/default/);
});

test('tunes, in threads', () => {
  const { status, stdout } = memcg('memcg tune stream.memcg --limit 8M --jobs 2 --json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toBeTypeOf('object');
});

test.runIf(redisIsThere)('tunes through a queue', async () => {
  await using redis = await RedisServer.start();
  const alone = memcg('memcg tune stream.memcg --limit 8M --json');
  const worker = spawn(
    join(sandbox.folder, 'node_modules/.bin/memcg'),
    ['tune-worker', '--jobs', '2', '--queue', redis.url],
    { stdio: 'ignore' },
  );
  try {
    const { status, stdout } = memcg(`memcg tune stream.memcg --limit 8M --json --queue ${redis.url}`);
    expect(status).toBe(0);
    expect(stdout).toBe(alone.stdout);
  } finally {
    worker.kill();
  }
});
