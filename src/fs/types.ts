import type { Result } from '../kernel/errno.ts';
import type { MemCgroup, Mm, Task } from '../mm/types.ts';

/** The state of the cgroup filesystem: directories, and what is not in memory control. */

/** A cgroup and its directory. */
export interface Cgroup {
  /** The id of its memory cgroup; ids are used again, this object is not. */
  readonly id: number;
  name: string;
  readonly parent: Cgroup | null;
  /** Newest first: the order of a listing. */
  readonly children: Cgroup[];
  readonly memcg: MemCgroup;
  notifyOnRelease: boolean;
  /** After rmdir: who has it open still gets ENODEV. */
  removed: boolean;
}

export interface Cgroupfs {
  readonly mm: Mm;
  readonly root: Cgroup;
  /** By id. */
  readonly cgroups: Map<number, Cgroup>;
  releaseAgent: string;
  readonly extras: boolean;
}

/** What a write began that takes virtual time; the writer goes on with it until it is over. */
export interface LongWrite {
  readonly wait: 'force-empty' | 'stop-daemon';
  readonly cgroup: Cgroup;
}

export type WriteAnswer = Result<undefined> | LongWrite;

/** A control file: a small driver (struct cftype). */
export interface ControlFile {
  readonly name: string;
  /** One sentence for people: what it does. */
  readonly about: string;
  read(fs: Cgroupfs, cgroup: Cgroup): Result<string>;
  write(fs: Cgroupfs, cgroup: Cgroup, data: Uint8Array, writer: Task): WriteAnswer;
}
