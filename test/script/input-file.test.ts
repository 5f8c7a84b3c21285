import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openInput, readInput } from '../../src/script/input-file.ts';
import { linesOfFile } from '../../src/script/script-files.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'memcg-input-'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  symlinkSync(join(folder, 'pipe'), join(folder, 'link'));
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'file'), 'print a\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['pipe', 'a pipe'],
  ['link', 'a pipe'],
  ['/dev/zero', 'a device'],
])('%s is refused at once: it is %s', (name, what) => {
  const path = name.startsWith('/') ? name : join(folder, name);
  const says = `EINVAL: this is ${what}, and only a regular file is read here, open '${path}'`;
  expect(() => openInput(path)).toThrow(says);
  expect(linesOfFile(path).next()).toMatchObject({
    kind: 'world',
    message: `${path}: this is ${what}, and only a regular file is read here`,
  });
});

test('a directory is none', () => {
  expect(() => openInput(join(folder, 'folder'))).toThrow('EISDIR: illegal operation on a directory');
});

test('a regular file is read whole, if it is not larger than there is room for', () => {
  const path = join(folder, 'file');
  expect(readInput(path).toString()).toBe('print a\n');
  expect(() => readInput(path, 3)).toThrow('it has 8 bytes, and 3 are read at most');
});
