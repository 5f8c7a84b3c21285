import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** `memcg replay` as it is built: one file, with V8's code for it beside. */

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
