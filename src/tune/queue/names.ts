/** How things of this program go by in Redis. All that is of one sweep begins with its `prefixOf`. */

const ALL = 'memcg-tune';

/** A hash: sweeps that go on, by id. */
export const SWEEPS = `${ALL}:sweeps`;
/** A channel: something was begun or ended, look at SWEEPS. */
export const NEWS = `${ALL}:news`;

/** Of BullMQ's keys, too. */
export const prefixOf = (id: string): string => `${ALL}:${id}`;
/** The name of a sweep's queue, below its prefix. */
export const QUEUE = 'points';
/** There as long as its sweep lives. */
export const leaseOf = (id: string): string => `${prefixOf(id)}:lease`;
/** A list of pieces: the job as JSON. */
export const jobOf = (id: string): string => `${prefixOf(id)}:job`;
/** A list of pieces: the bytes of a trace. */
export const traceOf = (id: string, sha256: string): string => `${prefixOf(id)}:trace:${sha256}`;
