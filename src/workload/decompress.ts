import type { Gunzip } from 'node:zlib';
import { Decompress } from 'fzstd';

/** A damaged or cut compressed stream; one clause for people. */
export class DamagedStream extends Error {}

type Chunks = AsyncIterable<Buffer>;

/**
 * The bytes of a file as they were before gzip (RFC 1952) or zstd (RFC 8878),
 * told by their magic numbers; others pass as they are. Whatever comes out before
 * damage comes out before the error, so a run on a damaged trace is repeatable.
 */
export async function* decompressed(chunks: Chunks): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  const all = { [Symbol.asyncIterator]: () => prepended(first.value, iterator) };
  if (isGzip(first.value)) yield* gunzipped(all);
  else if (isZstd(first.value)) yield* unzstd(all);
  else yield* all;
}

async function* prepended(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

const isGzip = (head: Buffer): boolean => head.length >= 2 && head.readUInt16BE(0) === 0x1f8b;

/** A frame, or a skippable frame, as pzstd and others put first. */
const isZstd = (head: Buffer): boolean =>
  head.length >= 4 && (head.readUInt32LE(0) === 0xfd2fb528 || head.readUInt32LE(0) >>> 4 === 0x184d2a5);

/** Gzip expands at most a thousandfold: 16 KiB in, 16 MiB out. */
const GZIP_SLICE = 16 * 1024;

async function* gunzipped(chunks: Chunks): AsyncGenerator<Buffer> {
  // Loaded late, as most runs have no use for it.
  const { createGunzip } = await import('node:zlib');
  const stream = createGunzip({ chunkSize: 64 * 1024 });
  let out: Buffer[] = [];
  stream.on('data', (data: Buffer) => out.push(data));
  // `settled` asks for the error; an event that no one hears would end the process.
  stream.on('error', () => {});
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += GZIP_SLICE) {
        const error = await settled(stream, (done) =>
          stream.write(chunk.subarray(at, at + GZIP_SLICE), () => done()),
        );
        yield* out;
        out = [];
        if (error !== null) throw damaged('gzip', error);
      }
    }
    const error = await settled(stream, (done) => stream.once('end', done).end());
    yield* out;
    if (error !== null) throw damaged('gzip', error);
  } finally {
    stream.destroy();
  }
}

/** Waits until `begin` calls its `done`, or the stream fails. */
function settled(stream: Gunzip, begin: (done: () => void) => void): Promise<Error | null> {
  if (stream.errored !== null) return Promise.resolve(stream.errored);
  return new Promise((resolve) => {
    stream.once('error', resolve);
    begin(() => {
      stream.off('error', resolve);
      resolve(stream.errored);
    });
  });
}

/** Four bytes of zstd can stand for 128 KiB: 1 KiB in, 32 MiB out. */
const ZSTD_SLICE = 1024;
const LARGEST_WINDOW = 128 * 2 ** 20;

async function* unzstd(chunks: Chunks): AsyncGenerator<Buffer> {
  let out: Buffer[] = [];
  const stream = new Decompress((data) => {
    if (data.length > 0) out.push(Buffer.from(data.buffer, data.byteOffset, data.length));
  });
  let first = true;
  for await (const chunk of chunks) {
    if (first) checkWindow(chunk);
    first = false;
    for (let at = 0; at < chunk.length; at += ZSTD_SLICE) {
      // A copy, since what is not enough for a block yet is kept.
      const error = pushed(stream, Buffer.from(chunk.subarray(at, at + ZSTD_SLICE)), false);
      yield* out;
      out = [];
      if (error !== null) throw damaged('zstd', error);
    }
  }
  const error = pushed(stream, new Uint8Array(0), true);
  yield* out;
  if (error !== null) throw damaged('zstd', error);
}

function pushed(stream: Decompress, data: Uint8Array, last: boolean): unknown {
  try {
    stream.push(data, last);
    return null;
  } catch (error) {
    return error;
  }
}

/** Refuses, as zstd itself does by default, a frame that needs much memory (RFC 8878, 3.1.1.1.2). */
function checkWindow(frame: Buffer): void {
  const singleSegment = (frame[4] & 0x20) !== 0;
  if (frame.readUInt32LE(0) !== 0xfd2fb528 || singleSegment || frame.length < 6) return;
  const base = 2 ** (10 + (frame[5] >> 3));
  if (base + (base / 8) * (frame[5] & 7) > LARGEST_WINDOW) {
    throw new DamagedStream('the zstd stream needs more than 128 MiB of memory: compress it without --long');
  }
}

function damaged(kind: 'gzip' | 'zstd', error: unknown): DamagedStream {
  const text = error instanceof Error ? error.message : String(error);
  const cut = /unexpected (end of file|eof)/i.test(text);
  return new DamagedStream(
    cut ? `the ${kind} stream ends early: the file is cut short` : `the ${kind} stream is damaged (${text})`,
    { cause: error },
  );
}
