import { OK, type Result, refuse } from '../kernel/errno.ts';

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
