import { lstatSync, readdirSync, statfsSync, statSync } from 'node:fs';

/** The files that a process has open, by its /proc/PID/fd (proc_pid_fd(5)). */

export interface OpenFile {
  /** Tells one file from every other: its device and inode. */
  readonly id: string;
  /** Bytes now. */
  readonly size: number;
  readonly reads: boolean;
  readonly writes: boolean;
  /** When it was changed last, ms since 1970. */
  readonly changed: number;
  /** Its pages are shared memory, which can't be dropped. */
  readonly isTmpfs: boolean;
}

/** statfs(2). */
const TMPFS_MAGIC = 0x01021994;
const tmpfs = new Map<number, boolean>();

/** Regular files alone: terminals, pipes, sockets and devices hold no pages. Of more than `most`, the last opened. */
export function openFiles(pid: number, most: number): OpenFile[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder)
      .slice(-most)
      .flatMap((fd) => openFile(`${folder}/${fd}`));
  } catch {
    // It is gone, or another user's.
    return [];
  }
}

function openFile(path: string): OpenFile[] {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return [];
    const { dev, ino, size, mtimeMs: changed } = stat;
    // Of the link itself: how the file was opened.
    const { mode } = lstatSync(path);
    let isTmpfs = tmpfs.get(dev);
    if (isTmpfs === undefined) {
      isTmpfs = statfsSync(path).type === TMPFS_MAGIC;
      tmpfs.set(dev, isTmpfs);
    }
    const [reads, writes] = [(mode & 0o400) !== 0, (mode & 0o200) !== 0];
    return [{ id: `${dev}:${ino}`, size, reads, writes, changed, isTmpfs }];
  } catch {
    return [];
  }
}
