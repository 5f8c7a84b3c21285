import type { ReadStream, WriteStream } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { optionsOf, viewOf } from './arguments.ts';
import { type Callbacks, type Streams, streamsOf } from './streams.ts';
import type { SyncFs } from './sync.ts';

type Tell = (error: unknown) => void;

/** fs.promises' FileHandle: an open file that knows how to be closed. */
export class FileHandle {
  readonly #fs: SyncFs;
  readonly #streams: Streams;
  #fd: number;

  constructor(fs: SyncFs, callbacks: Callbacks, fd: number) {
    this.#fs = fs;
    this.#streams = streamsOf({ ...callbacks, close: (_fd, tell) => this.#closeFor(tell as Tell) });
    this.#fd = fd;
  }

  /** -1 when it is closed. */
  get fd(): number {
    return this.#fd;
  }

  async close(): Promise<void> {
    if (this.#fd < 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    this.#fs.closeSync(fd);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** (buffer, offset, length, position), (buffer, options), or ({ buffer, offset, length, position }). */
  async read(first?: unknown, ...rest: readonly unknown[]): Promise<{ bytesRead: number; buffer: unknown }> {
    const fd = this.#open('read');
    const options = viewOf(first) === null ? optionsOf(first) : {};
    const buffer = viewOf(first) === null ? (options['buffer'] ?? Buffer.alloc(16_384)) : first;
    const span = viewOf(first) === null ? [options] : rest;
    return { bytesRead: this.#fs.readSync(fd, buffer, ...span), buffer };
  }

  /** (string, position, encoding), (buffer, offset, length, position), or (buffer, options). */
  async write(
    data: unknown,
    ...rest: readonly unknown[]
  ): Promise<{ bytesWritten: number; buffer: unknown }> {
    const fd = this.#open('write');
    // Node's own promises don't call write(2) for no bytes.
    if (viewOf(data)?.length === 0) return { bytesWritten: 0, buffer: data };
    return { bytesWritten: this.#fs.writeSync(fd, data, ...rest), buffer: data };
  }

  async readFile(options?: unknown): Promise<string | Buffer> {
    return this.#fs.readFileSync(this.#open('read'), options);
  }

  async writeFile(data: unknown, options?: unknown): Promise<void> {
    this.#fs.writeFileSync(this.#open('write'), data, options);
  }

  async appendFile(data: unknown, options?: unknown): Promise<void> {
    this.#fs.appendFileSync(this.#open('write'), data, options);
  }

  async readv(
    buffers: unknown,
    position?: unknown,
  ): Promise<{ readonly bytesRead: number; readonly buffers: unknown }> {
    return { bytesRead: this.#fs.readvSync(this.#open('readv'), buffers, position), buffers };
  }

  async writev(
    buffers: unknown,
    position?: unknown,
  ): Promise<{ readonly bytesWritten: number; readonly buffers: unknown }> {
    return { bytesWritten: this.#fs.writevSync(this.#open('writev'), buffers, position), buffers };
  }

  /** It closes the file at its end, unless it is told not to. */
  createReadStream(options?: unknown): ReadStream {
    return this.#streams.createReadStream('', { ...optionsOf(options), fd: this.#fd });
  }

  createWriteStream(options?: unknown): WriteStream {
    return this.#streams.createWriteStream('', { ...optionsOf(options), fd: this.#fd });
  }

  readLines(options?: unknown): Interface {
    return createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  async stat(options?: unknown) {
    return this.#fs.fstatSync(this.#open('fstat'), options);
  }

  async chmod(mode: unknown): Promise<void> {
    this.#fs.fchmodSync(this.#open('fchmod'), mode);
  }

  async chown(uid: number, gid: number): Promise<void> {
    this.#fs.fchownSync(this.#open('fchown'), uid, gid);
  }

  async utimes(atime: unknown, mtime: unknown): Promise<void> {
    this.#fs.futimesSync(this.#open('futime'), atime, mtime);
  }

  async truncate(length?: unknown): Promise<void> {
    this.#fs.ftruncateSync(this.#open('ftruncate'), length);
  }

  async sync(): Promise<void> {
    this.#fs.fsyncSync(this.#open('fsync'));
  }

  async datasync(): Promise<void> {
    this.#fs.fdatasyncSync(this.#open('fdatasync'));
  }

  #closeFor(tell: Tell): void {
    this.close().then(() => tell(null), tell);
  }

  #open(syscall: string): number {
    if (this.#fd >= 0) return this.#fd;
    throw Object.assign(new Error('file closed'), { code: 'EBADF', syscall });
  }
}
