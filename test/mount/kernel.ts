import type { Owner } from '../../src/machine/machine.ts';
import type { RealTasks } from '../../src/mount/processes/callers.ts';
import { Filesystem } from '../../src/mount/server/filesystem.ts';
import { Opcode, OUT_HEADER, POLL_SCHEDULE_NOTIFY, READ_LOCKOWNER } from '../../src/mount/wire/protocol.ts';
import { decodeRequest } from '../../src/mount/wire/request.ts';
import { openIn } from '../session/sessions.ts';
import { type Head, name, request, u32, u64 } from './requests.ts';

export interface Answered {
  /** 0: it was done. */
  readonly errno: number;
  readonly data: Buffer;
}

/** Asks a filesystem as the kernel does, without a device. */
export class Kernel {
  readonly filesystem: Filesystem;
  readonly session: Awaited<ReturnType<typeof openIn>>['session'];
  #unique = 0;

  private constructor(session: Kernel['session'], owner: Owner, realTasks: RealTasks | null) {
    this.session = session;
    this.filesystem = new Filesystem({
      live: session.live,
      owner,
      told: () => session.toldSoon(),
      realTasks,
    });
  }

  static async boot(
    folder: string,
    owner = { uid: 0, gid: 0 },
    realTasks: RealTasks | null = null,
    boot: Parameters<typeof openIn>[1] = {},
  ) {
    const { session } = await openIn(folder, boot);
    session.live.clock.setPaused(true, session.live.machine.now);
    return new Kernel(session, owner, realTasks);
  }

  /** What is answered; null: nothing. */
  async ask(opcode: number, body?: Uint8Array, head: Head = {}): Promise<Answered | null> {
    this.#unique += 2;
    const { unique = this.#unique } = head;
    const decoded = decodeRequest(request(opcode, body, { ...head, unique }));
    if (decoded === null) return null;
    const answer = await this.filesystem.answer(decoded);
    if (answer === null) return null;
    if (answer.readUInt32LE(0) !== answer.length) throw new Error('an answer lies about its length');
    if (Number(answer.readBigUInt64LE(8)) !== unique) throw new Error('an answer to something else');
    return { errno: Math.abs(answer.readInt32LE(4)), data: answer.subarray(OUT_HEADER) };
  }

  async errno(opcode: number, body?: Uint8Array, head: Head = {}): Promise<number> {
    return (await this.ask(opcode, body, head))?.errno ?? -1;
  }

  /** The node of a path; throws when there is none. */
  async node(path: string): Promise<number> {
    let node = 1;
    for (const each of path.split('/').filter((part) => part !== '')) {
      const found = await this.ask(Opcode.LOOKUP, name(each), { node });
      if (found === null || found.errno !== 0) throw new Error(`no ${path}: ${found?.errno}`);
      node = Number(found.data.readBigUInt64LE(0));
    }
    return node;
  }

  /** The handle of an open file. */
  async open(path: string, flags = 2): Promise<number> {
    const opened = await this.ask(Opcode.OPEN, u32(flags, 0), { node: await this.node(path) });
    if (opened === null || opened.errno !== 0) throw new Error(`open ${path}: ${opened?.errno}`);
    return Number(opened.data.readBigUInt64LE(0));
  }

  async read(handle: number, offset = 0, size = 4096): Promise<string> {
    const read = await this.ask(
      Opcode.READ,
      Buffer.concat([u64(handle, offset), u32(size, READ_LOCKOWNER), u64(0), u32(0, 0)]),
    );
    return read === null || read.errno !== 0 ? `errno ${read?.errno}` : read.data.toString();
  }

  /** poll(2): the events that are there; `wakeUp`: by which its caller is to be woken. */
  async poll(handle: number, wakeUp: number | null = null): Promise<number> {
    const flags = wakeUp === null ? 0 : POLL_SCHEDULE_NOTIFY;
    const polled = await this.ask(Opcode.POLL, Buffer.concat([u64(handle, wakeUp ?? 0), u32(flags, 0)]));
    return polled?.data.readUInt32LE(0) ?? -1;
  }

  write(handle: number, text: string | Uint8Array, head: Head = {}): Promise<number> {
    const data = Buffer.from(text);
    const fields = [u64(handle, 0), u32(data.length, 0), u64(0), u32(0, 0)];
    return this.errno(Opcode.WRITE, Buffer.concat([...fields, data]), head);
  }
}
