import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sizeOf } from '../../../src/workload/record/strace.ts';

const folder = mkdtempSync(join(tmpdir(), 'memcg-size-'));
const at = (name: string): string => join(folder, name);
writeFileSync(at('five'), '12345');
symlinkSync('round', at('round'));
afterAll(() => rmSync(folder, { recursive: true }));

const NOBODY = 65534;

/** Files are asked for as somebody who has no rights. */
function asNobody<T>(act: () => T): T {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(NOBODY);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

it('a file in a folder that is closed to us has no size that is known', () => {
  mkdirSync(at('closed'));
  writeFileSync(at('closed/five'), '12345');
  chmodSync(at('closed'), 0);
  expect(asNobody(() => sizeOf(at('closed/five')))).toBe(0);
  chmodSync(at('closed'), 0o700);
});

it.each([
  ['of a file', at('five'), 5],
  ['of a folder', folder, 0],
  ['of what has gone', at('gone'), 0],
  ['of links that lead round', at('round'), 0],
  ['of a name that is too long', at('x'.repeat(300)), 0],
])('the size %s', (_, path, size) => {
  expect(sizeOf(path)).toBe(size);
});
