import { OK, type Result, refuse } from '../kernel/errno.ts';
import type { Mm } from '../mm/kernel.ts';
import type { Task } from '../mm/types.ts';

/** A task's behaviour has ended in this way, or the task is gone. */
export interface TaskEnd {
  readonly pid: number;
  readonly how: 'ended' | 'stopped' | 'killed' | 'gone';
  /** Of one that was killed: by what. */
  readonly why: string;
}

/** How a `run` is answered whose task came to this end. */
export function endOfRun({ how, why }: Pick<TaskEnd, 'how' | 'why'>, task: string): Result<undefined> {
  if (how === 'ended') return OK;
  return how === 'stopped' ? refuse('EINTR', `${task} was stopped`) : refuse('ESRCH', why);
}

export const endOf = (mm: Mm, task: Task, how: TaskEnd['how']): TaskEnd => ({
  pid: task.pid,
  how,
  why: how === 'killed' ? whyKilled(mm, task) : '',
});

/** `hog was killed: /web was out of memory (limit 16M)` */
function whyKilled(mm: Mm, { name, outOfMemory: path }: Task): string {
  if (path === null) return `${name} was killed`;
  if (path === '') return `${name} was killed: the machine was out of memory`;
  const memcg = mm.memcgs.find((each) => each?.path === path) ?? null;
  const under = memcg === null ? '' : ` (limit ${mm.kernel.showLimit(memcg)})`;
  return `${name} was killed: ${path} was out of memory${under}`;
}
