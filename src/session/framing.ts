/** JSON-RPC messages on a stream of bytes: a `Content-Length: N` header, an empty line, N bytes of JSON. */

const SEPARATOR = '\r\n\r\n';
/** No header is longer than this, bytes. */
const MAX_HEADER = 256;

/** The other side does not speak the protocol, or says more at once than it may. */
export class FramingError extends Error {
  override readonly name = 'FramingError';
}

export function frame(message: unknown): Buffer {
  const body = JSON.stringify(message);
  const length = Buffer.byteLength(body);
  const head = `Content-Length: ${length}${SEPARATOR}`;
  const bytes = Buffer.allocUnsafe(head.length + length);
  bytes.write(head, 0, 'latin1');
  bytes.write(body, head.length);
  return bytes;
}

/** Cuts a stream into messages; holds one message of `max` bytes at most. */
export class FrameReader {
  readonly #max: number;
  #held: Buffer[] = [];
  #length = 0;
  /** Bytes that have to be there before it is worth to look again. */
  #wanted = 1;

  constructor(max: number) {
    this.#max = max;
  }

  /** Bytes of a message that is not whole yet. */
  get held(): number {
    return this.#length;
  }

  /** The messages that are whole now. Throws a FramingError, and is of no use afterwards. */
  push(chunk: Buffer): unknown[] {
    this.#held.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return [];
    const bytes = this.#held.length === 1 ? chunk : Buffer.concat(this.#held);
    const messages: unknown[] = [];
    let at = 0;
    for (;;) {
      const body = this.#header(bytes, at);
      if (body === null) {
        this.#wanted = bytes.length - at + 1;
        break;
      }
      if (bytes.length < body.end) {
        this.#wanted = body.end - at;
        break;
      }
      messages.push(parsed(bytes.toString('utf8', body.start, body.end)));
      at = body.end;
    }
    const rest = bytes.subarray(at);
    this.#held = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    return messages;
  }

  #header(bytes: Buffer, at: number): { start: number; end: number } | null {
    const head = bytes.toString('latin1', at, at + MAX_HEADER);
    const end = head.indexOf(SEPARATOR);
    if (end < 0) {
      if (head.length === MAX_HEADER || !couldBeHeader(head)) throw new FramingError('this is no JSON-RPC');
      return null;
    }
    const length = /^Content-Length: *(\d{1,15})$/im.exec(head.slice(0, end));
    if (length === null) throw new FramingError('a message without Content-Length');
    const size = Number(length[1]);
    if (size > this.#max) throw new FramingError(`a message of ${size} bytes: ${this.#max} is the most`);
    const start = at + end + SEPARATOR.length;
    return { start, end: start + size };
  }
}

const NAME = 'Content-';
const couldBeHeader = (text: string): boolean => text.startsWith(NAME) || NAME.startsWith(text);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FramingError('a message that is no JSON');
  }
}
