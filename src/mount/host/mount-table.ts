import { readFileSync } from 'node:fs';

/** What is mounted where, as /proc/self/mountinfo has it. */

export interface Mounted {
  readonly directory: string;
  /** What of its file system is mounted there: a folder. */
  readonly root: string;
  /** `fuse.memcg`: a mount of ours. */
  readonly type: string;
  /** Of ours: the session's name. */
  readonly source: string;
  /** Of its file system: of version 1 of cgroups, the controllers. */
  readonly options: readonly string[];
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
    const [, , , root, directory] = left?.split(' ') ?? [];
    const [type, source, options = ''] = right?.split(' ') ?? [];
    if (root === undefined || directory === undefined || type === undefined || source === undefined)
      return [];
    return {
      directory: unescaped(directory),
      root: unescaped(root),
      type,
      source: unescaped(source),
      options: options.split(','),
    };
  });
}

/** Blanks, tabs, newlines and backslashes are written in octal. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
