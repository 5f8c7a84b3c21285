import { spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { cpuUsage } from 'node:process';
import { PAGE_SIZE } from '../../kernel/units.ts';
import { numberAfter, textOnce } from '../record/proc-file.ts';
import { readAheadOf } from '../record/read-ahead.ts';

/** What things take on this machine, measured by doing them: ns a page; null: it can't be had here. */
export interface Measured {
  /** Touching new anonymous memory, and touching it again. */
  readonly fault: number;
  readonly touch: number;
  /** Reading what is cached, in pieces of 128K. */
  readonly copy: number;
  /** Writing a new file, in pieces of 128K. */
  readonly write: number;
  /** Reading what is not cached: from one end to the other, and single pages here and there. */
  readonly sequential: number | null;
  readonly random: number | null;
  /** What the kernel reads ahead on that device, bytes. */
  readonly readAhead: number | null;
}

/** Pages of memory and of the file: a tenth of a second of a slow disk, and more than any cache of a CPU. */
const PAGES = 16_384;
const PIECE = 128 * 1024;
/** Single reads, this many pages apart: no two are of one request. */
const RANDOM_READS = 200;
const ROUNDS = 3;

/** `folder`: where a file of 64 MiB is written and removed. Throws the system's error where it can't be. */
export function measure(folder: string): Measured {
  const memory = best(() => faults());
  const own = mkdtempSync(join(folder, 'memcg-calibrate-'));
  try {
    const path = join(own, 'data');
    const write = Math.min(...rounds(() => written(path)));
    const copy = Math.min(...rounds(() => cpuTime(() => perPage(path, sequentially)) / PAGES));
    const cold = (how: Reading): number | null => {
      const times = rounds(() => (dropped(path) ? fromStorage(path, how) : null));
      const known = times.filter((time) => time !== null);
      return known.length > 0 ? Math.min(...known) : null;
    };
    return {
      fault: memory[0],
      touch: memory[1],
      copy,
      write,
      sequential: cold(sequentially),
      random: cold(hereAndThere),
      readAhead: readAheadOf(path),
    };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

const rounds = <T>(act: () => T): T[] => Array.from({ length: ROUNDS }, act);

/** The least of each: what disturbs only ever makes things slower. */
function best(act: () => number[]): number[] {
  const all = rounds(act);
  return all[0].map((_, i) => Math.min(...all.map((each) => each[i])));
}

const since = (began: bigint): number => Number(process.hrtime.bigint() - began);

/** CPU time of this program, ns: what is done in memory takes no longer because others are busy. */
function cpuTime(act: () => void): number {
  const before = cpuUsage();
  act();
  const { user, system } = cpuUsage(before);
  return (user + system) * 1000;
}

function faults(): [fault: number, touch: number] {
  const memory = Buffer.allocUnsafeSlow(PAGES * PAGE_SIZE);
  const touchAll = (): number =>
    cpuTime(() => {
      for (let at = 0; at < memory.length; at += PAGE_SIZE) memory[at] += 1;
    }) / PAGES;
  const first = touchAll();
  const again = touchAll();
  return [Math.max(0, first - again), again];
}

/** A new file: its pages are allocated and charged. */
function written(path: string): number {
  rmSync(path, { force: true });
  const file = openSync(path, 'wx');
  const piece = Buffer.alloc(PIECE, 1);
  const took = cpuTime(() => {
    for (let at = 0; at < PAGES * PAGE_SIZE; at += PIECE) writeSync(file, piece);
  });
  // What is dirty can't be dropped.
  fsyncSync(file);
  closeSync(file);
  return took / PAGES;
}

/** How a file is read: the time that it took, and the pages that were read. */
type Reading = (file: number) => { readonly took: number; readonly pages: number };

const sequentially: Reading = (file) => {
  const piece = Buffer.alloc(PIECE);
  const began = process.hrtime.bigint();
  for (let at = 0; at < PAGES * PAGE_SIZE; at += PIECE) readSync(file, piece, 0, PIECE, at);
  return { took: since(began), pages: PAGES };
};

const hereAndThere: Reading = (file) => {
  const page = Buffer.alloc(PAGE_SIZE);
  const began = process.hrtime.bigint();
  // A stride without a common divisor: each page once, far from the one before.
  for (let i = 0; i < RANDOM_READS; i += 1)
    readSync(file, page, 0, PAGE_SIZE, ((i * 7919 + 1) % PAGES) * PAGE_SIZE);
  return { took: since(began), pages: RANDOM_READS };
};

function perPage(path: string, how: Reading): number {
  const file = openSync(path, 'r');
  const { took, pages } = how(file);
  closeSync(file);
  return took / pages;
}

/** null: what was read did not come from storage (proc_pid_io(5)), or nobody can tell. */
function fromStorage(path: string, how: Reading): number | null {
  const before = fetched();
  const time = perPage(path, how);
  const pages = (fetched() - before) / PAGE_SIZE;
  return pages >= RANDOM_READS / 2 ? time : null;
}

function fetched(): number {
  const io = textOnce('/proc/self/io');
  return typeof io === 'string' ? Number.NaN : numberAfter(io.text, '\nread_bytes:');
}

/** dd(1) of coreutils drops a file from the page cache (posix_fadvise(2)), which Node can't. */
const dropped = (path: string): boolean =>
  spawnSync('dd', [`of=${path}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0', 'status=none'])
    .status === 0;
