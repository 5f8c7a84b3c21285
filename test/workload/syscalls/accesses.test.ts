import { describe, expect, test } from 'vitest';
import { FileAccesses } from '../../../src/workload/syscalls/accesses.ts';
import { TracedCalls } from '../../../src/workload/syscalls/calls.ts';
import { StraceLines } from '../../../src/workload/syscalls/strace-lines.ts';

const KIB = 1024;

/** What the calls come to, as `kind file offset+size`. */
function accessesOf(
  lines: readonly string[],
  sizes: Readonly<Record<string, number>> = {},
  offset = 0,
): string[] {
  const told: string[] = [];
  const real = {
    sizeOf: (path: string) => sizes[path] ?? 0,
    inherited: (fd: number) => (fd === 0 ? { offset, append: false } : null),
  };
  const accesses = new FileAccesses(real, '/home', ({ kind, file, offset: at, size }) => {
    told.push(`${kind} ${accesses.names[file]} ${at}+${size}`);
  });
  const strace = new StraceLines(new TracedCalls(accesses));
  for (const [index, line] of lines.entries())
    strace.line(line.replace(/^(\d+) /, `$1 1700000000.${String(index).padStart(6, '0')} `));
  expect(strace.strange).toBe(0);
  return told;
}

const CASES: readonly {
  what: string;
  lines: readonly string[];
  told: readonly string[];
  sizes?: Record<string, number>;
}[] = [
  {
    what: 'reads go on where the last one ended, and end with the file',
    lines: [
      '7 openat(AT_FDCWD</home>, "a", O_RDONLY) = 3</home/a>',
      '7 read(3</home/a>, ""..., 4096) = 4096',
      '7 read(3</home/a>, ""..., 4096) = 100',
      '7 read(3</home/a>, "", 4096)     = 0',
    ],
    told: ['read /home/a 0+4096', 'read /home/a 4096+100'],
  },
  {
    what: 'lseek moves, pread does not',
    lines: [
      '7 openat(AT_FDCWD</home>, "a", O_RDONLY) = 3</home/a>',
      '7 lseek(3</home/a>, -50, SEEK_END) = 950',
      '7 pread64(3</home/a>, ""..., 10, 8000) = 10',
      '7 read(3</home/a>, ""..., 50) = 50',
    ],
    told: ['read /home/a 8000+10', 'read /home/a 950+50'],
  },
  {
    what: 'a copy of a descriptor and a child share the position; a file opened twice does not',
    lines: [
      '7 openat(AT_FDCWD</home>, "a", O_RDONLY) = 3</home/a>',
      '7 read(3</home/a>, ""..., 10) = 10',
      '7 fcntl(3</home/a>, F_DUPFD_CLOEXEC, 0) = 4</home/a>',
      '7 read(4</home/a>, ""..., 10) = 10',
      '7 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f) = 8',
      '8 read(3</home/a>, ""..., 10) = 10',
      '8 +++ exited with 0 +++',
      '7 read(3</home/a>, ""..., 10) = 10',
      '7 openat(AT_FDCWD</home>, "a", O_RDONLY) = 5</home/a>',
      '7 read(5</home/a>, ""..., 10) = 10',
    ],
    told: [0, 10, 20, 30, 0].map((at) => `read /home/a ${at}+10`),
  },
  {
    what: 'a child that is heard of before its fork has ended has its parent’s descriptors',
    lines: [
      '7 openat(AT_FDCWD</home>, "a", O_RDONLY) = 3</home/a>',
      '7 read(3</home/a>, ""..., 10) = 10',
      '7 vfork( <unfinished ...>',
      '8 read(3</home/a>, ""..., 5) = 5',
      '7 <... vfork resumed>) = 8',
      '7 read(3</home/a>, ""..., 5) = 5',
    ],
    told: ['read /home/a 0+10', 'read /home/a 10+5', 'read /home/a 15+5'],
  },
  {
    what: 'a trace may begin with a fork that another task cuts in two',
    lines: [
      '7 vfork( <unfinished ...>',
      '8 openat(AT_FDCWD</home>, "a", O_RDONLY) = 3</home/a>',
      '8 read(3</home/a>, ""..., 5) = 5',
      '7 <... vfork resumed>) = 8',
    ],
    told: ['read /home/a 0+5'],
  },
  {
    what: 'a child that is gone before its fork has ended keeps nothing open',
    lines: [
      '7 openat(AT_FDCWD</home>, "a", O_RDONLY) = 3</home/a>',
      '7 read(3</home/a>, ""..., 10) = 10',
      '7 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>',
      '8 read(3</home/a>, ""..., 5) = 5',
      '8 +++ exited with 0 +++',
      '7 <... clone resumed>) = 8',
      '7 unlink("a") = 0',
      '7 close(3</home/a>) = 0',
    ],
    sizes: { '/home/a': 100 },
    told: ['read /home/a 0+10', 'read /home/a 10+5', 'truncate /home/a 0+0'],
  },
  {
    what: 'threads share descriptors, whoever opens and closes them',
    lines: [
      '7 clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_THREAD, stack=0x7f} => {parent_tid=[8]}, 88) = 8',
      '8 openat(AT_FDCWD</home>, "a", O_RDONLY) = 3</home/a>',
      '7 read(3</home/a>, ""..., 10) = 10',
      '8 +++ exited with 0 +++',
      '7 read(3</home/a>, ""..., 10) = 10',
    ],
    told: ['read /home/a 0+10', 'read /home/a 10+10'],
  },
  {
    what: 'execve closes what was to be closed, and the program itself is mapped',
    lines: [
      '7 openat(AT_FDCWD</home>, "a", O_RDONLY|O_CLOEXEC) = 3</home/a>',
      '7 read(3</home/a>, ""..., 10) = 10',
      '7 execve("/bin/true", ["true"], 0x7f /* 3 vars */) = 0',
      '7 openat(AT_FDCWD</home>, "b", O_RDONLY) = 3</home/b>',
      '7 read(3</home/b>, ""..., 10) = 10',
    ],
    sizes: { '/bin/true': 40 * KIB },
    told: ['read /home/a 0+10', 'map /bin/true 0+40960', 'read /home/b 0+10'],
  },
  {
    what: 'devices, pipes, sockets, /proc and memory files are no files on storage',
    lines: [
      '7 read(3</dev/zero<char 1:5>>, ""..., 10) = 10',
      '7 read(0<pipe:[49089]>, ""..., 10) = 10',
      '7 read(5<TCP:[127.0.0.1:1->127.0.0.1:2]>, ""..., 10) = 10',
      '7 read(6<UNIX-STREAM:[49073->49072]>, ""..., 10) = 10',
      '7 read(7</proc/7/stat>, ""..., 10) = 10',
      '7 write(8</dev/shm/x>, ""..., 10) = 10',
      '7 write(9</memfd:mm>(deleted), ""..., 10) = 10',
    ],
    told: [],
  },
  {
    what: 'what is appended goes to the end of what is there',
    lines: [
      '7 openat(AT_FDCWD</home>, "log", O_WRONLY|O_CREAT|O_APPEND, 0666) = 3</home/log>',
      '7 write(3</home/log>, ""..., 5) = 5',
      '7 write(3</home/log>, ""..., 5) = 5',
    ],
    sizes: { '/home/log': 100 },
    told: ['write /home/log 100+5', 'write /home/log 105+5'],
  },
  {
    what: 'what is removed while it is open goes with its last descriptor, and its name may begin anew',
    lines: [
      '7 openat(AT_FDCWD</home>, "a", O_RDWR|O_CREAT|O_TRUNC, 0666) = 3</home/a>',
      '7 write(3</home/a>, ""..., 10) = 10',
      '7 unlink("a") = 0',
      '7 openat(AT_FDCWD</home>, "a", O_RDWR|O_CREAT, 0666) = 4</home/a>',
      '7 write(4</home/a>, ""..., 20) = 20',
      '7 close(3</home/a>(deleted)) = 0',
      '7 unlinkat(AT_FDCWD</home>, "a", 0) = 0',
      '7 +++ exited with 0 +++',
    ],
    told: ['write /home/a 0+10', 'write /home/a#2 0+20', 'truncate /home/a 0+0', 'truncate /home/a#2 0+0'],
  },
  {
    what: 'a renamed file is the same file, and the one in its place is gone',
    lines: [
      '7 openat(AT_FDCWD</home>, "new", O_WRONLY|O_CREAT, 0666) = 3</home/new>',
      '7 write(3</home/new>, ""..., 10) = 10',
      '7 openat(AT_FDCWD</home>, "old", O_RDONLY) = 4</home/old>',
      '7 read(4</home/old>, ""..., 30) = 30',
      '7 close(4</home/old>) = 0',
      '7 rename("new", "old") = 0',
      '7 openat(AT_FDCWD</home>, "old", O_RDONLY) = 4</home/old>',
      '7 read(4</home/old>, ""..., 10) = 10',
    ],
    sizes: { '/home/old': 30 },
    told: ['write /home/new 0+10', 'read /home/old 0+30', 'truncate /home/old 0+0', 'read /home/new 0+10'],
  },
  {
    what: 'sendfile, copy_file_range and splice read one and write the other',
    lines: [
      '7 sendfile(4</home/b>, 3</home/a>, NULL, 100) = 100',
      '7 sendfile(5<TCP:[127.0.0.1:1->127.0.0.1:2]>, 3</home/a>, [50] => [60], 10) = 10',
      '7 copy_file_range(3</home/a>, [0] => [7], 4</home/b>, NULL, 100, 0) = 7',
    ],
    told: [
      'read /home/a 0+100',
      'write /home/b 0+100',
      'read /home/a 50+10',
      'read /home/a 0+7',
      'write /home/b 100+7',
    ],
  },
  {
    what: 'truncation and advice say what is no longer cached',
    lines: [
      '7 openat(AT_FDCWD</home>, "a", O_RDWR) = 3</home/a>',
      '7 fadvise64(3</home/a>, 0, 0, POSIX_FADV_SEQUENTIAL) = 0',
      '7 fadvise64(3</home/a>, 4096, 0, POSIX_FADV_DONTNEED) = 0',
      '7 ftruncate(3</home/a>, 100) = 0',
      '7 truncate("/home/a", 50) = 0',
    ],
    sizes: { '/home/a': 10_000 },
    told: ['drop /home/a 4096+5904', 'truncate /home/a 100+0', 'truncate /home/a 50+0'],
  },
  {
    what: 'mapped files are told with the piece that is mapped; a relative path is of the directory that it was said in',
    lines: [
      '7 mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f',
      '7 chdir("sub") = 0',
      '7 open("lib.so", O_RDONLY) = 3</home/sub/lib.so>',
      '7 mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, 3</home/sub/lib.so>, 0x1000) = 0x7f',
      '7 unlink("lib.so") = 0',
      '7 close(3</home/sub/lib.so>) = 0',
    ],
    sizes: { '/home/sub/lib.so': 5 * KIB },
    told: ['map /home/sub/lib.so 4096+8192', 'truncate /home/sub/lib.so 0+0'],
  },
  {
    what: 'names with commas, brackets, quotes and bytes beyond ASCII',
    lines: [
      String.raw`7 openat(AT_FDCWD</home>, "we,ird <x> (\"\303\244", O_RDONLY) = 3</home/we,ird \74x\76 ("\303\244>`,
      String.raw`7 read(3</home/we,ird \74x\76 ("\303\244>, ""..., 4) = 4`,
    ],
    told: ['read /home/we,ird <x> ("ä 0+4'],
  },
];

describe('what strace saw is told as accesses to files', () => {
  test.each(CASES)('$what', ({ lines, told, sizes }) => {
    expect(accessesOf(lines, sizes)).toEqual(told);
  });

  test('standard input goes on where the one who gave it had come to', () => {
    expect(accessesOf(['7 read(0</home/in>, ""..., 10) = 10'], {}, 300)).toEqual(['read /home/in 300+10']);
  });
});
