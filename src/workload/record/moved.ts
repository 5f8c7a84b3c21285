/** What the calls of a process moved, and devices for it (proc_pid_io(5)), bytes. */
export interface Moved {
  /** By read(2), write(2) and their like, of whatever it was. */
  readonly read: number;
  readonly written: number;
  /** What storage delivered. */
  readonly fetched: number;
  /** What became dirty, less what was dropped while it was: less than nothing of who drops what others wrote. */
  readonly dirtied: number;
}

export const NOTHING_MOVED: Moved = { read: 0, written: 0, fetched: 0, dirtied: 0 };

export const more = (a: Moved, b: Moved): Moved => joined(a, b, (x, y) => x + y);
export const less = (a: Moved, b: Moved): Moved => joined(a, b, (x, y) => x - y);

const joined = (a: Moved, b: Moved, join: (x: number, y: number) => number): Moved => ({
  read: join(a.read, b.read),
  written: join(a.written, b.written),
  fetched: join(a.fetched, b.fetched),
  dirtied: join(a.dirtied, b.dirtied),
});
