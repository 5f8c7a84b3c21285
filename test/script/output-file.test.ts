import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { checkOutput, openOutput } from '../../src/script/output-file.ts';
import { folder } from './scripts.ts';

const files = folder({ there: 'text', empty: '' });
symlinkSync('there', files.path('link'));
symlinkSync('nowhere', files.path('dangling'));
execFileSync('mkfifo', [files.path('pipe')]);
afterAll(files.remove);

test.each([
  ['link', 'ELOOP'],
  ['dangling', 'ELOOP'],
  ['pipe', 'EINVAL'],
  ['', 'EISDIR'],
])('%s is not written to: %s', (name, code) => {
  expect(() => openOutput(files.path(name))).toThrow(expect.objectContaining({ code }));
});

test('what is there already is written over by who says so, or who waits to have something for it', () => {
  const path = files.path('there');
  expect(() => checkOutput(path, false)).toThrow(/it is there already: --force writes it anew/);
  expect(() => checkOutput(files.path('empty'), false)).not.toThrow();
  closeSync(openOutput(path, true));
  expect(readFileSync(path, 'utf8')).toBe('text');
  closeSync(openOutput(path));
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('standard output and what is open already are a process’s own, though their names are links', () => {
  const own = openSync(files.path('own'), 'w');
  for (const path of [`/dev/fd/${own}`, `/proc/self/fd/${own}`, '/dev/null']) closeSync(openOutput(path));
  closeSync(own);
});
