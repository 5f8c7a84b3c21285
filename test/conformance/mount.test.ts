import { describe } from 'vitest';
import { hasFuse, hasPrograms } from '../e2e/namespaces.ts';
import { has } from '../support/has.ts';
import { testThroughSession } from './front.ts';

/** Several users call: only uid 0 can be them all. */
const canMount = hasFuse && has('uid 0', process.getuid?.() === 0);

describe.skipIf(!canMount || !hasPrograms('perl'))('through a mount', () => {
  testThroughSession('mount', {
    write: { answers: 1533, skipped: { 'a write of no bytes: Linux does not pass it on to a mount': 3 } },
    '6.1 write': {
      answers: 584,
      skipped: { 'a write of no bytes: Linux does not pass it on to a mount': 2 },
    },
    '6.1 seq': {
      answers: 285,
      skipped: { 'a thread of the recorded kernel, or a pid that a task has here': 2 },
    },
    order: { answers: 3000, skipped: {} },
    verbatim: { answers: 396, skipped: {} },
    files: {
      answers: 585,
      skipped: {
        'statfs: node:fs does not show how long a name may be': 1,
        'a write of no bytes: Linux does not pass it on to a mount': 2,
        'mmap: node:fs has none': 1,
        'poll: node:fs has none': 1,
        'the root renamed: a mount point belongs to what is around it': 1,
        'mknod: node:fs has none': 2,
        'setxattr: node:fs has none': 2,
        'a seek past 2^40: Linux has no such bound for a mount': 1,
        'an emulated task that writes 0: through a mount the writer is a real process': 8,
        'the page cache of the whole machine: no command shows it': 2,
      },
    },
  });
});
