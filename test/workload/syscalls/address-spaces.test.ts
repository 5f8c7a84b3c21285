import { expect, test } from 'vitest';
import { FileAccesses } from '../../../src/workload/syscalls/accesses.ts';
import { TracedCalls } from '../../../src/workload/syscalls/calls.ts';
import { StraceLines } from '../../../src/workload/syscalls/strace-lines.ts';

const KIB = 1024;
const ANONYMOUS = 'PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0';
const HEAP = ['brk(NULL) = 0x10000', 'brk(0x50000) = 0x50000'];

/** us; there is a ms between two events. */
const BEGAN = 1_700_000_000e6;

/** What calls of processes give them: lines of strace, and what is seen of the living (KiB) between them. */
const CASES: readonly {
  what: string;
  events: readonly (string | Readonly<Record<number, number>>)[];
  /** Of those that ended after the last look, KiB. */
  most: number;
}[] = [
  {
    what: 'a heap that grew',
    events: [...HEAP.map((call) => `7 ${call}`), '7 +++ exited with 0 +++'],
    most: 256,
  },
  {
    what: 'a heap that shrank again',
    events: [...[...HEAP, 'brk(0x10000) = 0x10000'].map((call) => `7 ${call}`), '7 +++ exited with 0 +++'],
    most: 256,
  },
  {
    what: 'memory that was mapped beside it, and given back in parts',
    events: [
      `7 mmap(NULL, 65536, ${ANONYMOUS}) = 0x100000`,
      '7 munmap(0x104000, 16384) = 0',
      `7 mmap(NULL, 8192, ${ANONYMOUS}) = 0x200000`,
      `7 mmap(NULL, 32768, ${ANONYMOUS}) = 0x300000`,
      '7 +++ exited with 0 +++',
    ],
    most: 88,
  },
  {
    what: 'memory that moves as it grows',
    events: [
      `7 mmap(NULL, 65536, ${ANONYMOUS}) = 0x100000`,
      '7 mremap(0x100000, 65536, 131072, MREMAP_MAYMOVE) = 0x200000',
      '7 +++ exited with 0 +++',
    ],
    most: 128,
  },
  {
    what: 'no stacks, nothing that is reserved, no files',
    events: [
      '7 mmap(NULL, 8392704, PROT_NONE, MAP_PRIVATE|MAP_ANONYMOUS|MAP_STACK, -1, 0) = 0x100000',
      '7 mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS|MAP_NORESERVE, -1, 0) = 0x900000',
      '7 mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE, 3</a>, 0) = 0xa00000',
      '7 +++ exited with 0 +++',
    ],
    most: 0,
  },
  {
    what: 'a child has its own, and the largest counts',
    events: [
      ...HEAP.map((call) => `7 ${call}`),
      '7 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD) = 8',
      `8 mmap(NULL, 65536, ${ANONYMOUS}) = 0x100000`,
      '8 +++ exited with 0 +++',
    ],
    most: 64,
  },
  {
    what: 'threads have one, which ends with the last of them',
    events: [
      '7 clone3({flags=CLONE_VM|CLONE_FS|CLONE_THREAD, stack_size=0x7fff00}, 88) = 8',
      `8 mmap(NULL, 65536, ${ANONYMOUS}) = 0x100000`,
      '8 +++ exited with 0 +++',
    ],
    most: 0,
  },
  {
    what: 'a child of vfork(2) has its own once it runs a program, told before or after its parent goes on',
    events: [
      ...HEAP.map((call) => `7 ${call}`),
      { 7: 100 },
      '7 vfork( <unfinished ...>',
      '8 execve("/a", [...], 0x7ffe /* 3 vars */ <unfinished ...>',
      '8 <... execve resumed>) = 0',
      '7 <... vfork resumed>) = 8',
      { 7: 200 },
      '8 brk(NULL) = 0x9000000',
      '8 brk(0x9010000) = 0x9010000',
      '8 +++ exited with 0 +++',
      '7 +++ exited with 0 +++',
    ],
    most: 256,
  },
  {
    what: 'another program begins with nothing, and the one before has ended',
    events: [...HEAP.map((call) => `7 ${call}`), '7 execve("/a", [...], 0x7ffe /* 3 vars */) = 0'],
    most: 256,
  },
  {
    what: 'what was seen of it, and what it asked for since',
    events: [
      ...HEAP.map((call) => `7 ${call}`),
      { 7: 100 },
      'nothing',
      '7 brk(0x60000) = 0x60000',
      '7 +++ exited with 0 +++',
    ],
    most: 164,
  },
  {
    what: 'what it was touching when it was seen, as fast as before, and no more than it asked for',
    events: [...HEAP.map((call) => `7 ${call}`), { 7: 100 }, { 7: 140 }, '7 +++ exited with 0 +++'],
    most: 180,
  },
  {
    what: 'what it had asked for in all, where it could have touched more',
    events: [...HEAP.map((call) => `7 ${call}`), { 7: 100 }, { 7: 240 }, '7 +++ exited with 0 +++'],
    most: 256,
  },
];

test.each(CASES)('memory of a process that nobody saw: $what', ({ events, most }) => {
  const calls = new TracedCalls(new FileAccesses({ sizeOf: () => 0, inherited: () => null }, '/', () => {}));
  const strace = new StraceLines(calls);
  let now = BEGAN;
  for (const event of events) {
    now += 1000;
    if (event === 'nothing') expect(calls.memory.look(new Map(), 0)).toBe(0);
    else if (typeof event === 'string')
      strace.line(event.replace(/^(\d+) /, `$1 ${(now / 1e6).toFixed(6)} `));
    else calls.memory.look(new Map(Object.entries(event).map(([pid, kib]) => [Number(pid), kib * KIB])), now);
  }
  expect(strace.strange).toBe(0);
  expect(calls.memory.look(new Map(), 0) / KIB).toBe(most);
});
