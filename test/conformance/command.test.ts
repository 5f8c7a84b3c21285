import { describe } from 'vitest';
import { testThroughSession } from './front.ts';

describe('through the command', () => {
  testThroughSession('command', {
    write: { answers: 1545, skipped: {} },
    order: { answers: 3000, skipped: {} },
    verbatim: { answers: 396, skipped: {} },
    files: {
      answers: 145,
      skipped: {
        'a cgroup read as if it were a file: no command does it': 1,
        'a path from an open directory: no command does it': 2,
        'a path with . or .. or a slash at its end: the language takes them out': 4,
        'another caller: commands are sh’s': 2,
        'chmod: no command does it': 4,
        'chown: no command does it': 1,
        'fsync: no command does it': 1,
        'link: no command does it': 1,
        'lseek: no command does it': 8,
        'mknod: no command does it': 2,
        'mmap: no command does it': 1,
        'open: no command does it': 45,
        'poll: no command does it': 1,
        'pread: no command does it': 3,
        'pwrite: no command does it': 2,
        'read of an open file: no command does it': 12,
        'readdir: no command does it': 25,
        'setxattr: no command does it': 2,
        'stat: no command does it': 3,
        'statfs: no command does it': 1,
        'symlink: no command does it': 1,
        'the page cache of the whole machine: no command shows it': 2,
        'truncate of a control file: no command does it': 1,
        'unlink: no command does it': 3,
        'utimes: no command does it': 1,
        'write to an open file: no command does it': 7,
      },
    },
  });
});
