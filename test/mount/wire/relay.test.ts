import { existsSync, statSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { awaitDevice } from '../../../src/mount/wire/relay.ts';
import { Folder } from '../../session/sessions.ts';

/** A message as both ends of a device write it: its length, then the rest. */
function message(size: number, fill: number): Buffer {
  const bytes = Buffer.alloc(size, fill);
  bytes.writeUInt32LE(size, 0);
  return bytes;
}

const connected = (path: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });

test('requests come out of the socket as they went in, however they were cut on the way', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 16, max: 5000 }), fc.nat(255)), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 3000 }),
      async (shapes, piece) => {
        using folder = new Folder();
        const path = folder.at('device');
        const { device } = await awaitDevice(path, 5000);
        const socket = await connected(path);
        const channel = await device;
        const sent = shapes.map(([size, fill]) => message(size, fill));
        const taken: Buffer[] = [];
        const ended = new Promise<void>((resolve) =>
          channel.listen((bytes) => taken.push(Buffer.from(bytes)), resolve),
        );
        const all = Buffer.concat(sent);
        for (let at = 0; at < all.length; at += piece) socket.write(all.subarray(at, at + piece));
        socket.end();
        await expect.poll(() => taken.length).toBe(sent.length);
        expect(taken).toEqual(sent);
        channel.close();
        await ended;
      },
    ),
    { numRuns: 20, seed: 1 },
  );
});

test('the socket is for its owner, for one connection, and gone then', async () => {
  using folder = new Folder();
  const path = folder.at('device');
  const { device } = await awaitDevice(path, 5000);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const socket = await connected(path);
  const channel = await device;
  expect(existsSync(path)).toBe(false);
  const answer = message(40, 7);
  const heard = new Promise((resolve) => socket.once('data', resolve));
  channel.send(answer);
  expect(await heard).toEqual(answer);
  channel.close();
});

test.each([0, 15, 5 << 20])('a length of %d, which no request has, ends the connection', async (length) => {
  using folder = new Folder();
  const path = folder.at('device');
  const { device } = await awaitDevice(path, 5000);
  const socket = await connected(path);
  const channel = await device;
  const ended = new Promise<void>((resolve) => channel.listen(() => {}, resolve));
  const bytes = message(64, 1);
  bytes.writeUInt32LE(length, 0);
  socket.write(bytes);
  await ended;
  socket.destroy();
});

test('nobody waits for ever', async () => {
  using folder = new Folder();
  const { device } = await awaitDevice(folder.at('device'), 10);
  await expect(device).rejects.toThrow('nobody came');
});
