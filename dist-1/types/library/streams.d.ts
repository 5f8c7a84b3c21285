import * as nodeFs from 'node:fs';
/** Node's own streams, which ask whatever file system they are given. */
export type Streams = Pick<typeof nodeFs, 'createReadStream' | 'createWriteStream'>;
/** The calls of node:fs with a callback. */
export type Callbacks = Readonly<Record<string, (...parameters: readonly unknown[]) => void>>;
export declare function streamsOf({ open, close, read, write, writev, fsync }: Callbacks): Streams;
