import { controlFiles, driverOf, filePath, readFile } from '../fs/directory.ts';
import { textOf } from '../fs/handle.ts';
import { type Stat, statOf } from '../fs/inode.ts';
import { type DirectoryEntry, directoryEntries } from '../fs/readdir.ts';
import type { Cgroup, Handle } from '../fs/types.ts';
import { done, type Result, refuse } from '../kernel/errno.ts';
import { encodeText } from '../kernel/text.ts';
import type { MachineState } from './state.ts';

/** A directory or a control file that somebody keeps hold of, over renames and after its end. */
export interface Dentry {
  readonly cgroup: Cgroup;
  /** Name of the control file; null: the directory. */
  readonly file: string | null;
}

/**
 * The cgroup filesystem entry by entry: what a mount asks, whose kernel walks the paths and
 * checks the permissions. It only looks: whatever changes the machine is an operation.
 */
export class Dentries {
  readonly #state: MachineState;

  constructor(state: MachineState) {
    this.#state = state;
  }

  get root(): Dentry {
    return { cgroup: this.#state.fs.root, file: null };
  }

  /** null: there is none of that name. */
  lookup({ cgroup }: Dentry, name: string): Dentry | null {
    const child = cgroup.childByName.get(name);
    if (child !== undefined) return { cgroup: child, file: null };
    const isFile = controlFiles(this.#state.fs, cgroup).some((other) => other.name === name);
    return isFile ? { cgroup, file: name } : null;
  }

  stat({ cgroup, file }: Dentry): Stat {
    return statOf(this.#state.fs, cgroup, file);
  }

  /** Absolute, as of now; null: it was removed. */
  path({ cgroup, file }: Dentry): string | null {
    if (cgroup.removed) return null;
    return file === null ? cgroup.memcg.path : filePath(cgroup, file);
  }

  /** A directory's entries in the kernel's order, `.` and `..` first. */
  list({ cgroup }: Dentry): DirectoryEntry[] {
    return directoryEntries(this.#state.fs, cgroup);
  }

  /** ENOENT when the cgroup was removed: no name leads there any more (recorded). */
  open({ cgroup, file }: Dentry, readable: boolean, writable: boolean): Result<Handle> {
    const { fs } = this.#state;
    if (file === null) return refuse('EISDIR', 'a cgroup is no file');
    const driver = driverOf(fs, cgroup, file);
    if (driver === null || cgroup.removed) return refuse('ENOENT', 'the file was removed');
    const early = driver.snapshot === 'open' && readable ? readFile(driver, fs, cgroup) : null;
    if (early !== null && !early.ok) return early;
    return done({ cgroup, file, readable, writable, offset: 0, snapshot: early?.value ?? null });
  }

  /** read(2) whose offset the caller keeps. At most `count` bytes; none at the end. */
  read(open: Handle, count: number, offset: number): Result<Uint8Array> {
    const { fs } = this.#state;
    if (open.file === null) return refuse('EISDIR', 'a cgroup is no file');
    const driver = driverOf(fs, open.cgroup, open.file);
    if (driver === null) return refuse('ENODEV', 'the file was removed');
    if (!open.readable) return refuse('EBADF', 'the file is not open for reading');
    // traverse(): who seeks in a sequence file has its text made anew.
    if (driver.snapshot === 'read' && offset !== open.offset) open.snapshot = null;
    const text = textOf(fs, open, driver);
    if (!text.ok) return text;
    const bytes = encodeText(text.value).subarray(offset, offset + count);
    open.offset = offset + bytes.length;
    return done(bytes);
  }

  /** Bytes of a name at most; null: as many as a path has. */
  get nameMax(): number | null {
    return this.#state.fs.controller.traits.nameMax;
  }

  /** What a write to a file that lists tasks names: a pid, 0 for the writer; null: nothing that could be moved. */
  pidIn(data: Uint8Array): number | null {
    return this.#state.fs.controller.pidIn(data);
  }

  /** Whether this user may move a task here, which is in the root if the machine does not know it; null: who owns it may. */
  mayMove({ cgroup }: Dentry, pid: number, uid: number): Result<undefined> | null {
    const { fs, mm } = this.#state;
    const from = fs.cgroups.get(mm.tasksByPid.get(pid)?.memcg ?? 0) ?? fs.root;
    return fs.controller.mayMove?.(fs, from, cgroup, uid) ?? null;
  }

  /** What poll(2) of it waits for; null: nothing. */
  polling({ cgroup, file }: Handle): 'events' | 'trigger' | null {
    return (file === null ? null : driverOf(this.#state.fs, cgroup, file)?.polling) ?? null;
  }

  /** The whole text, as of now, whatever an open file was given. */
  text({ cgroup, file }: Handle): Result<string> {
    const { fs } = this.#state;
    const driver = file === null || cgroup.removed ? null : driverOf(fs, cgroup, file);
    return driver === null ? refuse('ENODEV', 'the cgroup was removed') : readFile(driver, fs, cgroup);
  }

  /** What write(2) answers for an open file of a cgroup that was removed. */
  refusalOfRemoved({ cgroup, file }: Handle): 'ENODEV' | 'EINVAL' {
    const driver = file === null ? null : driverOf(this.#state.fs, cgroup, file);
    return driver?.snapshot === 'read' ? 'EINVAL' : 'ENODEV';
  }
}
