import type { Rewrite } from './line-decoder.ts';
import { FileAccesses } from './syscalls/accesses.ts';
import { TracedCalls } from './syscalls/calls.ts';
import { StraceLines } from './syscalls/strace-lines.ts';

/** What is said of a trace in which no call is one of a file. */
export const NO_FILES =
  'no call here reads or writes a file by its path: strace has to be run with -yy, as `strace -f -ttt -yy -s 0 -o FILE`';

/**
 * Lines of strace as rows of time (us), op, offset, size and file. Of the files nothing is known but what is in the
 * lines: what is appended to one that was not written before stands at its beginning.
 */
export function straceRewrite(
  row: (time: number, op: string, offset: number, size: number, file: string) => string,
): Rewrite {
  let rows: string[] = [];
  let time = 0;
  const accesses = new FileAccesses({ sizeOf: () => 0, inherited: () => null }, '/', (access) => {
    time = access.time;
    if (access.kind !== 'map')
      rows.push(row(time, access.kind, access.offset, access.size, accesses.names[access.file]));
  });
  const lines = new StraceLines(new TracedCalls(accesses));
  const noted = new Set<string>();
  return (line) => {
    rows = [];
    const strange = lines.strange;
    lines.line(line);
    // An operation that is none is counted, and said.
    if (lines.strange > strange) rows.push(row(time, 'a line that is no call', 0, 0, ''));
    for (const note of accesses.notes) if (!noted.has(note)) rows.push(row(time, note, 0, 0, ''));
    for (const note of accesses.notes) noted.add(note);
    return rows.join('\n');
  };
}
