import * as nodeFs from 'node:fs';
import { optionsOf } from './arguments.ts';

/** Node's own streams, which ask whatever file system they are given. */

export type Streams = Pick<typeof nodeFs, 'createReadStream' | 'createWriteStream'>;
/** The calls of node:fs with a callback. */
export type Callbacks = Readonly<Record<string, (...parameters: readonly unknown[]) => void>>;

export function streamsOf({ open, close, read, write, writev, fsync }: Callbacks): Streams {
  const fs = { open, close, read, write, writev, fsync };
  return {
    createReadStream: (path, options) => nodeFs.createReadStream(path, { ...optionsOf(options), fs }),
    createWriteStream: (path, options) => nodeFs.createWriteStream(path, { ...optionsOf(options), fs }),
  };
}
