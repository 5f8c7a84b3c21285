import { IN_HEADER } from '../../src/mount/wire/protocol.ts';

/** Requests as the kernel writes them. */

export interface Head {
  readonly unique?: number;
  readonly node?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly pid?: number;
}

export function request(opcode: number, body: Uint8Array = new Uint8Array(), head: Head = {}): Buffer {
  const { unique = 2, node = 1, uid = 0, gid = 0, pid = 0 } = head;
  const bytes = Buffer.alloc(IN_HEADER + body.length);
  bytes.writeUInt32LE(bytes.length, 0);
  bytes.writeUInt32LE(opcode, 4);
  bytes.writeBigUInt64LE(BigInt(unique), 8);
  bytes.writeBigUInt64LE(BigInt(node), 16);
  bytes.writeUInt32LE(uid, 24);
  bytes.writeUInt32LE(gid, 28);
  bytes.writeUInt32LE(pid, 32);
  bytes.set(body, IN_HEADER);
  return bytes;
}

export const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32LE(value, 4 * i);
  return bytes;
};

export const u64 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [i, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), 8 * i);
  return bytes;
};

export const name = (...names: readonly string[]): Buffer =>
  Buffer.from(names.map((each) => `${each}\0`).join(''), 'latin1');
