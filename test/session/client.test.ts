import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/session/client.ts';
import { FrameReader, frame } from '../../src/session/framing.ts';
import { PROTOCOL } from '../../src/session/protocol.ts';
import { Folder } from './sessions.ts';

let folder: Folder;
let server: Server | null = null;

beforeEach(() => {
  folder = new Folder();
  process.env['XDG_RUNTIME_DIR'] = folder.path;
  mkdirSync(folder.at('memcg'), { mode: 0o700 });
});

afterEach(async () => {
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
  server = null;
  folder[Symbol.dispose]();
});

/** A server that says hello like this, and answers everything else with null. */
async function serve(protocol: number): Promise<void> {
  const hello = { protocol, version: '9.9.9', pid: 1, session: 'other', notices: [] };
  server = createServer((socket) => {
    const reader = new FrameReader(1 << 20);
    socket.on('data', (chunk) => {
      for (const message of reader.push(chunk)) {
        const { id, method } = message as { id: number; method: string };
        socket.write(frame({ jsonrpc: '2.0', id, result: method === 'hello' ? hello : null }));
      }
    });
  });
  await new Promise<void>((resolve) => server?.listen(folder.at('memcg/other.sock'), resolve));
}

describe('a client', () => {
  test('does not speak to a server of another protocol, and says how to restart it', async () => {
    await serve(PROTOCOL + 1);
    const client = await connect({ session: 'other', boot: 'never' });
    await expect(client.request('inspect', {})).rejects.toMatchObject({
      kind: 'version',
      exit: 3,
      message: expect.stringContaining('9.9.9'),
      why: expect.stringContaining('memcg down'),
    });
    expect(await client.request('down', {})).toBe(null);
    client.close();
  });

  test('boots nothing where it must not', async () => {
    await expect(connect({ session: 'other', boot: 'never' })).rejects.toMatchObject({
      kind: 'no-server',
      exit: 1,
    });
  });

  test.each(['', '..', '.hidden', '-x', 'a/b', 'a\nb', 'x'.repeat(65), 'ü'])(
    'takes %j for no name of a session',
    async (session) => {
      await expect(connect({ session, boot: 'never' })).rejects.toMatchObject({ kind: 'usage', exit: 2 });
    },
  );

  test('is told when the path of a socket would be too long', async () => {
    process.env['XDG_RUNTIME_DIR'] = folder.at('long');
    mkdirSync(folder.at('long'));
    const deep = `${folder.at('long')}/${'x'.repeat(100)}`;
    mkdirSync(deep);
    process.env['XDG_RUNTIME_DIR'] = deep;
    await expect(connect({ session: 'other', boot: 'never' })).rejects.toThrow(/XDG_RUNTIME_DIR/);
  });
});
