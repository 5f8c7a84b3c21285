import { rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import type { Channel } from '../server/serve.ts';
import { Device } from './device.ts';

/**
 * A device that lives in another process: one that is in the mount namespace where the device
 * is mounted (and had to be opened) hands requests and answers through, over a socket, to the one
 * that has the machine. Both begin with their length, so nothing needs to be added.
 */

/** Of the smaller of the two headers (an answer's): length, error, unique. */
const HEADER = 16;
const UNIQUE = 8;
/** No request or answer is longer: MAX_WRITE and headers, rounded up. */
const MOST = 2 << 20;

/** Cuts a stream where each message says its length first. Hangs up on what can't be one. */
function cut(socket: Socket, take: (message: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER) {
      const length = rest.readUInt32LE(0);
      if (length < HEADER || length > MOST) {
        socket.destroy();
        return;
      }
      if (rest.length < length) return;
      take(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  });
}

/** The device as the process with the machine has it. */
export class RelayedDevice implements Channel {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
  }

  listen(take: (bytes: Buffer) => void, ended: () => void): void {
    cut(this.#socket, take);
    this.#socket.once('close', ended);
  }

  send(answer: Buffer): void {
    this.#socket.write(answer);
  }

  tell(notice: Buffer): void {
    this.#socket.write(notice);
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** Waits on a socket of its own, for one connection. Rejects with what the file system says. */
export function awaitDevice(path: string, patience: number): Promise<{ readonly device: Promise<Channel> }> {
  const server = createServer();
  const device = new Promise<Channel>((resolve, reject) => {
    const giveUp = setTimeout(() => {
      server.close();
      reject(new Error('nobody came with a device'));
    }, patience);
    server.once('connection', (socket) => {
      clearTimeout(giveUp);
      server.close();
      rmSync(path, { force: true });
      resolve(new RelayedDevice(socket));
    });
  });
  device.catch(() => {});
  const mask = process.umask(0o177);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve({ device }));
    process.umask(mask);
  });
}

export interface Relay {
  /** Resolves when the mount can be used. */
  readonly ready: Promise<void>;
  /** Resolves when either end is gone. */
  readonly ended: Promise<void>;
}

/** Hands a mounted device through to the socket that awaits it. */
export function relayDevice(fd: number, path: string): Relay {
  const device = new Device(fd);
  const socket = createConnection(path);
  const ended = new Promise<void>((resolve) => {
    socket.on('error', () => {});
    socket.once('close', () => {
      device.close();
      resolve();
    });
  });
  // The device's buffer is used again for the next request.
  device.listen(
    (request) => socket.write(Buffer.from(request)),
    () => socket.destroy(),
  );
  const ready = new Promise<void>((resolve) => {
    cut(socket, (message) => {
      if (message.readBigUInt64LE(UNIQUE) === 0n) device.tell(Buffer.from(message));
      else device.send(message);
      resolve();
    });
  });
  return { ready, ended };
}
