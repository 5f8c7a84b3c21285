import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { Mistake } from '../../../src/script/mistake.ts';
import { parseAddress, type RedisAddress } from '../../../src/tune/queue/address.ts';
import { Folder } from '../../session/sessions.ts';
import { has } from '../../support/has.ts';

/** A Redis server of one's own, from Debian's package. */

export const redisIsThere = has(
  'redis-server (apt-get install redis-server)',
  spawnSync('redis-server', ['--version']).status === 0,
);

export class RedisServer implements AsyncDisposable {
  readonly port: number;
  readonly #folder = new Folder();
  #process: ChildProcess | null = null;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.begin();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get address(): RedisAddress {
    const address = parseAddress(this.url);
    if (address instanceof Mistake) throw address;
    return address;
  }

  /** With nothing in its memory. */
  async begin(): Promise<void> {
    const options = ['--port', this.port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const server = spawn('redis-server', options.map(String), {
      cwd: this.#folder.path,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = server;
    let said = '';
    for await (const text of server.stdout) {
      said += `${text}`;
      if (said.includes('Ready to accept connections')) break;
    }
    if (!said.includes('Ready to accept connections')) throw new Error(`redis-server did not start: ${said}`);
    // Whoever does not listen to it any more must not stop it.
    server.stdout.resume();
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const server = this.#process;
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }

  /** Every key that is there. */
  async keys(): Promise<string[]> {
    const redis = new Redis({ port: this.port });
    try {
      return (await redis.keys('*')).sort();
    } finally {
      redis.disconnect();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    this.#folder[Symbol.dispose]();
  }
}

/**
 * Below those that the system gives to clients (32,768 and up): one that looks for a server that is gone may be given
 * that very port, be connected to itself, and keep the server from coming back.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_768);
    const server = createServer();
    try {
      await once(server.listen(port, '127.0.0.1'), 'listening');
    } catch {
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
