/** A damaged or cut compressed stream; one clause for people. */
export declare class DamagedStream extends Error {
}
type Chunks = AsyncIterable<Buffer>;
/**
 * The bytes of a file as they were before gzip (RFC 1952) or zstd (RFC 8878),
 * told by their magic numbers; others pass as they are. Whatever comes out before
 * damage comes out before the error, so a run on a damaged trace is repeatable.
 */
export declare function decompressed(chunks: Chunks): AsyncGenerator<Buffer>;
export {};
