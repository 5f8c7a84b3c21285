import { readFileSync } from 'node:fs';
import { decodeText } from '../kernel/text.ts';

const LOST = '\ufffd';
const NUL = 0;

/**
 * The arguments as the shell gave them, to the byte (kernel/text.ts). Node puts U+FFFD
 * where an argument is not UTF-8; Linux still knows the bytes. Null when they are lost.
 */
export function exactArguments(argv: readonly string[]): readonly string[] | null {
  if (!argv.some((each) => each.includes(LOST))) return argv;
  let raw: Uint8Array;
  try {
    raw = readFileSync('/proc/self/cmdline');
  } catch {
    return null;
  }
  return lastArguments(raw, argv.length);
}

/** The last `count` of a command line whose arguments each end with a NUL. */
export function lastArguments(raw: Uint8Array, count: number): readonly string[] | null {
  const words: string[] = [];
  for (let at = 0; at < raw.length; ) {
    const end = raw.indexOf(NUL, at);
    if (end < 0) return null;
    words.push(decodeText(raw.subarray(at, end)));
    at = end + 1;
  }
  return words.length < count ? null : words.slice(words.length - count);
}
