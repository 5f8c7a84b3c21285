import { closeSync, openSync, writeSync } from 'node:fs';
import { newRandom } from '../../src/kernel/random.ts';
import { newZipf, nextZipf } from '../../src/task/zipf.ts';

/** The skewed trace that several rows share: 20 M accesses over 10 M pages, 1 M of them resident. */

export const ACCESSES = 20_000_000;
export const RESIDENT = 1_000_000;
/** Marks that keep so many resident, the reclaimer at work. */
export const MARKS = [RESIDENT - 10_000, RESIDENT - 5000, RESIDENT] as const;
/** The machine they are on, in pages: 8 GiB. */
export const MEMORY = 2 << 20;
const SPAN = 10_000_000;

/** The page of each access, the same every time. */
export function zipfPages(): Int32Array {
  const zipf = newZipf(SPAN, 1);
  const random = newRandom(7);
  const page = new Int32Array(ACCESSES);
  // Ranks are scattered over the file, as hot pages are.
  for (let i = 0; i < ACCESSES; i += 1) page[i] = (nextZipf(random, zipf) * 7919) % SPAN;
  return page;
}

export const missRatio = (misses: number): string => `miss ratio ${(misses / ACCESSES).toFixed(4)}`;

/** libCacheSim's oracleGeneral: u32 time, u64 id, u32 size, i64 next access (-1: unknown). */
const RECORD = 24;
const PIECE = 100_000;

/** One access a page a record, all at time 0. */
export function writeOracleGeneral(path: string, page: Int32Array): void {
  const file = openSync(path, 'w');
  const buffer = Buffer.alloc(PIECE * RECORD);
  for (let from = 0; from < page.length; from += PIECE) {
    const to = Math.min(from + PIECE, page.length);
    for (let i = from; i < to; i += 1) {
      const at = (i - from) * RECORD;
      buffer.writeUInt32LE(page[i], at + 4);
      buffer.writeUInt32LE(4096, at + 12);
      buffer.writeBigInt64LE(-1n, at + 16);
    }
    for (let at = 0; at < (to - from) * RECORD; )
      at += writeSync(file, buffer, at, (to - from) * RECORD - at);
  }
  closeSync(file);
}
