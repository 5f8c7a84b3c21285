import type { Result } from '../kernel/errno.ts';
import type { Asked } from '../linux-2.6.26/policy/state.ts';
import type { MemCgroup, Mm, Task } from '../mm/types.ts';

/** The state of the cgroup filesystem: directories, open files, and what is not in memory control. */

/** The metadata of a directory or a control file. Times are virtual, ns since boot. */
export interface Inode {
  readonly ino: number;
  /** S_IFDIR or S_IFREG and the permission bits. */
  mode: number;
  uid: number;
  gid: number;
  /** 0 but after truncate(2) to another length, which changes nothing else. */
  size: number;
  atime: number;
  mtime: number;
  ctime: number;
}

/** A cgroup and its directory. */
export interface Cgroup {
  /** The id of its memory cgroup; ids are used again, this object is not. */
  readonly id: number;
  name: string;
  readonly parent: Cgroup | null;
  /** Newest first: the order of a listing. */
  readonly children: Cgroup[];
  readonly childByName: Map<string, Cgroup>;
  readonly memcg: MemCgroup;
  notifyOnRelease: boolean;
  /** After rmdir: who has it open still gets ENODEV. */
  removed: boolean;
  readonly inode: Inode;
  /** By name, and only of files whose metadata was changed: the others are as mkdir made them. */
  readonly fileInodes: Map<string, Inode>;
  /** How mkdir made its files: by whom, and when (ns). */
  readonly made: { readonly uid: number; readonly gid: number; readonly time: number };
}

/** An open file or directory (struct file). */
export interface Handle {
  readonly cgroup: Cgroup;
  /** Name of the control file; null: the directory. */
  readonly file: string | null;
  readonly readable: boolean;
  readonly writable: boolean;
  offset: number;
  /** The text that all reads are cut from; null: each read makes its own. */
  snapshot: string | null;
}

export interface Cgroupfs {
  readonly mm: Mm;
  readonly root: Cgroup;
  /** By id. */
  readonly cgroups: Map<number, Cgroup>;
  releaseAgent: string;
  readonly extras: boolean;
  /** By file descriptor; null where one was closed. */
  readonly handles: (Handle | null)[];
  nextIno: number;
}

/** Whose system calls these are, and from where relative paths go out. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly umask: number;
  /** null: the root. */
  readonly cwd: Cgroup | null;
}

export const SUPERUSER: Credentials = { uid: 0, gid: 0, groups: [], umask: 0o022, cwd: null };

/** Who writes to a control file: `task` is what 0 stands for in `tasks`. */
export interface Writer {
  readonly task: Task;
  readonly uid: number;
}

/** What a write began that takes virtual time; the writer goes on with it until it is over. */
export type LongWrite =
  | { readonly wait: 'force-empty' | 'stop-daemon'; readonly cgroup: Cgroup }
  /** `strict`: EAGAIN when it can't be had in full. */
  | { readonly wait: 'reclaim'; readonly cgroup: Cgroup; readonly asked: Asked; readonly strict: boolean };

export type WriteAnswer = Result<undefined> | LongWrite;

/** A control file: a small driver (struct cftype). */
export interface ControlFile {
  readonly name: string;
  /** One sentence for people: what it does. */
  readonly about: string;
  /**
   * When an open file takes the text that its reads are cut from: `open` as cgroup_tasks_open() does,
   * `read` as seq_file does at the first read. Left out: each read makes its own.
   */
  readonly snapshot?: 'open' | 'read';
  read(fs: Cgroupfs, cgroup: Cgroup): Result<string>;
  write(fs: Cgroupfs, cgroup: Cgroup, data: Uint8Array, writer: Writer): WriteAnswer;
}
