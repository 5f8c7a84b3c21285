import { once } from 'node:events';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { ServerOptions } from '../../../src/session/boot-server.ts';
import type { Method, ParamsOf, ResultOf } from '../../../src/session/protocol.ts';

/** A session's server, asked by one that waits for each answer: the recordings are run one step after the other. */

/** What takes longer hangs, ms. */
const LONGEST = 60_000;

/** A thread does not inherit that its process runs TypeScript. */
const THREAD = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL('session-thread.ts', import.meta.url).href)});
})`;

export interface ThreadData {
  readonly session: string;
  readonly how: ServerOptions;
  readonly flag: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** Until a task is idle or gone, so many ns at most. */
export interface Settle {
  readonly task: string;
  readonly until: 'idle' | 'gone';
  readonly time: number;
}

export type Asked = { readonly method: Method; readonly params: unknown } | { readonly settle: Settle };

export type Answer = { readonly value: unknown } | { readonly error: string };

export class SyncSession {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #flag: Int32Array;

  private constructor(worker: Worker, port: MessagePort, flag: SharedArrayBuffer) {
    this.#worker = worker;
    this.#port = port;
    this.#flag = new Int32Array(flag);
  }

  /** Resolves when the server is up; from then on its thread needs nothing of this one. */
  static async open(session: string, how: ServerOptions): Promise<SyncSession> {
    const { port1, port2 } = new MessageChannel();
    const flag = new SharedArrayBuffer(4);
    const worker = new Worker(THREAD, {
      eval: true,
      workerData: { session, how, flag, port: port2 } satisfies ThreadData,
      transferList: [port2],
    });
    await once(worker, 'message');
    return new SyncSession(worker, port1, flag);
  }

  request<M extends Method>(method: M, params: ParamsOf<M>): ResultOf<M> {
    return this.#ask({ method, params }) as ResultOf<M>;
  }

  settle(settle: Settle): void {
    this.#ask({ settle });
  }

  async close(): Promise<void> {
    this.request('down', {});
    await this.#worker.terminate();
  }

  #ask(asked: Asked): unknown {
    this.#port.postMessage(asked);
    // Again: what told of the answer before may wake it late, when that was taken already.
    while (Atomics.load(this.#flag, 0) === 0)
      if (Atomics.wait(this.#flag, 0, 0, LONGEST) === 'timed-out')
        throw new Error(`no answer to ${JSON.stringify(asked)}`);
    Atomics.store(this.#flag, 0, 0);
    const answer: Answer = receiveMessageOnPort(this.#port)?.message;
    if ('error' in answer) throw new Error(`${JSON.stringify(asked)}: ${answer.error}`);
    return answer.value;
  }
}
