import type { Mm } from './kernel.ts';
import type { RealProcess, Task, TaskKind } from './types.ts';
/** kernel/fork.c and kernel/exit.c, as far as memory is concerned. */
/** Above Linux's greatest pid (2^22), so that emulated and real pids never collide. */
export declare const FIRST_PID = 4194305;
/** A new task in a cgroup, asleep; `reclaims` is a reclaimer's cgroup, 0 for others. */
export declare function newTask(mm: Mm, kind: TaskKind, name: string, memcg: number, node?: number, reclaims?: number): Task;
/** A process of the real world, under its own pid. */
export declare const adoptTask: (mm: Mm, pid: number, name: string, memcg: number, real: RealProcess) => Task;
/** The oldest task of that name that is not dying; kernel threads share theirs, and so may who dies. */
export declare function taskByName(mm: Mm, name: string): Task | undefined;
/** A charge has met a refusal and is not at its end: it has to be gone on with. */
export declare const isCharging: ({ charge }: Task) => boolean;
/** kthread_run(): a new kernel thread in the root group, running. */
export declare function kthreadRun(mm: Mm, kind: TaskKind, name: string, reclaims: number): Task;
/** kthread_stop(), its first half: tells the thread to end, if there is one. */
export declare function kthreadStop(mm: Mm, thread: Task | null): void;
/** cgroup_attach_task(): charges stay where they are. */
export declare function attachTask(mm: Mm, task: Task, memcg: number): void;
/** Of the task, and so of what its cgroup is charged from now on. */
export declare function setRereadsUnknown(mm: Mm, task: Task): void;
/** do_exit(): gives everything back. Its last step must answer EXIT. */
export declare function exitTask(mm: Mm, task: Task): void;
/** SIGKILL is pending, or a fault could not be served: the task will die. */
export declare function markKilled(mm: Mm, task: Task): void;
/** SIGKILL: the task dies when it next runs; an uninterruptible sleep ends first. */
export declare function sendKill(mm: Mm, task: Task): void;
