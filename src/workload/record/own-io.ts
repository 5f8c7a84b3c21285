import type { Moved } from './moved.ts';
import { movedIn, ownReads, textOnce } from './proc-file.ts';

/**
 * What a command did from beginning to end, also after the last look at it: when it has ended, its reads and
 * writes are added to those of who started it. So they are this program's, less what it did itself.
 */
export class OwnIo {
  readonly #before = ownIo();

  /** `own`: bytes that this program wrote in between. null: the kernel does not tell. */
  since(own: number): Moved | null {
    const now = ownIo();
    if (now === null || this.#before === null) return null;
    // What is read of the counters themselves does not count yet when they are read.
    const read = now.read - this.#before.read - (now.own - this.#before.own);
    const written = now.written - this.#before.written - own;
    return {
      read: read > NODES_OWN ? read : 0,
      written: written > NODES_OWN ? written : 0,
      fetched: now.fetched - this.#before.fetched,
      // The recording's own pages, of which each write makes some dirty anew.
      dirtied: now.dirtied - this.#before.dirtied - own,
    };
  }
}

/** Bytes that Node wakes itself with when a child ends. */
const NODES_OWN = 64;

function ownIo(): (Moved & { readonly own: number }) | null {
  const own = ownReads.bytes;
  const io = textOnce('/proc/self/io');
  if (typeof io === 'string') return null;
  return { ...movedIn(io.text), own };
}
