import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { frame } from '../../src/session/framing.ts';
import { HalfMessages, RpcConnection, RpcError, type Side } from '../../src/session/rpc.ts';
import { Folder } from './sessions.ts';

let folder: Folder;
let listener: Server;
let accepted: Promise<Socket>;
const sockets: Socket[] = [];

beforeEach(async () => {
  folder = new Folder();
  listener = createServer();
  accepted = new Promise((resolve) => listener.once('connection', resolve));
  await new Promise<void>((resolve) => listener.listen(folder.at('sock'), resolve));
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => listener.close(resolve));
  folder[Symbol.dispose]();
});

const QUIET: Side = {
  longest: 1 << 20,
  asked: () => Promise.reject(new RpcError(7, 'nothing is answered here')),
  told: () => {},
};

/** Two ends of one connection: what asks, and what answers. */
async function pair(
  answering: Partial<Side>,
): Promise<{ asker: RpcConnection; answerer: RpcConnection; socket: Socket }> {
  const socket = createConnection(folder.at('sock'));
  const other = await accepted;
  sockets.push(socket, other);
  return {
    asker: new RpcConnection(socket, QUIET),
    answerer: new RpcConnection(other, { ...QUIET, ...answering }),
    socket,
  };
}

describe('a connection', () => {
  test('has as many requests under way as one likes, each with its own answer', async () => {
    const waiting: (() => void)[] = [];
    const { asker } = await pair({
      asked: (_, params) =>
        new Promise((resolve) => {
          waiting.push(() => resolve({ told: params }));
          if (waiting.length === 3) for (const answer of waiting.reverse()) answer();
        }),
    });
    const answers = await Promise.all(['a', 'b', 'c'].map((cgroup) => asker.request('list', { cgroup })));
    expect(answers).toEqual(['a', 'b', 'c'].map((cgroup) => ({ told: { cgroup } })));
  });

  test('gives an error as the error that it is', async () => {
    const { asker } = await pair({});
    await expect(asker.request('inspect', {})).rejects.toMatchObject({
      code: 7,
      message: 'nothing is answered here',
    });
  });

  test('is told why it is hung up on, in every answer that it waits for', async () => {
    const { asker } = await pair({ longest: 1000, asked: () => new Promise(() => {}) });
    const first = asker.request('inspect', {});
    const long = asker.request('list', { cgroup: 'x'.repeat(2000) });
    for (const request of [first, long])
      await expect(request).rejects.toThrow(/^a message of \d+ bytes: 1000 is the most$/);
    await asker.closed;
    await expect(asker.request('inspect', {})).rejects.toThrow('the connection is closed');
  });

  test('that asks without end is not listened to before some of it is answered', async () => {
    let asked = 0;
    const answers: ((result: null) => void)[] = [];
    const { asker } = await pair({
      asked: () => {
        asked += 1;
        return new Promise((resolve) => answers.push(resolve));
      },
    });
    // Each much more than what is read at once.
    const requests = Array.from({ length: 3000 }, () => asker.request('list', { cgroup: 'x'.repeat(2000) }));
    while (answers.length < 1024) await new Promise((resolve) => setImmediate(resolve));
    for (let i = 0; i < 100; i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toBeLessThan(1200);
    while (asked < 3000 || answers.length > 0) {
      for (const answer of answers.splice(0)) answer(null);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await Promise.all(requests)).toHaveLength(3000);
  });

  test.each([
    ['an answer that nobody waits for', { jsonrpc: '2.0', id: 7, result: 1 }],
    ['another JSON-RPC', { jsonrpc: '1.0', id: 7, method: 'inspect' }],
    ['an error that is none', { jsonrpc: '2.0', id: 7, error: 'no' }],
    ['a list', []],
    ['null', null],
  ])('with %s is no connection any more', async (_, message) => {
    const { asker, socket } = await pair({});
    socket.write(frame(message));
    await asker.closed;
  });

  test('of all that wait for the rest of a message, only the one that holds most is hung up on', async () => {
    const halves = new HalfMessages(1000);
    const refused: string[] = [];
    const holder = (name: string) => {
      const own = {
        refuse: (): void => {
          refused.push(name);
          halves.hold(own, 0);
        },
      };
      return own;
    };
    const [small, great, late] = ['small', 'great', 'late'].map(holder);
    halves.hold(small, 100);
    halves.hold(great, 800);
    expect(refused).toEqual([]);
    halves.hold(late, 300);
    expect(refused).toEqual(['great']);
    halves.hold(late, 900);
    expect(refused).toEqual(['great']);
  });
});
