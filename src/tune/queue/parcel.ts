import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Redis } from 'ioredis';
import { isSystemError, systemText } from '../../script/script-files.ts';
import type { Job } from '../job.ts';
import { ExecutorFailure } from '../run/executor.ts';
import { job as jobSchema, Malformed, parsed } from '../schema.ts';
import { jobOf, NEWS, traceOf } from './names.ts';

/**
 * A job on its way through Redis, whole: scripts as text, traces as bytes. So a worker needs nothing but the
 * server; no folder has to be shared, and what it reads is what the sweep has read, by SHA-256.
 */

/** Bytes of one piece; a server stands still while it takes in one. */
const PIECE = 1 << 20;
/** All traces of a job together: a server keeps them in memory. */
const MOST = 256 << 20;
/** Pieces of the job itself: its texts. */
const MOST_PIECES = 64;

/**
 * Puts a job into Redis, and tells all workers when it is there. Rejects with an ExecutorFailure when a trace
 * can't be read, is another by now, or all are too large.
 */
export async function send(redis: Redis, id: string, job: Job): Promise<void> {
  let left = MOST;
  const sent = new Set<string>();
  for (const [path, sha256] of Object.entries(job.traces)) {
    if (sent.has(sha256)) continue;
    sent.add(sha256);
    left = await sendTrace(redis, traceOf(id, sha256), path, sha256, left);
  }
  const bytes = Buffer.from(JSON.stringify(job));
  const whole = redis.multi().del(jobOf(id));
  for (let at = 0; at < bytes.length; at += PIECE) whole.rpush(jobOf(id), bytes.subarray(at, at + PIECE));
  await whole.publish(NEWS, id).exec();
}

/** What of `left` is left. */
async function sendTrace(
  redis: Redis,
  key: string,
  path: string,
  sha256: string,
  left: number,
): Promise<number> {
  const hash = createHash('sha256');
  let rest = left;
  await redis.del(key);
  try {
    for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
      rest -= piece.length;
      if (rest < 0) {
        throw new ExecutorFailure(
          `${path}: the traces of a sweep with --queue have at most ${MOST >> 20} MiB: share it out with --shard`,
        );
      }
      hash.update(piece);
      await redis.rpush(key, piece);
    }
  } catch (error) {
    if (isSystemError(error)) throw new ExecutorFailure(`${path}: ${systemText(error)}`, error);
    throw error;
  }
  if (hash.digest('hex') === sha256) return rest;
  throw new ExecutorFailure(`${path} is another trace than the one that this sweep was begun with`);
}

/**
 * Takes in a job; its traces go to a folder, each once. Rejects with an ExecutorFailure when the server has not
 * all of it (any more), or the folder can't be written.
 */
export async function receive(redis: Redis, id: string, folder: string): Promise<Job> {
  if ((await redis.llen(jobOf(id))) > MOST_PIECES)
    throw new ExecutorFailure(`its job is larger than ${(MOST_PIECES * PIECE) >> 20} MiB`);
  const text = Buffer.concat(await redis.lrangeBuffer(jobOf(id), 0, -1)).toString();
  if (text === '') throw new ExecutorFailure('the sweep is over');
  const job = parsed(jobSchema, text, 'job');
  if (job instanceof Malformed) throw new ExecutorFailure(`what Redis has of it is no job: ${job.message}`);
  const copies: Record<string, string> = {};
  try {
    for (const [path, sha256] of Object.entries(job.traces)) {
      // By the end of its name a trace's format may be told.
      copies[path] = join(folder, sha256, basename(path));
      await receiveTrace(redis, traceOf(id, sha256), copies[path], sha256);
    }
  } catch (error) {
    if (isSystemError(error)) throw new ExecutorFailure(`${folder}: ${systemText(error)}`, error);
    throw error;
  }
  return { ...job, copies };
}

async function receiveTrace(redis: Redis, key: string, copy: string, sha256: string): Promise<void> {
  if (existsSync(copy)) return;
  await mkdir(join(copy, '..'), { recursive: true, mode: 0o700 });
  const fresh = `${copy}.${randomUUID()}`;
  const hash = createHash('sha256');
  // 'x': nothing that is there is written to.
  const file = await open(fresh, 'wx', 0o600);
  let left = MOST;
  try {
    for (let i = 0; ; i++) {
      const piece = await redis.lindexBuffer(key, i);
      if (piece === null) break;
      left -= piece.length;
      if (left < 0) break;
      hash.update(piece);
      await file.writeFile(piece);
    }
  } finally {
    await file.close();
  }
  if (hash.digest('hex') === sha256) return rename(fresh, copy);
  await rm(fresh);
  throw new ExecutorFailure(`${basename(copy)} did not come whole from Redis`);
}
