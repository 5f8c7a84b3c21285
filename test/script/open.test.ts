import { expect, test } from 'vitest';
import { runLines } from './scripts.ts';

const LOW = 'web/low_wmark_in_bytes';

test.each<[string, string[]]>([
  [
    'follows its cgroup to another name',
    [`open ${LOW}`, 'mv web other', `rewrite ${LOW} 4096`, 'expect other/low_wmark_in_bytes == 4096'],
  ],
  ['answers ENODEV after rmdir', [`open ${LOW}`, 'rmdir web', `fails ENODEV rewrite ${LOW} 4096`]],
  [
    'is not that of a new cgroup of that name',
    [
      `open ${LOW}`,
      'rmdir web',
      'mkdir web',
      `fails ENODEV rewrite ${LOW} 4096`,
      `write ${LOW} 4096`,
      `close ${LOW}`,
      `open ${LOW}`,
      `rewrite ${LOW} 8192`,
      `expect ${LOW} == 8192`,
    ],
  ],
  ['is opened once', [`open ${LOW}`, `fails EBUSY open ${LOW}`]],
  [
    'is one that was opened, and not closed',
    [
      `fails EBADF rewrite ${LOW} 0`,
      `open ${LOW}`,
      `close ${LOW}`,
      `fails EBADF close ${LOW}`,
      `fails EBADF rewrite ${LOW} 0`,
    ],
  ],
  ['has to be there', ['fails ENOENT open web/none', 'fails ENOENT open nowhere/tasks']],
  [
    'takes what a write that takes time takes',
    ['spawn a web', 'run a alloc 1M', 'attach a /', 'open web/force_empty', 'rewrite web/force_empty 1'],
  ],
])('a control file that is kept open %s', async (_, lines) => {
  const { error, expectations } = await runLines(['mkdir web', ...lines]);
  expect({ error, failed: expectations.failed }).toEqual({ error: null, failed: [] });
});
