import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** The program as it is built: what a start loads; and `replay`, one file with V8's code for it beside. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'memcg-test-'));
const code = join(folder, 'dist/replay-program.code');

/** Prints, reads a compressed trace, and draws: all that is loaded late. */
function replay(): string {
  const args = ['replay', '--bare', '--no-color', '--csv', '-', 'reads.memcg'];
  return execFileSync(process.execPath, ['bin/memcg.js', ...args], { cwd: folder, encoding: 'utf8' });
}

beforeAll(() => {
  for (const name of ['bin', 'dist', 'package.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  const requests = [
    'time,op,offset,size',
    ...Array.from({ length: 50 }, (_, i) => `${i},R,${i * 8192},4096`),
  ];
  writeFileSync(join(folder, 'reads.csv.gz'), gzipSync(requests.join('\n')));
  writeFileSync(join(folder, 'reads.memcg'), 'spawn t /\nrun t trace reads.csv.gz --asap\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('runs the same with that code, without it, and where V8 does not know it', () => {
  const built = replay();
  expect(built).toMatch(/^script,/);
  rmSync(code);
  expect(replay()).toBe(built);
  writeFileSync(code, 'of another V8');
  expect(replay()).toBe(built);
});

/** Names of Node's own modules that `memcg` with these arguments has loaded when it ends. */
function loads(...args: readonly string[]): string[] {
  const list = join(folder, 'loads');
  writeFileSync(
    join(folder, 'probe.cjs'),
    `process.on('exit', () => require('node:fs').writeFileSync('${list}', process.moduleLoadList.join('\\n')));`,
  );
  const options = ['--require', './probe.cjs', 'bin/memcg.js', ...args];
  // A pipe: what Node writes to a terminal or /dev/null with is loaded for those alone.
  execFileSync(process.execPath, options, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  return readFileSync(list, 'utf8').split('\n');
}

it.each([
  ['--version', ['--version']],
  ['replay of a short script', ['replay', '--bare', 'short.memcg']],
])('%s starts without the loader of ES modules, streams, sockets, terminals and processes', (_, args) => {
  writeFileSync(join(folder, 'short.memcg'), 'print "done"\n');
  const costly =
    /^NativeModule (stream|net|tty|child_process|perf_hooks|fs\/promises|internal\/modules\/esm\/translators)$/;
  expect(loads(...args).filter((name) => costly.test(name))).toEqual([]);
});
