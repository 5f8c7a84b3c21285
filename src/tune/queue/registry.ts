import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Job } from '../job.ts';
import { type Check, line, listOf, Malformed, objectOf, parsed, sha256 } from '../schema.ts';
import { jobOf, leaseOf, NEWS, prefixOf, QUEUE, SWEEPS, traceOf } from './names.ts';

/** Which sweeps there are on a Redis server. */

export interface SweepEntry {
  /** Of its memcg. */
  readonly version: string;
  /** Who runs it, for people: `host, pid 4711`. */
  readonly who: string;
  /** SHA-256 of its traces, so that whoever clears up behind it finds them. */
  readonly traces: readonly string[];
}

const sweepEntry: Check<SweepEntry> = objectOf<SweepEntry>({
  version: line,
  who: line,
  traces: listOf(sha256),
});

/** A sweep that has not been heard of for so long is dead, ms. Longer than `RedisLink` waits for a pulse. */
const LEASE = 60_000;

/** Before anything else of the sweep is put there: so whatever happens to it, somebody can clear up. */
export async function register(redis: Redis, id: string, entry: SweepEntry): Promise<void> {
  await redis.multi().set(leaseOf(id), '', 'PX', LEASE).hset(SWEEPS, id, JSON.stringify(entry)).exec();
}

/** Whether the server still knows of the sweep, which lives on if so. */
export async function renew(redis: Redis, id: string): Promise<boolean> {
  const leased = await redis.set(leaseOf(id), '', 'PX', LEASE, 'XX');
  return leased !== null && (await redis.hexists(SWEEPS, id)) === 1;
}

export interface Listing {
  /** Those whose job is there. */
  readonly living: ReadonlyMap<string, SweepEntry>;
  readonly dead: ReadonlyMap<string, SweepEntry>;
}

export async function list(redis: Redis): Promise<Listing> {
  const living = new Map<string, SweepEntry>();
  const dead = new Map<string, SweepEntry>();
  for (const [id, text] of Object.entries(await redis.hgetall(SWEEPS))) {
    const entry = parsed(sweepEntry, text, 'sweep');
    // Whoever wrote that is no memcg, and has nothing that could be served.
    if (entry instanceof Malformed) continue;
    if ((await redis.exists(leaseOf(id))) === 0) dead.set(id, entry);
    else if ((await redis.exists(jobOf(id))) === 1) living.set(id, entry);
  }
  return { living, dead };
}

export const tracesOf = ({ traces }: Job): string[] => [...new Set(Object.values(traces))].sort();

/** Takes away all that a sweep has put into Redis. Of several who do it at once, one does. */
export async function sweepAway(redis: Redis, id: string, traces: readonly string[]): Promise<void> {
  if ((await redis.hdel(SWEEPS, id)) === 1) await redis.publish(NEWS, id);
  const queue = new Queue(QUEUE, { ...queueOptions(redis, id), skipMetasUpdate: true });
  queue.on('error', () => {});
  // By force: points that workers are at are of no use to anybody any more.
  await queue.obliterate({ force: true });
  await queue.close();
  await redis.unlink(leaseOf(id), jobOf(id), ...traces.map((sha256) => traceOf(id, sha256)));
}

export const queueOptions = (redis: Redis, id: string) => ({ connection: redis, prefix: prefixOf(id) });
