import { readFileSync } from 'node:fs';

/** What is mounted where, as /proc/self/mountinfo has it. */

export interface Mounted {
  readonly directory: string;
  /** `fuse.memcg`: a mount of ours. */
  readonly type: string;
  /** Of ours: the session's name. */
  readonly source: string;
}

export const OUR_TYPE = 'fuse.memcg';

/** What is mounted on this very folder (absolute, without links), the topmost; null: nothing. */
export function mountedAt(directory: string): Mounted | null {
  return (
    parseMounts(readFileSync('/proc/self/mountinfo', 'utf8')).findLast(
      (each) => each.directory === directory,
    ) ?? null
  );
}

/** proc(5). */
export function parseMounts(text: string): Mounted[] {
  return text.split('\n').flatMap((line) => {
    const [left, right] = line.split(' - ');
    const directory = left?.split(' ')[4];
    const [type, source] = right?.split(' ') ?? [];
    if (directory === undefined || type === undefined || source === undefined) return [];
    return { directory: unescaped(directory), type, source: unescaped(source) };
  });
}

/** Blanks, tabs, newlines and backslashes are written in octal. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
