import type { Refusal, Result } from '../kernel/errno.ts';
import type { Mm } from '../mm/kernel.ts';
import type { Asked, MemCgroup, Task } from '../mm/types.ts';
import type { Fault } from './fault-inject.ts';

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
export interface Cgroup<M extends MemCgroup = MemCgroup> {
  /** The id of its memory cgroup; ids are used again, this object is not. */
  id: number;
  name: string;
  readonly parent: Cgroup<M> | null;
  /** Newest first: the order of a listing. */
  readonly children: Cgroup<M>[];
  readonly childByName: Map<string, Cgroup<M>>;
  /** Another one, once memory control was given up for it (cgroup.subtree_control of version 2). */
  memcg: M;
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
  /** The path by which a script keeps it open. */
  keptAs?: string;
}

/** A mounted filesystem: its state, and the controller that is bound to it as the kernel is to `mm`. */
export interface Cgroupfs<V extends Mm = Mm, M extends MemCgroup = MemCgroup> {
  readonly mm: V;
  readonly controller: Controller;
  readonly root: Cgroup<M>;
  /** By id. */
  readonly cgroups: Map<number, Cgroup<M>>;
  releaseAgent: string;
  readonly extras: boolean;
  /** By file descriptor; null where one was closed. */
  readonly handles: (Handle | null)[];
  /** In the order in which they were set. */
  readonly faults: Fault[];
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

/** What a value is; `lines`: there is one a line, behind a name. */
export type ValueKind =
  | 'bytes'
  | 'pages'
  | 'count'
  | 'per cent'
  | '1/10,000'
  | 'ms'
  | 'ns'
  | 'text'
  | 'lines';

/**
 * A control file: a small driver (struct cftype), and all that anybody wants to know of it. One that is
 * not read has no `read`, one that is not written no `write`: cgroup_file_read() and cgroup_file_write()
 * answer EINVAL for them. A kernel's own have its own types of the state.
 */
export interface ControlFile<V extends Mm = Mm, M extends MemCgroup = MemCgroup> {
  readonly name: string;
  /** Permission bits; left out: 0644, as cgroup_add_file() of 2.6.26 has it. */
  readonly mode?: number;
  /** CFTYPE_ONLY_ON_ROOT, CFTYPE_NOT_ON_ROOT; left out: every cgroup has it. */
  readonly where?: 'root' | 'below';
  /** The file behind which it stands in the table that a patch put it into; left out: it has a table of its own. */
  readonly after?: string;
  /** One sentence for people: what it does. */
  readonly about: string;
  readonly kind: ValueKind;
  /** Of `lines`, by name: what they are, unless counts. */
  readonly lines?: Readonly<Record<string, ValueKind>>;
  /** What a read answers; left out: what its kind says, bytes or a number. */
  readonly reads?: string;
  /** What can be written, and what a write does. */
  readonly writes?: string;
  /** Why the other of the two is refused, where there is more to say. */
  readonly refusal?: string;
  readonly rule: string;
  /** What it holds in a cgroup that was just made. */
  readonly initially: string;
  /** Where it comes from. */
  readonly source: string;
  /** A line that works as it stands after the boot script. */
  readonly example: string;
  /** It decides when and how the cgroup is reclaimed: who looks for the best marks writes it himself. */
  readonly steers?: true;
  /** When several files are written together, the lesser goes first: its turn when its value falls, and when it rises. */
  readonly turn?: { readonly falls: number; readonly rises: number };
  /**
   * When an open file takes the text that its reads are cut from: `open` as cgroup_tasks_open() does,
   * `read` as seq_file does at the first read. Left out: each read makes its own.
   */
  readonly snapshot?: 'open' | 'read';
  /**
   * What poll(2) waits for: `events` is another text than the last that was read, `trigger` is what was written to it.
   * Left out: nothing, it is always ready.
   */
  readonly polling?: 'events' | 'trigger';
  /** A write by who had it open before rmdir comes in time: cgroup_is_removed() was asked before. Left out: ENODEV. */
  passesRemoved?(mm: V): boolean;
  read?(fs: Cgroupfs<V, M>, cgroup: Cgroup<M>): Result<string>;
  write?(fs: Cgroupfs<V, M>, cgroup: Cgroup<M>, data: Uint8Array, writer: Writer): WriteAnswer;
}

/** What a kernel's file system for cgroups is like: that of kernel/cgroup.c in 2.6.26, or kernfs. */
export interface Traits {
  /** Permissions of the root directory. */
  readonly rootMode: number;
  /** Bytes of a name at most; null: as many as a path has. */
  readonly nameMax: number | null;
  /** No directory has more files: inode numbers of a directory's files follow its own. */
  readonly maxFiles: number;
  /** A cgroup can get another name. */
  readonly renames: boolean;
  /** truncate(2) changes the size that stat(2) tells of. */
  readonly resizes: boolean;
  /** A write moves the offset of the open file on. */
  readonly writesMove: boolean;
  /** What statfs(2) tells it by (include/linux/magic.h). */
  readonly magic: number;
  /** Links of a directory that was removed, for who has it open. */
  readonly linksWhenRemoved: number;
}

/** What a kernel's memory controller is to the cgroup filesystem (struct cgroup_subsys). */
export interface Controller {
  readonly traits: Traits;
  /** What is against a cgroup of that name below this one; null: nothing. */
  mayMake(mm: Mm, parent: MemCgroup, name: string): Refusal | null;
  /** What is against a task's coming here: one that is there already, or a new one (null). */
  mayEnter(fs: Cgroupfs, cgroup: Cgroup, task: Task | null): Refusal | null;
  /** Of a file that is not there: the one that is there instead, in a clause for people; '': none. */
  insteadOf(mm: Mm, memcg: MemCgroup, name: string): string;
  /** What a write to a file that lists tasks names: a pid, 0 for the writer; null: nothing that could be moved. */
  pidIn(data: Uint8Array): number | null;
  /** Whether this user may move a task from one cgroup to another; left out: who owns the task may. */
  mayMove?(fs: Cgroupfs, from: Cgroup, to: Cgroup, uid: number): Result<undefined>;
  /** A cgroup is made; some of what it begins with is its parent's. */
  create(mm: Mm, path: string, parent: MemCgroup | null): MemCgroup;
  /** What still holds a cgroup that is empty; null: nothing. */
  holdsBack(memcg: MemCgroup): Refusal | null;
  /** A cgroup is removed: its id is free, now or when its last page has gone. */
  remove(mm: Mm, memcg: MemCgroup): void;
  /** Of a cgroup that was removed: nobody has its directory open any more, or a file of it. */
  destroy?(mm: Mm, memcg: MemCgroup): void;
  /** The files of a directory, in the order of a listing; the root's are not all the same. `extras`: with those that no kernel has. */
  files(mm: Mm, memcg: MemCgroup, extras: boolean): readonly ControlFile[];
  /** Those that the root, or another directory, can have. */
  possibleFiles(mm: Mm, root: boolean, extras: boolean): readonly ControlFile[];
  /** All files that a directory could have: each one's place is its own, in every directory. */
  allFiles(mm: Mm): readonly ControlFile[];
}
