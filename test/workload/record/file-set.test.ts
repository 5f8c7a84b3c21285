import { describe, expect, it } from 'vitest';
import { FileSet } from '../../../src/workload/record/file-set.ts';
import { NOTHING_MOVED } from '../../../src/workload/record/moved.ts';
import type { OpenFile } from '../../../src/workload/record/open-files.ts';

const MIB = 2 ** 20;
const BEGAN = 1_000;
const file = (id: string, mib: number, more: Partial<OpenFile> = {}): OpenFile => ({
  id,
  size: mib * MIB,
  reads: true,
  writes: false,
  changed: 0,
  isTmpfs: false,
  ...more,
});
const read = (mib: number, fetched = 0) => ({ ...NOTHING_MOVED, read: mib * MIB, fetched: fetched * MIB });
const dirtied = (mib: number) => ({ ...NOTHING_MOVED, written: mib * MIB, dirtied: mib * MIB });

describe('a file that is read', () => {
  it('and was in memory before is as large as it is, however often it is read', () => {
    const set = new FileSet(BEGAN);
    for (let i = 0; i < 8; i += 1) set.saw(1, read(50), [file('data', 100)]);
    expect(set.warm).toBe(100 * MIB);
  });

  it('and comes from storage is what storage delivers, whatever its size', () => {
    const set = new FileSet(BEGAN);
    set.saw(1, read(10, 8), [file('data', 100)]);
    for (let i = 0; i < 8; i += 1) set.saw(1, read(50, 2), [file('data', 100)]);
    expect(set.warm).toBe(0);
  });

  it('and that the program has just written is no new page', () => {
    const set = new FileSet(BEGAN);
    set.saw(1, read(50), [file('out', 50, { changed: BEGAN + 1 })]);
    expect(set.warm).toBe(0);
  });

  it('by several processes is there once', () => {
    const set = new FileSet(BEGAN);
    for (const pid of [1, 2, 3]) set.saw(pid, read(100), [file('data', 100)]);
    expect(set.warm).toBe(100 * MIB);
  });

  it('is no file: bytes that belong to none that is open', () => {
    const set = new FileSet(BEGAN);
    set.saw(1, read(500), []);
    expect(set.warm).toBe(0);
  });
});

describe('a file that is written', () => {
  const out = (mib: number, changed: number) => file('out', mib, { reads: false, writes: true, changed });

  it('over and over has no more pages than it is large', () => {
    const set = new FileSet(BEGAN);
    for (let i = 0; i < 50; i += 1) set.saw(1, dirtied(10), [out(10, BEGAN + i)]);
    expect(500 * MIB - set.rewritten).toBe(10 * MIB);
  });

  it('from one end to the other has no page twice', () => {
    const set = new FileSet(BEGAN);
    for (let i = 1; i <= 50; i += 1) set.saw(1, dirtied(10), [out(10 * i, BEGAN + i)]);
    expect(set.rewritten).toBe(0);
  });

  it('beside others that nobody saw is not taken for them', () => {
    const set = new FileSet(BEGAN);
    const log = file('log', 1 / 64, { writes: true, changed: BEGAN });
    for (let i = 0; i < 50; i += 1) set.saw(1, dirtied(10), [{ ...log, changed: BEGAN + i }]);
    expect(set.rewritten).toBeLessThan(5 * MIB);
  });

  it('on tmpfs is shared memory', () => {
    const set = new FileSet(BEGAN);
    set.saw(1, read(1), [file('shm', 30, { writes: true, changed: BEGAN + 1, isTmpfs: true })]);
    set.saw(1, read(1), [file('old', 70, { isTmpfs: true })]);
    expect(set.shared).toBe(30 * MIB);
  });
});
