import { closeSync, openSync, readSync } from 'node:fs';
import { PAGE_SIZE } from '../../kernel/units.ts';

/** Pages that are read round one that is faulted in, VM_MAX_READAHEAD of any kernel. */
export const AROUND = 32;

const ENTRY = 8;
/** The entry's highest byte, and its bit 63: the page is in memory, and mapped. */
const HIGH = 7;
const PRESENT = 0x80;
const buffer = Buffer.allocUnsafe(1 << 16);

/** A part of a file that a process has mapped; bytes. */
export interface Mapping {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/**
 * The windows of read-around in which a process has a page, by their numbers, of each file (proc_pid_pagemap(5): no right
 * is needed for one's own processes). None where it is gone.
 */
export function windowsIn(pid: number, mappings: readonly Mapping[]): Map<string, Set<number>> {
  const windows = new Map<string, Set<number>>();
  let file: number | null = null;
  try {
    file = openSync(`/proc/${pid}/pagemap`, 'r');
    for (const mapping of mappings) {
      const known = windows.get(mapping.path) ?? new Set();
      windows.set(mapping.path, known);
      addWindows(known, file, mapping);
    }
    return windows;
  } catch {
    return windows;
  } finally {
    if (file !== null) closeSync(file);
  }
}

function addWindows(windows: Set<number>, file: number, { start, end, offset }: Mapping): void {
  for (let at = start; at < end; ) {
    const wanted = Math.min(buffer.length, ((end - at) / PAGE_SIZE) * ENTRY);
    const length = readSync(file, buffer, 0, wanted, (at / PAGE_SIZE) * ENTRY);
    if (length < ENTRY) return;
    for (let entry = HIGH; entry < length; entry += ENTRY, at += PAGE_SIZE)
      if (buffer[entry] & PRESENT) windows.add(Math.floor((offset + at - start) / PAGE_SIZE / AROUND));
  }
}
