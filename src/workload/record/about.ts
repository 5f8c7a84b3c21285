import { availableParallelism, totalmem } from 'node:os';
import { size } from '../../kernel/numbers.ts';
import type { About } from './script-head.ts';

/** What recordings of each kind say of themselves. */

const ORDER =
  'One task does in each interval what was seen in it, in this order: map, allocate, read, write, free.';
const NEW =
  'Every byte that is read or written is new: files are read and written from one end to the other.';
const FILES =
  'A program reads files, not bytes. What storage delivered is read once; so is what calls read of open files that ' +
  'were in memory before, as far as these go. What became dirty is written once, but for what an open file can not ' +
  'hold twice. Pipes, sockets, terminals and devices are no files. Shared memory counts as anonymous.';
const IN_TABLE =
  'Reads and writes are of one file, which is as large as file memory was at most, and no larger than fits in the ' +
  "table's own peak: beyond that they go round and round in it. What was in memory at the first sample is read " +
  'at once, and counts for none of the reads.';
const LATE = 'A step whose time is over is done at once (--late).';

const here = () => ({ cpus: Math.min(64, availableParallelism()), memory: totalmem() });

/** `interval`: as a TIME; `files`: the size of the files that are read, as it was given, or null. */
export function aboutProcesses(title: string, task: string, interval: string, files: string | null): About {
  return {
    ...here(),
    title,
    task,
    rereads: files === null ? 'unknown' : 'known',
    how:
      `every ${interval}, of the process and its descendants together: RssAnon, RssShmem, VmSwap, VmHWM and RssFile ` +
      'of /proc/PID/status, what /proc/PID/io counts, and the files of /proc/PID/fd; once a second, smaps_rollup for ' +
      "what forks share. A process that has ended is in its parent's totals.",
    model: [
      ORDER,
      FILES,
      ...(files === null ? [] : [`Reads go round and round in files of ${files}.`]),
      LATE,
    ],
    lost: [
      files === null
        ? 'What is read again, and touched again in memory and mapped files: unknown (--trace knows, --files says).'
        : 'The order of accesses, and what is touched again in memory and mapped files.',
      'Files that were in memory before and were not open at any look;',
      'unmapping, and removal of files; memory of processes that came and went between two looks.',
    ],
  };
}

/** The read-ahead of all kernels that a replay knows, bytes. */
const USUAL_READ_AHEAD = 128 * 1024;

/** `trace`: the name of the file that holds the accesses; `readAhead`: of the storage, bytes, or null. */
export function aboutTraced(
  title: string,
  task: string,
  interval: string,
  trace: string,
  readAhead: number | null,
): About {
  return {
    ...here(),
    title,
    task,
    rereads: 'known',
    traced: ioTask(task),
    mapper: `${task}_map`,
    how:
      `what its processes read, wrote, truncated and removed, by strace, as ${trace}; every ${interval}, of the ` +
      'process and its descendants together: RssAnon, VmSwap, VmHWM and RssFile of /proc/PID/status; five times a second at most, Referenced of smaps (clear_refs).',
    model: [
      'Of a mapped file as much is there as one process had of it at most; and what storage delivered and no call asked for.',
      'Of a process that ended before anybody looked: what it asked for by brk and mmap, and of each file that it mapped 2M at most.',
      `One task has the memory: it touches, allocates and frees. ${task}_map has the mapped files, and ${ioTask(task)} does what the trace says, each access at its time.`,
      'Of memory and of mapped files as much is touched again, once in each look, as was used since the look before: the oldest of it.',
      LATE,
    ],
    lost: [
      'Which pages of memory and of mapped files are touched again, in which order, and how often between two looks; what is read and written by io_uring; direct I/O.',
      'madvise is not traced: memory that it gives back is gone at the next look; what it reads ahead or has swapped out is not seen.',
      'Reads and writes of pipes, sockets, terminals, /proc and /dev are of no file, and not in it.',
      'Times are those of a program that strace slows down.',
      ...(readAhead === null || readAhead <= USUAL_READ_AHEAD
        ? []
        : [
            `Storage here reads ahead up to ${size(readAhead)}, which the machine does not: under a limit what was read ahead may go before it is used, and is read again.`,
          ]),
    ],
  };
}

/** The task that does what a trace says, beside the one that has the memory. */
export const ioTask = (task: string): string => `${task}_io`;

/** `pressed`: why it is under pressure already, a sentence; null: it is not, as far as one sees. */
export function aboutCgroup(
  title: string,
  task: string,
  interval: string,
  version: 1 | 2,
  pressed: string | null,
): About {
  return {
    ...here(),
    title,
    task,
    rereads: 'unknown',
    how: `every ${interval}, memory.stat of a cgroup of version ${version}${version === 2 ? ' and its io.stat' : ''}.`,
    model: [
      ORDER,
      version === 2
        ? 'New are pages by which file memory grew and was reclaimed, less those that were refaults; written of them are as many as became dirty.'
        : 'New are pages that came in beyond page faults (pgpgin, pgfault) and refaults; written of them are as many as became dirty.',
      'Each is read or written once. Refaults are of pages that were there before the recording, as far as file memory goes: they enlarge its files.',
      'Shared memory counts as anonymous.',
      LATE,
    ],
    ...(pressed !== null && { warning: pressed }),
    lost: ['What is read again, and the order of accesses: unknown; processes; peaks between two looks.'],
  };
}

export function aboutSamples(title: string, task: string, hasFile: boolean): About {
  return {
    ...here(),
    title,
    task,
    rereads: 'unknown',
    how: 'samples of a table.',
    model: [ORDER, hasFile ? IN_TABLE : NEW, LATE],
    lost: ['The order of accesses; processes; whatever happened between two samples.'],
  };
}

/** `contents`: what the trace holds. */
export function aboutTrace(title: string, task: string, contents: string): About {
  return {
    ...here(),
    title,
    task,
    how: `a page trace of ${contents}; it stays where it is, and is read at replay.`,
    model: ['Each access at its recorded time, or at once with --asap.'],
    lost: ['Anonymous memory.'],
  };
}
