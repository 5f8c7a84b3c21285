import { TextDecoder } from 'node:util';

const MARK = Buffer.from('\ufeff');

/**
 * Chunks of text in UTF-8 without a byte order mark, whatever they were in: the mark tells UTF-16 (Excel's
 * "Unicode text").
 */
export async function* inUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null | undefined;
  for await (const chunk of chunks) {
    const isFirst = decoder === undefined;
    if (isFirst && chunk.length > 1) decoder = decoderOf(chunk);
    if (decoder) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    else yield isFirst && chunk.indexOf(MARK) === 0 ? chunk.subarray(MARK.length) : chunk;
  }
}

function decoderOf(chunk: Buffer): TextDecoder | null {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return new TextDecoder('utf-16le');
  return chunk[0] === 0xfe && chunk[1] === 0xff ? new TextDecoder('utf-16be') : null;
}
