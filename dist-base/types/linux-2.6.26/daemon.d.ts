import type { MemCgroup, Mm, Task } from './types.ts';
/**
 * 3/4: starting and stopping memcontd. (The kernel's global mutex has nothing to
 * do here: only one command at a time reaches the machine.)
 */
/** mem_cgroup_start_daemon(): once; a cgroup that has its thread keeps it. */
export declare function startDaemon(mm: Mm, memcg: MemCgroup, name: string): void;
/** The thread has answered EXIT. */
export declare function daemonExited(mm: Mm, memcg: MemCgroup, thread: Task): void;
