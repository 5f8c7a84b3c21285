import { closeSync, read, readSync, write, writeSync } from 'node:fs';
import { connect, type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';
import { READ_BUFFER } from './protocol.ts';

/** Requests that are taken in one turn of the event loop. */
const BURST = 64;
/** How long the next request is looked out for before this process sleeps, ms. */
const LOOK_OUT = 0.05;

/**
 * /dev/fuse, mounted: requests come out, answers and notices go in. One read is one
 * request. An answer is written at once, from this thread: it never blocks.
 */
export class Device {
  readonly #fd: number;
  readonly #buffer = Buffer.allocUnsafe(READ_BUFFER);
  #socket: Socket | null = null;
  #notices: Buffer[] = [];
  #telling = false;
  #over = false;
  #ended: () => void = () => {};

  /** The descriptor is closed at the end. */
  constructor(fd: number) {
    this.#fd = fd;
  }

  /** `take` is given each request; its bytes are valid until it returns. `ended`: the mount is gone. */
  listen(take: (bytes: Buffer) => void, ended: () => void): void {
    this.#ended = ended;
    const handle = pollable(this.#fd);
    if (handle === null) this.#readByPool(take);
    else this.#poll(handle, take);
  }

  /** Nobody waits any more for what can't be delivered: an aborted request, or the mount is gone. */
  send(answer: Buffer): void {
    if (this.#over) return;
    try {
      writeSync(this.#fd, answer);
    } catch {
      // ENOENT, ENODEV
    }
  }

  /**
   * The kernel waits for the lock of the directory before it takes a notice, and who holds that
   * lock may wait for us: so it is written by a thread of the pool, and only by one of them.
   */
  tell(notice: Buffer): void {
    this.#notices.push(notice);
    this.#tellNext();
  }

  /** Gives the mount up: whoever uses it gets ENOTCONN. */
  close(): void {
    this.#end();
  }

  #tellNext(): void {
    if (this.#telling || this.#over) return;
    const notice = this.#notices.shift();
    if (notice === undefined) return;
    this.#telling = true;
    write(this.#fd, notice, () => {
      // ENOENT: the kernel did not know it.
      this.#telling = false;
      if (this.#over) this.#close();
      else this.#tellNext();
    });
  }

  #poll(handle: object, take: (bytes: Buffer) => void): void {
    // `handle` has no public type.
    const options: SocketConstructorOpts & { handle: object; onread: OnReadOpts } = {
      handle,
      onread: {
        buffer: this.#buffer,
        callback: (size: number): boolean => {
          take(this.#buffer.subarray(0, size));
          this.#takeMore(take);
          return true;
        },
      },
    };
    this.#socket = new Socket(options);
    this.#socket.once('error', () => {});
    this.#socket.once('close', () => {
      this.#socket = null;
      this.#over = true;
      this.#ended();
    });
  }

  /**
   * The answer to one request mostly brings the next: an open its write, a write its release. To
   * sleep and be woken across CPUs takes longer than to look out for it. A few requests of this
   * kind, so that others have their turn.
   */
  #takeMore(take: (bytes: Buffer) => void): void {
    // An error's stack costs more than the read.
    let until = performance.now() + LOOK_OUT;
    for (let taken = 0; taken < BURST && !this.#over; ) {
      const size = this.#readNow();
      if (size > 0) {
        taken += 1;
        take(this.#buffer.subarray(0, size));
        until = performance.now() + LOOK_OUT;
      } else if (performance.now() > until) return;
    }
  }

  /** 0: nothing is there (EAGAIN); anything else that is wrong is found by the next turn. */
  #readNow(): number {
    const { stackTraceLimit } = Error;
    try {
      // An error's stack costs more than the read.
      Error.stackTraceLimit = 0;
      return readSync(this.#fd, this.#buffer);
    } catch {
      return 0;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  #readByPool(take: (bytes: Buffer) => void): void {
    read(this.#fd, this.#buffer, 0, READ_BUFFER, null, (error, size) => {
      if (error !== null && error.code !== 'EINTR') {
        this.#end();
        return;
      }
      if (error === null) take(this.#buffer.subarray(0, size));
      if (!this.#over) this.#readByPool(take);
    });
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#notices = [];
    // A number that is closed may soon be that of something else.
    if (!this.#telling) this.#close();
  }

  #close(): void {
    if (this.#socket !== null) {
      this.#socket.destroy();
      return;
    }
    try {
      closeSync(this.#fd);
    } catch {
      // The socket has closed it.
    }
    this.#ended();
  }
}

/**
 * A libuv stream over the device, which epoll then waits for: half the way of a read by
 * the thread pool, and no thread hangs in the kernel when the process ends. Node makes such
 * streams for pipes, and any descriptor will do, but its constructor has no public name.
 * null: not to be had in this Node.
 */
function pollable(fd: number): object | null {
  const probe = connect({ path: '/' });
  probe.on('error', () => {});
  const pipe: unknown = Reflect.get(probe, '_handle');
  probe.destroy();
  if (typeof pipe !== 'object' || pipe === null) return null;
  const SOCKET = 0;
  const stream: unknown = Reflect.construct(pipe.constructor, [SOCKET]);
  if (typeof stream !== 'object' || stream === null) return null;
  const open: unknown = Reflect.get(stream, 'open');
  return typeof open === 'function' && open.call(stream, fd) === 0 ? stream : null;
}
