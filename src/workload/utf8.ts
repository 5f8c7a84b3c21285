import { TextDecoder } from 'node:util';

/** Chunks of text in UTF-8, whatever they were in: a byte order mark tells UTF-16 (Excel's "Unicode text"). */
export async function* inUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null | undefined;
  for await (const chunk of chunks) {
    if (decoder === undefined && chunk.length > 1) decoder = decoderOf(chunk);
    yield decoder === undefined || decoder === null
      ? chunk
      : Buffer.from(decoder.decode(chunk, { stream: true }));
  }
}

function decoderOf(chunk: Buffer): TextDecoder | null {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return new TextDecoder('utf-16le');
  return chunk[0] === 0xfe && chunk[1] === 0xff ? new TextDecoder('utf-16be') : null;
}
