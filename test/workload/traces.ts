import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openTrace, type TraceOptions, type TraceSource } from '../../src/workload/open-trace.ts';

/** A request as a trace tells it, and as one line is compared. */
export interface Request {
  /** Whole seconds. */
  readonly time: number;
  readonly write: boolean;
  /** In sectors of 512 bytes. */
  readonly block: number;
  readonly size: number;
}

export const csvOf = (requests: readonly Request[], newline = '\n'): string =>
  [
    'time,op,size,lbn',
    ...requests.map((r) => `${r.time},${r.write ? '2a' : '28'},${r.size},${r.block}`),
  ].join(newline);

export function oracleGeneralOf(requests: readonly Request[]): Buffer {
  const bytes = Buffer.alloc(requests.length * 24);
  requests.forEach((request, i) => {
    bytes.writeUInt32LE(request.time, i * 24);
    bytes.writeBigUInt64LE(BigInt(request.block), i * 24 + 4);
    bytes.writeUInt32LE(request.size, i * 24 + 12);
    bytes.writeBigInt64LE(-1n, i * 24 + 16);
  });
  return bytes;
}

/** A zstd frame of raw blocks (RFC 8878, 3.1.1): what the library reads, with nothing compressed. */
export function zstdOf(data: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38])];
  for (let at = 0; at === 0 || at < data.length; at += 1000) {
    const block = data.subarray(at, at + 1000);
    const header = Buffer.alloc(3);
    header.writeUIntLE(block.length * 8 + (at + 1000 >= data.length ? 1 : 0), 0, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
}

const directory = mkdtempSync(join(tmpdir(), 'memcg-traces-'));
afterAll(() => rmSync(directory, { recursive: true }));
let files = 0;

/** A file with these bytes, gone after the tests; each has a path of its own. */
export function fileOf(content: string | Uint8Array, name = 'trace'): string {
  const path = join(mkdtempSync(join(directory, `${files++}-`)), name);
  writeFileSync(path, content);
  return path;
}

export interface Access {
  readonly time: number;
  readonly file: string;
  readonly page: number;
  readonly count: number;
  readonly write: number;
}

/** Every record from `from` on, in batches of `max`. */
export async function accessesOf(source: TraceSource, from = 0, max = 8192): Promise<Access[]> {
  const accesses: Access[] = [];
  for (;;) {
    const { batch, last } = await source.read(from + accesses.length, max);
    batch.time.forEach((time, i) => {
      accesses.push({
        time,
        file: source.files[batch.file[i]] ?? '?',
        page: batch.page[i],
        count: batch.count[i],
        write: batch.op[i],
      });
    });
    if (last) return accesses;
  }
}

export async function readAll(path: string, options: TraceOptions = {}, max = 8192): Promise<Access[]> {
  const source = await openTrace(path, options);
  try {
    return await accessesOf(source, 0, max);
  } finally {
    await source.close();
  }
}
