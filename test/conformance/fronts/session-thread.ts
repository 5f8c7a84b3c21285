import { parentPort, workerData } from 'node:worker_threads';
import { ns } from '../../../src/kernel/units.ts';
import { type Client, connect } from '../../../src/session/client.ts';
import type { Answer, Asked, Settle, ThreadData } from './sync-session.ts';

/** The thread that speaks to a session's server, for one that waits: see sync-session.ts. */

/** Steps from event to event; what takes more goes on in steps of a part of what it has taken, ns. */
const SINGLE_STEPS = 50;
const STEP = { least: 1_000_000, most: 50_000_000, part: 0.02 } as const;

const { session, how, flag, port } = workerData as ThreadData;
const answered = new Int32Array(flag);
const client = await connect({ session, boot: 'if-needed', how });

port.on('message', (asked: Asked) => void answer(asked));
parentPort?.postMessage('up');

async function answer(asked: Asked): Promise<void> {
  port.postMessage(await answerTo(asked));
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
}

async function answerTo(asked: Asked): Promise<Answer> {
  try {
    return { value: 'settle' in asked ? await settle(client, asked.settle) : await ask(client, asked) };
  } catch (error) {
    return { error: `${error}` };
  }
}

const ask = (to: Client, { method, params }: Exclude<Asked, { settle: Settle }>): Promise<unknown> =>
  to.request(method, params as never);

/** A paused machine goes on, event by event, until a task is where it is to be. */
async function settle(to: Client, { task, until, time }: Settle): Promise<void> {
  let began: number | null = null;
  for (let steps = 0; ; steps += 1) {
    const { tasks, virtual_ns: now } = await to.request('inspect', {});
    began ??= now;
    // One that is killed has its memory until it is gone.
    const found = tasks.find(({ name, state }) => name === task && state !== 'X');
    if (found === undefined || (until === 'idle' && found.behaviour === null)) return;
    const left = began + time - now;
    if (left <= 0) return;
    const long = Math.min(left, STEP.most, Math.max(STEP.least, Math.floor((now - began) * STEP.part)));
    await to.request('step', { time: steps < SINGLE_STEPS ? null : ns(long) });
  }
}
