import type { Socket } from 'node:net';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createMessageConnection,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageConnection,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc/node';
import { FrameReader, FramingError, frame } from './framing.ts';
import { MAX_REQUEST } from './protocol.ts';

/** A client that has sent so many requests is not listened to before some are answered. */
const MOST_UNDER_WAY = 1024;
/** The same for one that does not read its answers, bytes. */
const MOST_UNREAD = 4 << 20;

/** For the last answers, ms. */
const FAREWELL = 1000;

/** JSON-RPC on a client's socket. Who sends what is no JSON-RPC, or too much at once, is hung up on. */
export class ClientLine {
  readonly rpc: MessageConnection;
  readonly #socket: Socket;
  #underWay = 0;

  /** `notified` is told at once of what wants no answer. */
  constructor(socket: Socket, notified: (method: string) => void) {
    this.#socket = socket;
    const take = (message: Request, callback: DataCallback): void => {
      if (message.id === undefined) {
        notified(message.method);
        return;
      }
      this.#underWay += 1;
      if (this.#isFull()) this.#socket.pause();
      callback(message);
    };
    this.rpc = createMessageConnection(
      new SocketReader(socket, take),
      new SocketWriter(socket, () => this.#answered()),
    );
  }

  #answered(): void {
    this.#underWay -= 1;
    if (!this.#socket.isPaused()) return;
    if (!this.#isFull()) this.#socket.resume();
    else if (this.isBehind) this.#socket.once('drain', () => this.#isFull() || this.#socket.resume());
  }

  /** Resolves when the client has read what was said, or did not in time. */
  hangUp(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.setTimeout(FAREWELL, () => this.#socket.destroy());
      this.#socket.end();
    });
  }

  /** The client does not read what it is sent. */
  get isBehind(): boolean {
    return this.#socket.writableLength > MOST_UNREAD;
  }

  #isFull(): boolean {
    return this.#underWay >= MOST_UNDER_WAY || this.isBehind;
  }
}

/** A notification has no id. */
type Request = Message & { readonly method: string; readonly id?: number | string };

class SocketReader extends AbstractMessageReader implements MessageReader {
  readonly #socket: Socket;
  readonly #frames = new FrameReader(MAX_REQUEST);
  readonly #take: (message: Request, callback: DataCallback) => void;

  constructor(socket: Socket, take: (message: Request, callback: DataCallback) => void) {
    super();
    this.#socket = socket;
    this.#take = take;
  }

  listen(callback: DataCallback): Disposable {
    const take = (chunk: Buffer): void => {
      try {
        for (const message of this.#frames.push(chunk)) this.#take(checked(message), callback);
      } catch (error) {
        if (!(error instanceof FramingError)) throw error;
        this.#socket.removeListener('data', take);
        // What else comes is let go: a client whose writing fails might not read the answer.
        this.#socket.resume();
        this.#socket.end(
          frame({ jsonrpc: '2.0', id: null, error: { code: -32700, message: error.message } }),
        );
        setTimeout(() => this.#socket.destroy(), FAREWELL).unref();
      }
    };
    this.#socket.on('data', take);
    this.#socket.on('error', (error) => this.fireError(error));
    this.#socket.on('close', () => this.fireClose());
    return { dispose: () => this.#socket.removeListener('data', take) };
  }
}

/** The library takes any object for a message. */
function checked(message: unknown): Request {
  const { jsonrpc, method, id } = (message ?? {}) as Record<string, unknown>;
  const isRequest =
    typeof method === 'string' && (id === undefined || typeof id === 'number' || typeof id === 'string');
  if (jsonrpc !== '2.0' || !isRequest) throw new FramingError('this is no request of JSON-RPC 2.0');
  return message as Request;
}

class SocketWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #socket: Socket;
  readonly #answered: () => void;

  constructor(socket: Socket, answered: () => void) {
    super();
    this.#socket = socket;
    this.#answered = answered;
  }

  write(message: Message): Promise<void> {
    if (!('method' in message)) this.#answered();
    if (!this.#socket.destroyed) this.#socket.write(frame(message));
    return Promise.resolve();
  }

  end(): void {}
}
