import { fileURLToPath } from 'node:url';
import { decodeText } from '../kernel/text.ts';
import { outOfRange, wrongType, wrongValue } from './errors.ts';

/** What callers hand over, checked and brought into one form, with Node's errors for what it is not. */

/** A path as it is shown in errors. */
export function pathOf(value: unknown, name = 'path'): string {
  const path = value instanceof URL ? fileURLToPath(value) : value;
  const text =
    typeof path === 'string' ? wellFormed(path) : path instanceof Uint8Array ? decodeText(path) : null;
  if (text === null) throw wrongType(name, 'of type string or an instance of Buffer or URL', value);
  if (text.includes('\0'))
    throw wrongValue(name, 'must be a string, Uint8Array, or URL without null bytes', value);
  return text;
}

/** As an encoder would make of it: inside, lone surrogates stand for bytes. */
const wellFormed = (text: string): string => (text.isWellFormed() ? text : text.toWellFormed());

const MAX_FD = 2 ** 31 - 1;

export function fdOf(value: unknown): number {
  if (typeof value !== 'number') throw wrongType('fd', 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange('fd', 'an integer', value);
  if (value < 0 || value > MAX_FD) throw outOfRange('fd', `>= 0 && <= ${MAX_FD}`, value);
  return value;
}

export type Options = Readonly<Record<string, unknown>>;

/** A string is an encoding. */
export function optionsOf(value: unknown): Options {
  if (value === null || value === undefined || typeof value === 'function') return {};
  if (typeof value === 'string') return { encoding: encodingOf(value) };
  if (typeof value !== 'object') throw wrongType('options', 'of type string or an instance of Object', value);
  const options: Options = { ...value };
  if (options['encoding'] !== undefined) encodingOf(options['encoding']);
  return options;
}

/** null stands for bytes. */
export function encodingOf(value: unknown): BufferEncoding | 'buffer' | null {
  if (value === null || value === undefined) return null;
  if (value === 'buffer') return value;
  if (typeof value === 'string' && Buffer.isEncoding(value)) return value;
  throw wrongValue('encoding', 'is invalid encoding', value);
}

/** Bytes to be written. */
export function bytesOf(value: unknown, encoding: unknown, name: string): Uint8Array {
  if (typeof value === 'string') {
    const chosen = encodingOf(encoding);
    return Buffer.from(value, chosen === null || chosen === 'buffer' ? 'utf8' : chosen);
  }
  const bytes = viewOf(value);
  if (bytes !== null) return bytes;
  throw wrongType(name, 'of type string or an instance of Buffer, TypedArray, or DataView', value);
}

/** The memory that a view is of. */
export const viewOf = (value: unknown): Uint8Array | null =>
  ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null;

/** The memory of several views. */
export function viewsOf(value: unknown): readonly Uint8Array[] {
  const views = Array.isArray(value) ? value.map(viewOf).filter((view) => view !== null) : null;
  if (views !== null && Array.isArray(value) && views.length === value.length) return views;
  throw wrongType('buffers', 'an ArrayBufferView[]', value);
}

/** An octal string or a number. */
export function modeOf(value: unknown, otherwise: number): number {
  if (value === null || value === undefined) return otherwise;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  if (typeof value === 'string' && /^[0-7]+$/.test(value)) return Number.parseInt(value, 8);
  if (typeof value !== 'string' && typeof value !== 'number')
    throw wrongType('mode', 'of type number', value);
  throw wrongValue('mode', 'must be a 32-bit unsigned integer or an octal string', value);
}

/** Seconds, or a Date, as ns since boot. */
export function timeOf(value: unknown): number {
  const seconds =
    value instanceof Date ? value.getTime() / 1000 : typeof value === 'string' ? Number(value) : value;
  if (typeof seconds === 'number' && Number.isFinite(seconds)) return Math.round(seconds * 1e9);
  throw wrongType('time', 'of type number or string or an instance of Date', value);
}

/** null: where the file's offset is. */
export function positionOf(value: unknown): number | null {
  if (typeof value === 'bigint') return value < 0n ? null : Number(value);
  return typeof value === 'number' && value >= 0 ? value : null;
}

export interface Span {
  readonly bytes: Uint8Array;
  readonly position: number | null;
}

/** (buffer, offset, length, position), or (buffer, { offset, length, position }): the bytes meant. */
export function spanOf(buffer: unknown, ...rest: readonly unknown[]): Span {
  const view = viewOf(buffer);
  if (view === null) throw wrongType('buffer', 'an instance of Buffer, TypedArray, or DataView', buffer);
  const [first] = rest;
  const [offset, length, position] =
    typeof first === 'object' && first !== null
      ? [optionsOf(first)['offset'], optionsOf(first)['length'], optionsOf(first)['position']]
      : rest;
  const from = indexOf('offset', offset ?? 0, view.byteLength);
  const count = indexOf('length', length ?? view.byteLength - from, view.byteLength - from);
  return { bytes: view.subarray(from, from + count), position: positionOf(position) };
}

function indexOf(name: string, value: unknown, most: number): number {
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw outOfRange(name, `>= 0 && <= ${most}`, value);
  return value;
}
