import { describe, test } from 'vitest';
import { runRecording } from '../../src/conform/recording.ts';
import { type Expected, expectAgreement, FRONT_KINDS, LONGEST } from './front.ts';
import { throughLibrary } from './fronts/library.ts';
import { recordingOf } from './recorded.ts';

const EXPECTED: Expected = {
  write: { answers: 1545, skipped: {} },
  order: { answers: 3000, skipped: {} },
  verbatim: { answers: 396, skipped: {} },
  files: {
    answers: 600,
    skipped: {
      'statfs: node:fs does not show how long a name may be': 1,
      'mmap: node:fs has none': 1,
      'poll: node:fs has none': 1,
      'mknod: node:fs has none': 2,
      'setxattr: node:fs has none': 2,
      'a seek: node:fs has none': 8,
      'a seek through node:fs: where this read begins is lost': 4,
      'a path from an open directory: node:fs has no *at calls': 2,
    },
  },
};

describe('through the library', () => {
  test.each(FRONT_KINDS.map((kind) => [kind.about, kind] as const))(
    '%s come out as on the kernel',
    (_about, kind) => {
      expectAgreement(kind.name, runRecording(kind, recordingOf(kind), throughLibrary), EXPECTED);
    },
    LONGEST,
  );
});
