import { Tinypool } from 'tinypool';
import type { Job } from '../job.ts';
import type { Task } from '../sweep.ts';
import { ExecutorFailure } from './executor.ts';
import { type PointRan, runPoint } from './run-point.ts';

/** What runs in a worker thread. Its job, and all that is kept of it between runs, lives as long as the thread. */

const job: Job = Tinypool.workerData;

/** What came of some tasks. */
export interface TasksRun {
  /** In their order; of those before a failure. */
  readonly ran: readonly PointRan[];
  /** An ExecutorFailure's message: as a value, because an error loses its name on the way between threads. */
  readonly failure: string | null;
}

/** Runs some tasks, one after the other. */
export async function runTasks(tasks: readonly Task[]): Promise<TasksRun> {
  const ran: PointRan[] = [];
  try {
    for (const task of tasks) ran.push(await runPoint(job, task));
    return { ran, failure: null };
  } catch (error) {
    if (!(error instanceof ExecutorFailure)) throw error;
    return { ran, failure: error.message };
  }
}
