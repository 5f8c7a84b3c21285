/**
 * Chunks of text in UTF-8 without a byte order mark, whatever they were in: the mark tells UTF-16 (Excel's
 * "Unicode text").
 */
export declare function inUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
